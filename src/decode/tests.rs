//! Tables of cases: what is declared, what the bytes are, and what comes out.

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GBK, ISO_2022_JP, ISO_8859_2, KOI8_U, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE,
    WINDOWS_874, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252,
};

use super::*;
use crate::document::CharsetSource::{Bom, Detected, Meta, Option as Forced, Transport, Utf8, Xml};

const HTML: Hints<'static> = Hints { forced: None, transport: None, tld: None, kind: Kind::Html };
const TEXT: Hints<'static> = Hints { kind: Kind::Text, ..HTML };

const RUSSIAN: &str = "Паром на остров снова ходит с понедельника, сообщила администрация порта. Из-за шторма причал \
                       был закрыт девять дней, и жители ездили через соседний город.";
const CZECH: &str = "Přívoz na ostrov jezdí opět od pondělí, oznámila správa přístavu. Kvůli bouři bylo molo devět dní \
                     zavřené a obyvatelé museli ještě dál jezdit přes sousední město, řekl \
                     šéf úřadu; loď už čeká na cestující.";
const FRENCH: &str = "Le bac vers l’île circule à nouveau dès lundi, a déclaré la capitainerie après la tempête.";
const THAI: &str = "เรือข้ามฟากไปเกาะจะเปิดให้บริการอีกครั้งตั้งแต่วันจันทร์ หลังจากท่าเรือปิดเพราะพายุนานเก้าวัน";
const JAPANESE: &str =
    "島へのフェリーは月曜日から運航を再開すると港湾事務所が発表した。嵐のため桟橋は九日間閉鎖されていた。";
const CHINESE: &str =
    "港务局表示,开往小岛的渡轮将于星期一恢复运营。由于暴风雨,码头已经关闭了九天,居民只能绕道邻近的城市。";
const TAIWANESE: &str =
    "港務局表示,開往小島的渡輪將於星期一恢復營運。由於暴風雨,碼頭已經關閉了九天,居民只能繞道鄰近的城市。";
const KOREAN: &str =
    "섬으로 가는 여객선이 월요일부터 다시 운항한다고 항만 사무소가 밝혔다. 폭풍으로 부두는 아흐레 동안 닫혀 있었다.";

fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    if encoding == UTF_16LE {
        return text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    }
    if encoding == UTF_16BE {
        return text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    }
    let (bytes, _, unmappable) = encoding.encode(text);
    assert!(!unmappable, "{text:?} in {}", encoding.name());
    bytes.into_owned()
}

/// Name, source, and what was overruled.
type Found = (&'static str, CharsetSource, Option<&'static str>);

fn charset(bytes: &[u8], hints: Hints<'_>) -> Found {
    let choice = choose(bytes, hints);
    assert_eq!(choice.encoding.name(), choice.charset.name);
    (choice.charset.name, choice.charset.source, choice.charset.overruled)
}

fn text(bytes: &[u8], hints: Hints<'_>) -> String {
    decode(bytes, choose(bytes, hints)).into_owned()
}

