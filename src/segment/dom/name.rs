//! Names of elements and attributes, as numbers.
//!
//! The names that HTML knows have numbers of their own, those of [`Tag`] first; what else a page uses is numbered as it
//! comes. A name is found by its first eight bytes in a table that the compiler makes: a page has a name for every
//! twenty bytes.

use crate::document::Tag;
use crate::hash::KeyMap;

/// The name of an element or an attribute, in small letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Name(u32);

macro_rules! further {
    ($($constant:ident $text:literal,)*) => {
        /// Names beside those of [`Tag`], in the order of their numbers.
        const FURTHER: &[&str] = &[$($text,)*];

        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Further { $($constant,)* }

        impl Name {
            $(pub(crate) const $constant: Self = Self((Tag::COUNT + Further::$constant as usize) as u32);)*
        }
    };
}

further! {
    // Elements by which the tree builder decides.
    ANNOTATION_XML "annotation-xml", BASEFONT "basefont", BGSOUND "bgsound", DESC "desc", DIR "dir",
    FOREIGN_OBJECT "foreignobject", IMAGE "image", ISINDEX "isindex", KEYGEN "keygen", MALIGNMARK "malignmark",
    MGLYPH "mglyph", MI "mi", MN "mn", MO "mo", MS "ms", MTEXT "mtext",
    // Attributes that are read.
    ALT "alt", ALTTEXT "alttext", ARIA_HIDDEN "aria-hidden", CLASS "class", COLOR "color",
    COLSPAN "colspan", CONTENT "content", DATA_MARKER "data-marker", DATA_TESTID "data-testid", DATETIME "datetime",
    ENCODING "encoding", FACE "face", HIDDEN "hidden", HREF "href", HTTP_EQUIV "http-equiv", ID "id",
    ITEMPROP "itemprop", LANG "lang", NAME "name", PROPERTY "property", REL "rel", ROLE "role", ROWSPAN "rowspan",
    SHADOWROOTMODE "shadowrootmode", SIZE "size", START "start", TYPE "type", VALUE "value",
}

/// Names that pages often have and nobody asks for.
const OFTEN: &[&str] = &["charset", "circle", "defs", "g", "line", "path", "polygon", "rect", "symbol", "use"];

/// Names that have a number of their own.
pub(super) const KNOWN: usize = Tag::COUNT + FURTHER.len() + OFTEN.len();

impl Name {
    pub(crate) const STYLE: Self = Self::of(Tag::Style);

    /// The name of an element that is not open: what an unknown end tag has.
    const NONE: Self = Self(u32::MAX);

    pub(crate) const fn of(tag: Tag) -> Self {
        Self(tag as u32)
    }

    /// The tag of an element of this name.
    pub(crate) fn tag(self) -> Tag {
        Tag::ALL.get(self.0 as usize).copied().unwrap_or(Tag::Other)
    }

    /// The number of a name that HTML knows.
    pub(super) fn known(self) -> Option<usize> {
        ((self.0 as usize) < KNOWN).then_some(self.0 as usize)
    }
}

/// A table of what is true of names that HTML knows: bits, those of each list for the names in it.
pub(super) const fn table<const LISTS: usize>(lists: [(u16, &[Tag], &[Name]); LISTS]) -> [u16; KNOWN] {
    let mut table = [0; KNOWN];
    let mut list = 0;
    while list < LISTS {
        let (bits, tags, names) = lists[list];
        let mut at = 0;
        while at < tags.len() {
            table[tags[at] as usize] |= bits;
            at += 1;
        }
        at = 0;
        while at < names.len() {
            table[names[at].0 as usize] |= bits;
            at += 1;
        }
        list += 1;
    }
    table
}

const fn text_of(number: usize) -> &'static str {
    if number < Tag::COUNT {
        Tag::NAMES[number]
    } else if number < Tag::COUNT + FURTHER.len() {
        FURTHER[number - Tag::COUNT]
    } else {
        OFTEN[number - Tag::COUNT - FURTHER.len()]
    }
}

/// Bytes of a name that make its key.
const KEY: usize = size_of::<u64>();

/// Bits of a slot's number: four slots for a name.
const BITS: u32 = 10;

/// A place of the table of known names.
#[derive(Clone, Copy)]
struct Slot {
    key: u64,
    /// 0 where nothing stands.
    length: u8,
    number: u16,
}

static SLOTS: [Slot; 1 << BITS] = slots();

const fn slots() -> [Slot; 1 << BITS] {
    let mut slots = [Slot { key: 0, length: 0, number: 0 }; 1 << BITS];
    // What no name of HTML is has the first number.
    let mut number = 1;
    while number < KNOWN {
        let text = text_of(number).as_bytes();
        let mut key = 0;
        let mut at = 0;
        while at < text.len() && at < KEY {
            key |= (text[at] as u64) << (8 * at);
            at += 1;
        }
        let mut slot = slot(key, text.len());
        while slots[slot].length != 0 {
            slot = (slot + 1) % slots.len();
        }
        slots[slot] = Slot { key, length: text.len() as u8, number: number as u16 };
        number += 1;
    }
    slots
}

