//! What the caller asks for beyond the model: own rules, families, texts to keep and to drop.
//!
//! Input: a verdict with the rules that hit. Output: the verdict, overruled where a wish says so, with a note. The stronger
//! wish comes later: a text to keep stays whatever else drops it.

use crate::document::{Block, Class, Family, Verdict, Wish};
use crate::options::Options;

/// Overrules the verdict about a block.
pub(super) fn settle(options: &Options, block: &Block, rules: &[u16], verdict: &mut Verdict) {
    let text = &block.text;
    let patterns = options.get_rules();
    if let Some(rule) = rules.iter().find(|rule| patterns.decides(**rule)) {
        let family = patterns.brief(*rule).map(|rule| rule.family);
        drop(verdict, family, "a rule of your own");
    }
    if let Class::Boilerplate(family) = verdict.class
        && !verdict.keep
        && !strips(options, family)
    {
        keep(verdict, "of a family that is left alone");
    }
    let named = if let Class::Boilerplate(family) = verdict.class { family } else { None };
    let of_elements = block.wishes.iter().rev().find(|wish| !matches!(wish, Wish::Rule(_)));
    if of_elements == Some(&Wish::Drop) {
        drop(verdict, named, "an element to drop");
    }
    if options.get_drop_text().iter().any(|regex| regex.is_match(text)) {
        drop(verdict, named, "a text to drop");
    }
    if of_elements == Some(&Wish::Keep) {
        keep(verdict, "an element to keep");
    }
    if options.get_keep_text().iter().any(|regex| regex.is_match(text)) {
        keep(verdict, "a text to keep");
    }
}

fn strips(options: &Options, family: Option<Family>) -> bool {
    let named = |families: &[Family]| family.is_some_and(|family| families.contains(&family));
    options.get_strip().is_none_or(named) && !named(options.get_no_strip())
}

fn keep(verdict: &mut Verdict, note: &'static str) {
    if !verdict.keep {
        verdict.reason.note = Some(note);
    }
    verdict.keep = true;
    if matches!(verdict.class, Class::Boilerplate(_)) {
        verdict.class = Class::Body;
    }
}

fn drop(verdict: &mut Verdict, family: Option<Family>, note: &'static str) {
    verdict.keep = false;
    verdict.class = Class::Boilerplate(family);
    verdict.reason.note = Some(note);
}
