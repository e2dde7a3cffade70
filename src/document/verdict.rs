//! What was decided about each block, and why; and the whole result of an extraction.

use std::borrow::Cow;

use super::{Charset, Document, Limit};

macro_rules! families {
    ($($variant:ident $name:literal $doc:literal,)*) => {
        /// A family of boilerplate, as the pattern table names it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Family { $(#[doc = $doc] $variant,)* }

        impl Family {
            /// All families, in the order of the enum.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its name, as `--list-rules` and `--explain` print it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The family with this name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

families! {
    Newsletter "newsletter" "Prompts to join a newsletter or a mailing list.",
    Unsubscribe "unsubscribe" "Why you get this letter, and how to stop it.",
    MailChrome "mail-chrome" "View in browser, forward to a friend.",
    MailingList "mailing-list" "Footers that list managers write.",
    Signature "signature" "Signatures and device lines of letters.",
    Quote "quote" "Attribution lines and headers of quoted letters.",
    Legal "legal" "Disclaimers and confidentiality notices.",
    Address "address" "Postal addresses and imprints.",
    Copyright "copyright" "Copyright and rights lines.",
    Credit "credit" "Syndication and agency credits.",
    Cookie "cookie" "Cookie and consent notices.",
    Share "share" "Share, follow, print, counters.",
    Related "related" "Related stories and read-more lines.",
    Navigation "navigation" "Menus, breadcrumbs, skip links, pagination.",
    Ads "ads" "Advertisements and sponsors.",
    Paywall "paywall" "Subscriber prompts.",
    App "app" "App-store prompts.",
    AuthorBio "author-bio" "Boxes about the author.",
    Comments "comments" "Comment forms and counters.",
    Feedback "feedback" "Was this helpful, rate this page.",
    Login "login" "Log in, register, account.",
    Shop "shop" "Carts, wish lists, checkout.",
    TableDebris "table-debris" "Pipes and dashes left by a flattened layout table.",
}

/// The class of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Main content.
    Body,
    /// The headline.
    Title,
    /// Author, date or dateline.
    Byline,
    /// Boilerplate, with its family where one can be named.
    Boilerplate(Option<Family>),
}

/// One feature that weighed in a verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The feature's name in the feature table.
    pub feature: &'static str,
    /// Its value, in the feature's unit.
    pub value: f32,
    /// What it added to the score, in log-odds.
    pub weight: f32,
}

/// Why a block got its verdict.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reason {
    /// The patterns that hit, by id.
    pub rules: Vec<Cow<'static, str>>,
    /// The features that weighed most, strongest first.
    pub evidence: Vec<Evidence>,
    /// The step that overruled the score, in words.
    pub note: Option<&'static str>,
}

/// What was decided about one block.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Its class.
    pub class: Class,
    /// Whether it stands in the output.
    pub keep: bool,
    /// Log-odds of main content; positive is more likely main content than not.
    pub score: f32,
    /// Why.
    pub reason: Reason,
}

/// How the extraction ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Status {
    /// Content was kept.
    Ok,
    /// Nothing was kept.
    Empty,
    /// A limit was reached; what came before it was read and judged.
    Limit(Limit),
    /// The letter is damaged; what could be read of it was read and judged.
    Malformed,
    /// The document broke off before it came here; its beginning was read and judged.
    Truncated,
}

/// What the page says about itself; never invented, so each field may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The headline, without the site's name.
    pub title: Option<String>,
    /// The authors, joined by `, `.
    pub author: Option<String>,
    /// The day of publication, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// The site's name.
    pub site: Option<String>,
    /// The language, a BCP 47 tag, lower-case primary subtag first.
    pub lang: Option<String>,
    /// The page's address: as given, or else its canonical link.
    pub url: Option<String>,
    /// The mailing list a letter came through: its `List-Id`, without brackets.
    pub list: Option<String>,
    /// A letter's `Message-ID`, without brackets.
    pub message_id: Option<String>,
    /// Where to unsubscribe from a letter: an address of `List-Unsubscribe`, `https:` before `mailto:`.
    pub unsubscribe: Option<String>,
}

/// The result of an extraction: the document, a verdict for each of its blocks, and what is known about it.
#[derive(Debug, Clone)]
pub struct Extraction<'r> {
    /// The bytes that came in.
    pub input: &'r [u8],
    /// The document.
    pub document: Document,
    /// One verdict a block, in the order of [`Document::blocks`].
    pub verdicts: Vec<Verdict>,
    /// The headline where it was asked for and no block holds it: it stands first in the output of a page.
    pub headline: Option<String>,
    /// An estimate of the word F1 of what is kept, 0..1, calibrated on development pages; `None` where it could not be
    /// calibrated (plain text). Of an empty result: how likely the document has no main content.
    pub confidence: Option<f32>,
    /// Title, author, date, site, language.
    pub metadata: Metadata,
    /// The encoding, and why it was chosen.
    pub charset: Charset,
    /// How it ended.
    pub status: Status,
}
