//! Statistics as text: a line for each page, sorted, so that files of parts can be merged with `sort -m` as well.
//!
//! The first line is `unboil-templates 1`. Each other line has the host, the hash of a page's main text (16 hexadecimal
//! digits) and the keys of its blocks (8 digits each), with tabs between.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::TemplateStats;
use super::keys::Key;
use crate::error::{Error, ErrorKind, Result};

const HEADER: &str = "unboil-templates 1";

impl TemplateStats {
    /// The statistics as text; equal ones have equal texts.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut out = format!("{HEADER}\n");
        for (host, pages) in &self.hosts {
            for (main, keys) in pages {
                // Writing to a string cannot fail.
                let _ = write!(out, "{host}\t{main:016x}");
                for key in keys {
                    let _ = write!(out, "\t{key:08x}");
                }
                out.push('\n');
            }
        }
        out
    }

    /// Reads what [`TemplateStats::to_text`] wrote, or several such texts one after the other, behind the first heading
    /// in any order of their lines.
    ///
    /// # Errors
    /// [`ErrorKind::Templates`], with the number of the line, for what is none.
    pub fn read(text: &str) -> Result<Self> {
        let mut stats = Self::default();
        for (line, number) in text.lines().zip(1_u64..) {
            if line == HEADER {
                continue;
            }
            let page = page(line).filter(|_| number > 1);
            let Some((host, main, keys)) = page else {
                let what = if number == 1 { "no statistics of templates" } else { "no page of a host" };
                return Err(Error::new(ErrorKind::Templates, format!("line {number}: {what}")));
            };
            stats.add(host.to_owned(), main, keys);
        }
        Ok(stats)
    }
}

fn page(line: &str) -> Option<(&str, u64, BTreeSet<Key>)> {
    let mut fields = line.split('\t');
    let (host, main) = (fields.next()?, number(fields.next()?, 16)?);
    let keys: Option<BTreeSet<Key>> = fields.map(|field| number(field, 8).map(|key| key as Key)).collect();
    (!host.is_empty() && !host.contains(' ')).then_some((host, main, keys?))
}

/// A number of so many hexadecimal digits.
fn number(field: &str, digits: usize) -> Option<u64> {
    let is_digits = field.len() == digits && field.bytes().all(|byte| byte.is_ascii_hexdigit());
    u64::from_str_radix(field, 16).ok().filter(|_| is_digits)
}