#[test]
fn undeclared_bytes_are_guessed() {
    let cases: &[(&str, &'static Encoding, Option<&str>)] = &[
        (RUSSIAN, WINDOWS_1251, None),
        (RUSSIAN, WINDOWS_1251, Some("ru")),
        (RUSSIAN, KOI8_U, Some("ru")),
        (CZECH, ISO_8859_2, Some("cz")),
        (CZECH, WINDOWS_1250, Some("cz")),
        (FRENCH, WINDOWS_1252, None),
        (THAI, WINDOWS_874, None),
        (JAPANESE, SHIFT_JIS, None),
        (JAPANESE, EUC_JP, None),
        (JAPANESE, ISO_2022_JP, None),
        (CHINESE, GBK, None),
        (TAIWANESE, BIG5, Some("tw")),
        (TAIWANESE, BIG5, None),
        (KOREAN, EUC_KR, None),
        (RUSSIAN, UTF_16LE, None),
        (RUSSIAN, UTF_16BE, None),
        (FRENCH, UTF_16LE, None),
        (FRENCH, UTF_16BE, None),
    ];
    for &(sentence, encoding, tld) in cases {
        let bytes = encoded(sentence, encoding);
        let hints = Hints { tld, ..TEXT };
        assert_eq!(charset(&bytes, hints), (encoding.name(), Detected, None), "{sentence}");
        assert_eq!(text(&bytes, hints), sentence);
    }
}

#[test]
fn the_host_settles_what_the_bytes_leave_open() {
    let bytes = b"Dvo\xF8\xE1k ";
    let cases = [
        ("sk", "windows-1250"),
        ("hu", "ISO-8859-2"),
        ("HU", "ISO-8859-2"),
        ("ru", "windows-1251"),
        ("gr", "ISO-8859-7"),
    ];
    for (tld, name) in cases {
        assert_eq!(charset(bytes, Hints { tld: Some(tld), ..TEXT }), (name, Detected, None), "{tld}");
    }
    let unknown = charset(bytes, TEXT);
    for tld in ["", "рф", "a.b", "r\0u", "\u{212A}r", "com", "127"] {
        assert_eq!(charset(bytes, Hints { tld: Some(tld), ..TEXT }), unknown, "{tld:?}");
    }
}

#[test]
fn a_byte_order_mark_wins_and_is_not_text() {
    for encoding in [UTF_8, UTF_16LE, UTF_16BE] {
        for sentence in ["", "a", RUSSIAN, CHINESE] {
            let bytes = encoded(&format!("\u{FEFF}{sentence}"), encoding);
            assert_eq!(charset(&bytes, HTML), (encoding.name(), Bom, None));
            let transport = Hints { transport: Some("koi8-u"), ..HTML };
            assert_eq!(charset(&bytes, transport), (encoding.name(), Bom, Some("KOI8-U")));
            assert_eq!(text(&bytes, transport), sentence);
        }
    }
    let wide = Hints { transport: Some("utf-16"), ..TEXT };
    assert_eq!(charset(b"\xFE\xFF\0a", wide), ("UTF-16BE", Bom, None));
}

#[test]
fn the_caller_wins_over_everything() {
    let page = "<meta charset=utf-8>é".as_bytes();
    let forced = |encoding| Hints { forced: Some(encoding), transport: Some("utf-8"), tld: None, kind: Kind::Html };
    assert_eq!(charset(page, forced(WINDOWS_1252)), ("windows-1252", Forced, None));
    assert_eq!(text(page, forced(WINDOWS_1252)), "<meta charset=utf-8>Ã©");
    assert_eq!(text(b"\xEF\xBB\xBFa", forced(UTF_8)), "a");
    assert_eq!(text(b"\xEF\xBB\xBFa", forced(WINDOWS_1252)), "ï»¿a");
    assert_eq!(text(b"\xFE\xFF\0a", forced(UTF_16LE)), "a");
    assert_eq!(charset(b"\xFE\xFF\0a", forced(UTF_16LE)), ("UTF-16BE", Forced, None));
}

#[test]
fn labels_are_those_of_the_standard() {
    assert_eq!(encoding(" Latin1\n").unwrap().name(), "windows-1252");
    assert_eq!(encoding("utf8").unwrap().name(), "UTF-8");
    for label in ["", "utf-9", "iso-2022-kr", "a\nb"] {
        let error = encoding(label).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Charset);
        assert_eq!(error.to_string(), format!("unknown character encoding {label:?}"));
    }
}

