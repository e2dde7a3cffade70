//! The armour of OpenPGP (RFC 9580, 6.2 and 7) around a signed text: its signature, and the head over it. A key or an
//! encrypted text between such lines is what somebody sends.

use std::ops::Range;

use super::line::Line;

const HEAD: &str = "-----BEGIN PGP SIGNED MESSAGE-----";
const BEGIN: &str = "-----BEGIN PGP SIGNATURE-----";
const END: &str = "-----END PGP SIGNATURE-----";

/// Whether a line begins or ends any armour.
pub(super) fn is_armour(text: &str) -> bool {
    text.starts_with("-----BEGIN PGP ") || text.starts_with("-----END PGP ")
}

/// The signatures and heads in a run of lines of one voice.
pub(super) fn find(lines: &[Line<'_>], run: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open = None;
    for at in run.clone() {
        match lines[at].text {
            HEAD => {
                let fields = (at + 1..run.end).take_while(|at| lines[*at].text.starts_with("Hash: ")).count();
                found.push(at..at + 1 + fields);
            }
            BEGIN => open = Some(at),
            END => found.extend(open.take().map(|start| start..at + 1)),
            _ => {}
        }
    }
    found
}
