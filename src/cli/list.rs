//! The patterns as a table for people.

use unboil::Rule;

/// One line a rule, in the order of the table: id, family, language, example, in aligned columns.
pub(crate) fn rules(rules: &[Rule]) -> String {
    let width = |text: fn(&Rule) -> &str| rules.iter().map(|rule| text(rule).chars().count()).max().unwrap_or(0);
    let id = width(|rule| &rule.id);
    let family = width(|rule| rule.family.name());
    let language = width(|rule| &rule.language);
    rules
        .iter()
        .map(|rule| {
            let columns = (&rule.id, rule.family.name(), &rule.language, &rule.example);
            format!("{:<id$}  {:<family$}  {:<language$}  {}\n", columns.0, columns.1, columns.2, columns.3)
        })
        .collect()
}