/// Declarations in a page whose body is seven-bit, so that they are believed.
#[test]
fn declarations_in_pages_are_read_with_patience() {
    let cases = [
        ("<meta charset=windows-1251>", "windows-1251", Meta),
        ("<META CHARSET='Windows-1251'/>", "windows-1251", Meta),
        ("<meta charset=\"windows-1251 \">", "windows-1251", Meta),
        ("<meta charset=utf8;>", "UTF-8", Meta),
        ("<meta charset=\"'koi8-r'\">", "KOI8-R", Meta),
        ("<meta charset=windows1251>", "windows-1251", Meta),
        ("<meta charset=win-1251>", "windows-1251", Meta),
        ("<meta charset=\"cp-1250\">", "windows-1250", Meta),
        ("<meta charset=\"utf 8\">", "UTF-8", Meta),
        ("<meta charset=\"charset=utf-8\">", "UTF-8", Meta),
        ("<meta charset=\"iso_8859_2\">", "ISO-8859-2", Meta),
        ("<meta charset=Shift-JIS>", "Shift_JIS", Meta),
        ("<meta charset=EUC_JP>", "EUC-JP", Meta),
        ("<meta charset=big5_tw>", "Big5", Meta),
        ("<meta charset=utf-16>", "UTF-8", Meta),
        ("<meta charset=x-user-defined>", "windows-1252", Meta),
        ("<meta charset>", "UTF-8", Utf8),
        ("<meta charset=", "UTF-8", Utf8),
        ("<meta charset=nonsense><meta charset=big5>", "Big5", Meta),
        ("<meta charset=hz-gb-2312>", "UTF-8", Utf8),
        ("<metadata charset=big5>", "UTF-8", Utf8),
        ("<meta/charset=big5>", "Big5", Meta),
        ("<meta name=a content=b charset = \"big5\">", "Big5", Meta),
        ("<meta http-equiv=Content-Type content=\"text/html; charset=big5\">", "Big5", Meta),
        ("<meta content='text/html;charset = \"big5\"' http-equiv='content-type'>", "Big5", Meta),
        ("<meta http-equiv=content-type content=text/html; charset=big5>", "Big5", Meta),
        ("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-8859&#8211;2\">", "ISO-8859-2", Meta),
        ("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-8859–2\">", "ISO-8859-2", Meta),
        ("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=big5><title>a</title>\">", "Big5", Meta),
        ("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=big5><title>a</title>", "Big5", Meta),
        ("<meta name=\"Content-Type\" content=\"text/html; charset=big5\">", "Big5", Meta),
        ("<meta name=description content=\"all about charset=big5\">", "UTF-8", Utf8),
        ("<meta http-equiv=content-type content=\"charset charset=big5\">", "Big5", Meta),
        ("<!-- <meta charset=big5> --><meta charset=gbk>", "GBK", Meta),
        ("<!--><meta charset=big5>", "Big5", Meta),
        ("<!-- <meta charset=big5>", "UTF-8", Utf8),
        ("<script>'<meta charset=big5>'</script ><meta charset=gbk>", "GBK", Meta),
        ("<a title='<meta charset=big5>'><meta charset=gbk>", "GBK", Meta),
        ("</a title='<meta charset=big5>'><meta charset=gbk>", "GBK", Meta),
        ("<!x <meta charset=big5><meta charset=gbk>", "GBK", Meta),
        ("<?xml version='1.0' encoding='gbk'?><p>", "GBK", Xml),
        ("<?xml version='1.0' encoding = \"UTF-16\" standalone='yes' ?><p>", "UTF-8", Xml),
        ("<?xml version='1.0' encoding='gbk'?><meta charset=big5>", "Big5", Meta),
        ("<?xml version='1.0' encoding=", "UTF-8", Utf8),
        ("<p>encoding='gbk' charset=big5", "UTF-8", Utf8),
    ];
    for (page, name, source) in cases {
        // The dash in one of the cases is not seven-bit.
        let bytes = encoded(page, WINDOWS_1252);
        assert_eq!(charset(&bytes, HTML), (name, source, None), "{page}");
        let expected = if bytes.is_ascii() { ("UTF-8", Utf8, None) } else { ("windows-1252", Detected, None) };
        assert_eq!(charset(&bytes, TEXT), expected, "{page} as text");
    }
}

#[test]
fn a_late_declaration_counts_before_the_body_only() {
    let filler = " ".repeat(5000);
    let cases = [
        (format!("<head>{filler}<meta charset=big5>"), ("Big5", Meta, None)),
        (format!("{filler}<body><meta charset=big5>"), ("UTF-8", Utf8, None)),
        ("<body><meta charset=big5>".to_owned(), ("Big5", Meta, None)),
        (format!("{}<meta charset=big5>", filler.repeat(20)), ("UTF-8", Utf8, None)),
    ];
    for (page, expected) in cases {
        assert_eq!(charset(page.as_bytes(), HTML), expected);
    }
}

