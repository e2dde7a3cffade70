//! Names as html5ever keeps them.

use html5ever::LocalName;

/// Bytes of a name that is remembered.
const SHORT: usize = size_of::<u64>();

/// Bits of a place: pages have some dozens of names.
const BITS: u32 = 7;

/// The short names that were met lately: to find one in html5ever's table takes a hash of it that is safe against made-up
/// names, and a page has a name for every twenty bytes.
#[derive(Debug)]
pub(super) struct Known(Vec<((u64, usize), LocalName)>);

impl Default for Known {
    fn default() -> Self {
        Self(vec![((0, 0), LocalName::default()); 1 << BITS])
    }
}

impl Known {
    /// The name that a text begins with, of this length, in small letters.
    pub(super) fn name(&mut self, text: &str, length: usize) -> LocalName {
        let name = text.get(..length).unwrap_or_default();
        if length > SHORT {
            return in_small_letters(name);
        }
        let key = key(text.as_bytes(), length);
        let place = key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - BITS);
        let Some((known, local)) = self.0.get_mut(place as usize) else { return in_small_letters(name) };
        if *known != (key, length) {
            (*known, *local) = ((key, length), in_small_letters(name));
        }
        local.clone()
    }
}

/// The bytes of a short name as they stand, as a number.
fn key(text: &[u8], length: usize) -> u64 {
    match text.first_chunk() {
        Some(bytes) => u64::from_le_bytes(*bytes) & u64::MAX.unbounded_shr(u64::BITS - u8::BITS * length as u32),
        None => text.iter().take(length).rev().fold(0, |key, byte| key << u8::BITS | u64::from(*byte)),
    }
}

fn in_small_letters(name: &str) -> LocalName {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        LocalName::from(name.to_ascii_lowercase())
    } else {
        LocalName::from(name)
    }
}
