//! Names of elements, as one byte.

macro_rules! tags {
    ($($variant:ident $name:literal,)*) => {
        /// The name of an HTML element; [`Tag::Other`] for custom, foreign and obsolete ones.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)]
        #[repr(u8)]
        pub enum Tag { Other, $($variant,)* }

        impl Tag {
            /// How many there are, [`Tag::Other`] included.
            pub const COUNT: usize = [$($name,)*].len() + 1;

            /// All of them, in the order of their numbers.
            pub(crate) const ALL: [Self; Self::COUNT] = [Self::Other, $(Self::$variant,)*];

            /// Their names in the same order.
            pub(crate) const NAMES: [&str; Self::COUNT] = ["other", $($name,)*];

            /// All of them, in the order of their numbers.
            pub(crate) fn all() -> impl Iterator<Item = Self> {
                Self::ALL.into_iter()
            }

            /// The tag of a lower-case local name.
            #[must_use]
            pub fn from_name(name: &str) -> Self {
                match name { $($name => Self::$variant,)* _ => Self::Other }
            }

            /// The local name; `other` for [`Tag::Other`].
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { Self::Other => "other", $(Self::$variant => $name,)* }
            }
        }
    };
}

tags! {
    P "p", Div "div", Li "li", Td "td", Th "th",
    H1 "h1", H2 "h2", H3 "h3", H4 "h4", H5 "h5", H6 "h6",
    Span "span", A "a", Ul "ul", Ol "ol", Dl "dl", Dt "dt", Dd "dd",
    Section "section", Article "article", Main "main", Aside "aside", Nav "nav", Header "header", Footer "footer",
    Figure "figure", Figcaption "figcaption", Blockquote "blockquote", Pre "pre",
    Table "table", Tr "tr", Tbody "tbody", Thead "thead", Tfoot "tfoot", Caption "caption",
    Form "form", Button "button", Label "label", Body "body", Html "html", Head "head",
    Details "details", Summary "summary", Fieldset "fieldset", Legend "legend", Noscript "noscript",
    Center "center", Address "address", Code "code", Hgroup "hgroup", Dialog "dialog", Menu "menu", Search "search",
    Em "em", I "i", B "b", Strong "strong", U "u", S "s", Small "small", Big "big", Font "font", Tt "tt", Kbd "kbd",
    Samp "samp", Var "var", Cite "cite", Q "q", Dfn "dfn", Abbr "abbr", Acronym "acronym", Time "time", Data "data",
    Sub "sub", Sup "sup", Mark "mark", Ins "ins", Del "del", Strike "strike", Bdi "bdi", Bdo "bdo", Nobr "nobr",
    Ruby "ruby", Rt "rt", Rp "rp", Rb "rb", Rtc "rtc", Br "br", Wbr "wbr", Hr "hr", Img "img", Picture "picture", Source "source",
    Svg "svg", Math "math", Canvas "canvas", Audio "audio", Video "video", Track "track", Map "map", Area "area",
    Object "object", Embed "embed", Param "param", Iframe "iframe",
    Input "input", Select "select", Option "option", Optgroup "optgroup", Datalist "datalist", Textarea "textarea",
    Output "output", Progress "progress", Meter "meter",
    Script "script", Style "style", Template "template", Link "link", Meta "meta", Title "title", Base "base",
    Slot "slot", Applet "applet", Frame "frame", Frameset "frameset", Noframes "noframes", Noembed "noembed",
    Colgroup "colgroup", Col "col", Marquee "marquee", Plaintext "plaintext", Xmp "xmp", Listing "listing",
}