#[test]
fn the_first_declaration_that_the_bytes_allow_wins() {
    let page = |label: &str, text: &str, encoding| encoded(&format!("<meta charset={label}><p>{text}"), encoding);
    let cases = [
        // Transport before meta.
        (Some("koi8-u"), page("windows-1251", "abc", UTF_8), ("KOI8-U", Transport, None)),
        (Some("\"utf-8\";"), page("windows-1251", "abc", UTF_8), ("UTF-8", Transport, None)),
        (Some("nonsense"), page("windows-1251", "abc", UTF_8), ("windows-1251", Meta, None)),
        (Some(""), page("windows-1251", RUSSIAN, WINDOWS_1251), ("windows-1251", Meta, None)),
        // Valid UTF-8 under old labels.
        (Some("iso-8859-1"), page("latin1", "é", UTF_8), ("UTF-8", Utf8, Some("windows-1252"))),
        (Some("iso-8859-1"), page("utf-8", "é", UTF_8), ("UTF-8", Meta, Some("windows-1252"))),
        (None, page("gbk", CHINESE, UTF_8), ("UTF-8", Utf8, Some("GBK"))),
        (Some("utf-16"), page("x", "abc", UTF_8), ("UTF-8", Utf8, Some("UTF-16LE"))),
        (Some("iso-2022-jp"), page("x", "abc", UTF_8), ("ISO-2022-JP", Transport, None)),
        // Not UTF-8 under its label.
        (None, page("utf-8", RUSSIAN, WINDOWS_1251), ("windows-1251", Detected, Some("UTF-8"))),
        (None, page("utf-8", CHINESE, GBK), ("GBK", Detected, Some("UTF-8"))),
        (None, page("utf-8", THAI, WINDOWS_874), ("windows-874", Detected, Some("UTF-8"))),
        (None, page("utf-8", "a “quoted” word", WINDOWS_1252), ("windows-1252", Detected, Some("UTF-8"))),
        (Some("utf-8"), page("koi8-u", RUSSIAN, KOI8_U), ("KOI8-U", Meta, Some("UTF-8"))),
        // What templates declare unasked over words of another script; letters with accents are no such words.
        (None, page("iso-8859-1", RUSSIAN, WINDOWS_1251), ("windows-1251", Detected, Some("windows-1252"))),
        (Some("iso-8859-1"), page("windows-1251", RUSSIAN, WINDOWS_1251), ("windows-1251", Meta, Some("windows-1252"))),
        (None, page("iso-8859-1", CHINESE, GBK), ("GBK", Detected, Some("windows-1252"))),
        (None, page("iso-8859-1", FRENCH, WINDOWS_1252), ("windows-1252", Meta, None)),
        (None, page("iso-8859-1", "»»»»»»»»»»»»»»»»»»»»»»»»»»» Für", WINDOWS_1252), ("windows-1252", Meta, None)),
        // Seven bits and eight bits.
        (Some("iso-2022-jp"), page("x", JAPANESE, SHIFT_JIS), ("Shift_JIS", Detected, Some("ISO-2022-JP"))),
        (Some("shift_jis"), page("x", JAPANESE, ISO_2022_JP), ("ISO-2022-JP", Detected, Some("Shift_JIS"))),
        (Some("iso-2022-jp"), page("x", JAPANESE, ISO_2022_JP), ("ISO-2022-JP", Transport, None)),
        // Multi-byte labels over other bytes.
        (Some("euc-jp"), page("x", JAPANESE, SHIFT_JIS), ("Shift_JIS", Detected, Some("EUC-JP"))),
        (Some("big5"), page("x", JAPANESE, SHIFT_JIS), ("Shift_JIS", Detected, Some("Big5"))),
        (Some("gb2312"), page("big5", CHINESE, GBK), ("GBK", Transport, None)),
        // UTF-16 by transport, or against it.
        (Some("utf-16le"), encoded(CHINESE, UTF_16LE), ("UTF-16LE", Transport, None)),
        (Some("utf-16be"), encoded(CHINESE, UTF_16BE), ("UTF-16BE", Transport, None)),
        (Some("utf-8"), encoded(FRENCH, UTF_16BE), ("UTF-16BE", Detected, Some("UTF-8"))),
        (Some("utf-16"), encoded(FRENCH, UTF_16BE), ("UTF-16BE", Detected, None)),
        (Some("utf-16"), encoded(FRENCH, UTF_16LE), ("UTF-16LE", Transport, None)),
    ];
    for (transport, bytes, expected) in cases {
        let shown = String::from_utf8_lossy(&bytes);
        assert_eq!(charset(&bytes, Hints { transport, ..HTML }), expected, "{transport:?} {shown}");
    }
}

