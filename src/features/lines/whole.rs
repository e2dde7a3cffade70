//! The text as a whole: the same value for every unit. The gate that tells a dump from a clean text asks for these alone.

use super::facts::{LineFacts, is_ended};
use super::named::{FIRM, LineTopic};
use super::near::SHORT_WORDS;
use super::{GroupColumns, group};
use crate::features::facts::{mean_over, over};
use crate::features::position::FAR;

group! {
    Whole {
        Words "text.words" "words" "Words.",
        Units "text.units" "units" "Units.",
        WordsPerUnit "text.words_each" "words" "Words a unit.",
        GoodShare "text.good_share" "share" "Words in good units.",
        GoodUnits "text.good_units" "share" "Good units.",
        GoodWords "text.good_words" "words" "Words of good units.",
        Ended "text.ended" "share" "Units that end like sentences.",
        Short "text.short" "share" "Units of fewer than six words.",
        TitleCase "text.title_case" "share" "Words that begin with a capital.",
        Digits "text.digits" "share" "Mean share of digits.",
        Sentences "text.sentences" "per word" "Ends of sentences a word.",
        Copies "text.copies" "share" "Units that have a copy.",
        Blank "text.blank" "share" "Units after a blank line.",
        Rules "text.rules" "share" "Units after a rule.",
        Debris "text.debris" "share" "Units after pipes or ornaments.",
        Wrapped "text.wrapped" "share" "Units of several lines.",
        Bullets "text.bullets" "share" "Units that begin with a bullet or a number.",
        Quoted "text.quoted" "share" "Units that begin with a mark of quotation.",
        Addresses "text.addresses" "per unit" "Addresses.",
        Prices "text.prices" "share" "Units with an amount of money.",
        Dates "text.dates" "share" "Units with a date.",
        NamedUnits "text.named" "share" "Units that a pattern hits.",
        FirmUnits "text.firm" "share" "Units with a firm hit.",
        FirstGood "text.first_good" "units" "Units before the first good one, at most 99.",
        LastGood "text.last_good" "units" "Units after the last good one, at most 99.",
        HeadNamed "text.head_named" "strength" "Mean strongest hit of the units before the first good one.",
        TailNamed "text.tail_named" "strength" "Mean strongest hit of the units after the last good one.",
        Newsletter "text.newsletter" "share" "Units with a hit of the topic; so on for all topics.",
        Letter "text.letter" "share" "Units with a hit on letters' footers.",
        Signature "text.signature" "share" "Units with a hit on signatures.",
        Quote "text.quote" "share" "Units with a hit on quoted letters.",
        Legal "text.legal" "share" "Units with a hit on disclaimers and imprints.",
        Copyright "text.copyright" "share" "Units with a hit on copyright lines.",
        Credit "text.credit" "share" "Units with a hit on credits.",
        Cookie "text.cookie" "share" "Units with a hit on cookie notices.",
        Share "text.share" "share" "Units with a hit on share buttons.",
        Related "text.related" "share" "Units with a hit on related stories.",
        Navigation "text.navigation" "share" "Units with a hit on menus and login.",
        Ads "text.ads" "share" "Units with a hit on advertisements.",
        Author "text.author" "share" "Units with a hit on boxes about the author.",
        Comments "text.comments" "share" "Units with a hit on comments.",
        Shop "text.shop" "share" "Units with a hit on shops.",
        TableDebris "text.table" "share" "Units with a hit on table debris.",
    }
}

pub(super) fn fill(facts: &LineFacts, columns: &mut GroupColumns<'_>) {
    let rows = facts.measures.len();
    if rows == 0 {
        return;
    }
    let m = &facts.measures;
    let count = |is: &dyn Fn(usize) -> bool| (0..rows).filter(|u| is(*u)).count() as f32;
    let share = |is: &dyn Fn(usize) -> bool| count(is) / rows as f32;
    let total = |sum: &[f32]| over(sum, 0, rows);
    let words = total(&facts.word_sum).max(1.0);
    let first = facts.good.iter().position(|good| *good).unwrap_or(rows);
    let last = facts.good.iter().rposition(|good| *good).map_or(0, |last| last + 1);
    let named = |start: usize, end: usize| mean_over(&facts.named_sum, start, end);
    let mut set = |feature: Whole, value: f32| columns.column(feature as usize).fill(value);
    set(Whole::Words, words);
    set(Whole::Units, rows as f32);
    set(Whole::WordsPerUnit, words / rows as f32);
    set(Whole::GoodShare, total(&facts.good_sum) / words);
    set(Whole::GoodUnits, share(&|u| facts.good[u]));
    set(Whole::GoodWords, total(&facts.good_sum));
    set(Whole::Ended, share(&|u| is_ended(&m[u])));
    set(Whole::Short, share(&|u| m[u].words < SHORT_WORDS));
    set(Whole::TitleCase, total(&facts.title_sum) / words);
    set(Whole::Digits, total(&facts.digit_sum) / rows as f32);
    set(Whole::Sentences, total(&facts.sentence_sum) / words);
    set(Whole::Copies, share(&|u| facts.copies[u] > 1.0));
    set(Whole::Blank, share(&|u| facts.gaps[u].blank));
    set(Whole::Rules, share(&|u| facts.gaps[u].rule));
    set(Whole::Debris, share(&|u| facts.gaps[u].debris));
    set(Whole::Wrapped, share(&|u| facts.lines[u] > 1.0));
    set(Whole::Bullets, share(&|u| facts.is_item(u)));
    set(Whole::Quoted, share(&|u| facts.opening[u] == 3.0));
    set(Whole::Addresses, facts.addresses.iter().sum::<f32>() / rows as f32);
    set(Whole::Prices, share(&|u| facts.prices[u] > 0.0));
    set(Whole::Dates, share(&|u| facts.dates[u] > 0.0));
    set(Whole::NamedUnits, share(&|u| facts.named[u].strongest > 0));
    set(Whole::FirmUnits, share(&|u| facts.named[u].strongest >= FIRM));
    set(Whole::FirstGood, (first as f32).min(FAR));
    set(Whole::LastGood, ((rows - last) as f32).min(FAR));
    set(Whole::HeadNamed, named(0, first));
    set(Whole::TailNamed, named(last, rows));
    for topic in 0..LineTopic::COUNT {
        columns.column(Whole::Newsletter as usize + topic).fill(share(&|u| facts.named[u].topics[topic] > 0));
    }
}
