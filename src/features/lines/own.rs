//! The unit's own text, and what the pattern table says of it.

use super::facts::LineFacts;
use super::named::LineTopic;
use super::{GroupColumns, group};

group! {
    Own {
        Words "line.words" "words" "Words; two characters of an unspaced script are one.",
        Chars "line.chars" "characters" "Characters.",
        WordLength "line.word_length" "characters" "Mean length of a word.",
        LongestWord "line.longest_word" "characters" "Length of the longest word.",
        Sentences "line.sentences" "count" "Ends of sentences.",
        SentenceDensity "line.sentence_density" "per word" "Ends of sentences a word.",
        Commas "line.commas" "count" "Commas of any script.",
        Digits "line.digits" "share" "Digits among the characters.",
        Upper "line.upper" "share" "Capitals among the letters.",
        TitleCase "line.title_case" "share" "Words that begin with a capital.",
        Symbols "line.symbols" "share" "Characters that are neither word nor space.",
        NonAscii "line.non_ascii" "share" "Characters beyond ASCII.",
        LastClass "line.last_class" "class" "The last character: 0 none of these, 1 full stop, 2 !, 3 ?, 4 colon, 5 comma, 6 ellipsis, 7 semicolon.",
        FirstClass "line.first_class" "class" "The first character: 1 capital, 2 small letter, 3 digit, 4 other letter, 5 anything else.",
        Bars "line.bars" "count" "Bars, bullets and middle dots.",
        Arrows "line.arrows" "count" "Arrows and angle quotes.",
        Quotes "line.quotes" "count" "Opening quotation marks.",
        Parentheses "line.parentheses" "count" "Opening parentheses.",
        Lines "line.lines" "lines" "Lines of a wrapped paragraph.",
        Prices "line.prices" "count" "Amounts of money.",
        Dates "line.dates" "count" "Years, times of day and dates in digits.",
        Addresses "line.addresses" "count" "Addresses of the web and of letters.",
        Opening "line.opening" "class" "How it begins: 1 bullet or number, 2 pipe, 3 mark of quotation.",
        Copies "line.copies" "count" "Units with this very text.",
        Strongest "named.strongest" "strength" "The strongest pattern hit: 0 none, 1 weak, 2 firm, 3 strong.",
        Share "named.share" "share" "Bytes in sentences that a pattern names.",
        FirmShare "named.firm_share" "share" "The same, of patterns that are not weak.",
        Newsletter "named.newsletter" "strength" "Hits on prompts to join a list.",
        Letter "named.letter" "strength" "Hits on unsubscribe lines, view-in-browser lines and footers of list managers.",
        Signature "named.signature" "strength" "Hits on signatures and device lines.",
        Quote "named.quote" "strength" "Hits on headers of quoted letters.",
        Legal "named.legal" "strength" "Hits on disclaimers, postal addresses, imprints.",
        Copyright "named.copyright" "strength" "Hits on copyright lines.",
        Credit "named.credit" "strength" "Hits on credits.",
        Cookie "named.cookie" "strength" "Hits on cookie notices.",
        Sharing "named.sharing" "strength" "Hits on share buttons and counters.",
        Related "named.related" "strength" "Hits on related stories and read-more lines.",
        Navigation "named.navigation" "strength" "Hits on menus and login.",
        Ads "named.ads" "strength" "Hits on advertisements, paywalls, app stores.",
        Author "named.author" "strength" "Hits on boxes about the author.",
        Comments "named.comments" "strength" "Hits on comment forms and feedback.",
        Shop "named.shop" "strength" "Hits on carts and checkout.",
        Debris "named.debris" "strength" "Hits on what a flattened table left.",
    }
}

pub(super) fn fill(facts: &LineFacts, columns: &mut GroupColumns<'_>) {
    let m = &facts.measures;
    columns.fill(Own::Words as usize, |u| m[u].words);
    columns.fill(Own::Chars as usize, |u| m[u].chars);
    columns.fill(Own::WordLength as usize, |u| m[u].word_chars / m[u].words.max(1.0));
    columns.fill(Own::LongestWord as usize, |u| m[u].longest_word);
    columns.fill(Own::Sentences as usize, |u| m[u].sentences);
    columns.fill(Own::SentenceDensity as usize, |u| m[u].sentences / m[u].words.max(1.0));
    columns.fill(Own::Commas as usize, |u| m[u].commas);
    columns.fill(Own::Digits as usize, |u| m[u].digits / m[u].chars.max(1.0));
    columns.fill(Own::Upper as usize, |u| m[u].upper / m[u].letters.max(1.0));
    columns.fill(Own::TitleCase as usize, |u| m[u].title_case / m[u].words.max(1.0));
    columns.fill(Own::Symbols as usize, |u| m[u].symbols());
    columns.fill(Own::NonAscii as usize, |u| m[u].non_ascii / m[u].chars.max(1.0));
    columns.fill(Own::LastClass as usize, |u| f32::from(m[u].last_class));
    columns.fill(Own::FirstClass as usize, |u| f32::from(m[u].first_class));
    columns.fill(Own::Bars as usize, |u| m[u].bars);
    columns.fill(Own::Arrows as usize, |u| m[u].arrows);
    columns.fill(Own::Quotes as usize, |u| m[u].quotes);
    columns.fill(Own::Parentheses as usize, |u| m[u].parentheses);
    columns.fill(Own::Lines as usize, |u| facts.lines[u]);
    columns.fill(Own::Prices as usize, |u| facts.prices[u]);
    columns.fill(Own::Dates as usize, |u| facts.dates[u]);
    columns.fill(Own::Addresses as usize, |u| facts.addresses[u]);
    columns.fill(Own::Opening as usize, |u| facts.opening[u]);
    columns.fill(Own::Copies as usize, |u| facts.copies[u]);
    columns.fill(Own::Strongest as usize, |u| f32::from(facts.named[u].strongest));
    columns.fill(Own::Share as usize, |u| facts.named[u].share);
    columns.fill(Own::FirmShare as usize, |u| facts.named[u].firm_share);
    for topic in 0..LineTopic::COUNT {
        columns.fill(Own::Newsletter as usize + topic, |u| f32::from(facts.named[u].topics[topic]));
    }
}