#[test]
fn damaged_utf8_stays_utf8() {
    let declared = Hints { transport: Some("utf-8"), ..TEXT };
    let latin = Hints { transport: Some("latin1"), ..TEXT };
    let mut damaged = RUSSIAN.as_bytes().to_vec();
    damaged.insert(20, 0x80);
    let cases: &[(&[u8], Hints<'_>, Found)] = &[
        // Cut off at the end.
        ("на".as_bytes().split_last().unwrap().1, TEXT, ("UTF-8", Utf8, None)),
        ("на".as_bytes().split_last().unwrap().1, latin, ("UTF-8", Utf8, Some("windows-1252"))),
        (b"caf\xC3", declared, ("UTF-8", Transport, None)),
        (b"caf\xE9", latin, ("windows-1252", Transport, None)),
        (b"caf\xE9", TEXT, ("windows-1252", Detected, None)),
        // A stray byte in much UTF-8.
        (&damaged, TEXT, ("UTF-8", Detected, None)),
        (&damaged, declared, ("UTF-8", Transport, None)),
        (&damaged, latin, ("UTF-8", Detected, Some("windows-1252"))),
        // As many broken as whole: the declaration decides.
        ("é\u{20}".as_bytes(), declared, ("UTF-8", Transport, None)),
        (b"\xC3\xA9 \xE9 ", declared, ("UTF-8", Transport, None)),
        (b"\xC3\xA9 \xE9 ", latin, ("windows-1252", Transport, None)),
        (b"\xC3\xA9 caf\xE9 d\xE9j\xE0 ", declared, ("windows-1252", Detected, Some("UTF-8"))),
    ];
    for &(bytes, hints, expected) in cases {
        assert_eq!(charset(bytes, hints), expected, "{bytes:?} {:?}", hints.transport);
    }
    assert_eq!(text("на".as_bytes().split_last().unwrap().1, TEXT), "н\u{FFFD}");
}

#[test]
fn the_shortest_inputs_have_an_encoding() {
    for hints in [HTML, TEXT] {
        assert_eq!(charset(b"", hints), ("UTF-8", Utf8, None));
        assert_eq!(charset(b"", Hints { transport: Some("big5"), ..hints }), ("Big5", Transport, None));
        for byte in 0..=255 {
            let (name, source, overruled) = charset(&[byte], hints);
            if byte < 0x80 {
                assert_eq!((name, source, overruled), ("UTF-8", Utf8, None), "{byte:#x}");
            } else {
                assert_eq!((source, overruled), (Detected, None), "{byte:#x}");
                assert_eq!(text(&[byte], hints).chars().count(), 1, "{byte:#x} in {name}");
            }
        }
    }
}

#[test]
fn terminal_colours_and_zero_bytes_are_not_japanese_or_utf16() {
    let cases: &[&[u8]] = &[
        b"\x1B[31mred\x1B[0m and \x1B(B plain",
        b"\x1B[31mred\x1B[0m and \x1B$B",
        b"a\0b\0",
        b"a\0\0\0b\0\0\0c\0\0\0d\0\0\0",
        b"name\0value\0key\0x\0y\0",
        b"\x01\0\x02\0\x03\0\x04\0\x05\0",
    ];
    for &bytes in cases {
        assert_eq!(charset(bytes, TEXT), ("UTF-8", Utf8, None), "{bytes:?}");
    }
}

#[test]
fn long_documents_are_sampled_between_characters() {
    for (sentence, encoding) in [(JAPANESE, SHIFT_JIS), (CHINESE, GBK), (KOREAN, EUC_KR), (RUSSIAN, WINDOWS_1251)] {
        let line = encoded(&format!("{sentence}\n"), encoding);
        for shift in 0..3 {
            // ASCII longer than the sample, text longer than the sample, and a cut character at the end.
            let mut bytes = vec![b' '; 200_000 + shift];
            bytes.extend(line.repeat(200_000 / line.len()));
            bytes.extend(line.get(..1).unwrap_or_default());
            assert_eq!(charset(&bytes, TEXT), (encoding.name(), Detected, None), "{sentence}");
        }
    }
    // Invalid in the unsampled middle only.
    let mut bytes = format!("{RUSSIAN}\n").repeat(1000).into_bytes();
    let middle = bytes.len() / 2;
    bytes.insert(middle, 0xFF);
    assert_eq!(charset(&bytes, TEXT), ("UTF-8", Detected, None));
}

/// xorshift64 (Marsaglia 2003): the same bytes in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn pick<'a, T: ?Sized>(&mut self, table: &[&'a T]) -> &'a T {
        table[usize::try_from(self.below(table.len() as u64)).unwrap()]
    }
}