const fn slot(key: u64, length: usize) -> usize {
    ((key ^ length as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - BITS)) as usize
}

/// The number of a name in small letters, with which a text begins.
fn known(text: &str, length: usize) -> Option<Name> {
    let bytes = text.as_bytes();
    let key = match bytes.first_chunk() {
        Some(first) => u64::from_le_bytes(*first) & u64::MAX.unbounded_shr(u64::BITS - 8 * length.min(KEY) as u32),
        None => bytes.iter().take(length).rev().fold(0, |key, byte| key << 8 | u64::from(*byte)),
    };
    let mut slot = slot(key, length);
    loop {
        let found = SLOTS[slot];
        let number = usize::from(found.number);
        if found.length == 0 {
            return None;
        }
        if found.key == key
            && usize::from(found.length) == length
            && (length <= KEY || text.get(KEY..length) == text_of(number).get(KEY..))
        {
            return Some(Name(number as u32));
        }
        slot = (slot + 1) % SLOTS.len();
    }
}

/// Distinct names that HTML does not know and that are longer than [`SHORT`]: no page has as many by intent.
pub(super) const NAMES: usize = 8192;

/// Bytes of a name that is not counted.
const SHORT: usize = 7;

/// The names of a page.
#[derive(Debug, Default)]
pub(crate) struct Names {
    others: Vec<Box<str>>,
    numbers: KeyMap<Box<str>, u32>,
    long: usize,
}

impl Names {
    /// The name that a text begins with, of this length; `None` where the page has too many.
    pub(super) fn name(&mut self, text: &str, length: usize) -> Option<Name> {
        known(text, length).or_else(|| self.unknown(text.get(..length).unwrap_or_default()))
    }

    /// The name that a text begins with, if an element may have it.
    pub(super) fn existing(&self, text: &str, length: usize) -> Name {
        let look = |name: &str| self.numbers.get(name).map(|number| Name(*number));
        let found = known(text, length).or_else(|| {
            let name = text.get(..length).unwrap_or_default();
            if has_capitals(name) {
                let small = name.to_ascii_lowercase();
                return known(&small, length).or_else(|| look(&small));
            }
            look(name)
        });
        found.unwrap_or(Name::NONE)
    }

    fn unknown(&mut self, name: &str) -> Option<Name> {
        if has_capitals(name) {
            return self.name(&name.to_ascii_lowercase(), name.len());
        }
        if let Some(number) = self.numbers.get(name) {
            return Some(Name(*number));
        }
        if name.len() > SHORT {
            if self.long >= NAMES {
                return None;
            }
            self.long += 1;
        }
        let number = (KNOWN + self.others.len()) as u32;
        self.others.push(name.into());
        self.numbers.insert(name.into(), number);
        Some(Name(number))
    }

    /// The text of a name.
    pub(crate) fn text(&self, name: Name) -> &str {
        match (name.0 as usize).checked_sub(KNOWN) {
            None => text_of(name.0 as usize),
            Some(number) => self.others.get(number).map_or("", |name| name),
        }
    }
}

fn has_capitals(name: &str) -> bool {
    name.bytes().any(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::{KNOWN, Name, Names, known, text_of};
    use crate::document::Tag;

    #[test]
    fn known_names_are_found_whatever_follows() {
        for number in 1..KNOWN {
            let name = text_of(number);
            for rest in ["", ">", " class=x", "é"] {
                assert_eq!(known(&format!("{name}{rest}"), name.len()), Some(Name(number as u32)), "{name}");
            }
        }
        for name in ["", "other", "x", "divv", "blockquot", "blockquotes", "figcaptiom"] {
            assert_eq!(known(name, name.len()), None, "{name}");
        }
    }

    #[test]
    fn other_names_are_numbered_as_they_come() {
        let mut names = Names::default();
        assert_eq!(names.existing("x-y", 3), Name::NONE);
        let first = names.name("x-y>", 3).expect("room");
        let second = names.name("X-Z", 3).expect("room");
        assert_eq!([names.text(first), names.text(second)], ["x-y", "x-z"]);
        assert_eq!([names.existing("X-Y", 3), names.existing("x-z ", 3)], [first, second]);
        assert_eq!(names.name("DiV", 3), Some(Name::of(Tag::Div)));
        assert_eq!((first.tag(), Name::of(Tag::P).tag(), Name::IMAGE.tag()), (Tag::Other, Tag::P, Tag::Other));
    }
}