#[test]
fn no_bytes_and_no_hints_panic() {
    let pieces: &[&[u8]] = &[
        b"<meta ",
        b"charset",
        b"=",
        b"\"",
        b"'",
        b">",
        b"<!--",
        b"-->",
        b"utf-8",
        b"big5",
        b" ",
        b"content=",
        b"&#",
        b";",
        b"http-equiv=content-type ",
        b"<?xml ",
        b"encoding",
        b"?>",
        b"<script",
        b"</",
        b"</script>",
        b"\x1B$B",
        b"\x1B(J",
        b"\0",
        b"\xFF\xFE",
        b"\xEF\xBB\xBF",
        b"\xC3\xA9",
        b"\xE6\x97",
        b"\x82\xA0",
        b"<body>",
        b"```",
        b"/",
    ];
    let labels = ["utf-8", "utf-16", "iso-2022-jp", "gb18030", "x-user-defined", "&", "\"'", "windows", "é"];
    let tlds = ["ru", "JP", "", "é", ".", "xn--p1ai", "a_b"];
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for _ in 0..20_000 {
        let mut bytes = Vec::new();
        for _ in 0..random.below(40) {
            match random.below(3) {
                0 => bytes.push(random.next().to_le_bytes()[0]),
                _ => bytes.extend(random.pick(pieces)),
            }
        }
        let transport = (random.below(2) == 0).then(|| random.pick(&labels));
        let tld = (random.below(2) == 0).then(|| random.pick(&tlds));
        let hints = Hints { forced: None, transport, tld, kind: [Kind::Html, Kind::Text][usize::from(tld.is_some())] };
        let choice = choose(&bytes, hints);
        let _ = (decode(&bytes, choice), decode(bytes.get(..1).unwrap_or_default(), choice));
        let _ = crate::input::detect(&bytes);
    }
}

#[test]
fn valid_utf8_comes_out_as_it_went_in() {
    let alphabets =
        ["abc <p>\n", "éßæø ", "жяб, ", "日本語。", "😀𝄞", "\u{7F}\u{80}\u{7FF}\u{800}\u{FFFD}\u{FFFF}\u{10FFFF}"];
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    for _ in 0..5_000 {
        let mut input = String::new();
        for _ in 0..random.below(60) {
            let letters: Vec<char> = random.pick(&alphabets).chars().collect();
            input.push(letters[usize::try_from(random.below(letters.len() as u64)).unwrap()]);
        }
        let transport = (!input.is_ascii()).then(|| random.pick(&["latin1", "gbk", "utf-8", "utf-16", "iso-2022-jp"]));
        for kind in [Kind::Html, Kind::Text] {
            let hints = Hints { forced: None, transport, tld: Some("jp"), kind };
            assert_eq!(text(input.as_bytes(), hints), input, "{transport:?}");
            assert_eq!(text(format!("\u{FEFF}{input}").as_bytes(), hints), input);
        }
    }
}

#[test]
fn a_mark_longer_than_the_bytes_decodes_to_nothing() {
    let choice = Choice { bom: 3, ..choose(b"", TEXT) };
    assert_eq!(decode(b"ab", choice), "");
}
