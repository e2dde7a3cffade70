//! The pieces of a title: what stands between its separators.

/// The pieces of a title and the separators between them, alternating: text, separator, text…
pub(super) fn pieces(title: &str) -> Vec<&str> {
    const SPACED: [char; 16] = ['|', '-', '–', '—', '―', '·', '•', '»', '«', '›', '‹', '/', ':', '~', '>', '<'];
    const CLOSE: [char; 4] = ['|', '｜', '_', '／'];
    let mut out = Vec::new();
    let mut start = 0;
    let chars: Vec<(usize, char)> = title.char_indices().collect();
    let space = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_none_or(|(_, c)| *c == ' ' || *c == ':');
    let mut at = 0;
    while at < chars.len() {
        let (byte, c) = chars[at];
        let spaced = SPACED.contains(&c) && at > 0 && space(at.checked_sub(1)) && space(Some(at + 1));
        if (spaced || CLOSE.contains(&c)) && at + 1 < chars.len() && at > 0 {
            let mut end = at + 1;
            while end < chars.len() && (chars[end].1 == c || chars[end].1 == ' ') {
                end += 1;
            }
            let stop = chars.get(end).map_or(title.len(), |(byte, _)| *byte);
            out.push(title.get(start..byte).unwrap_or_default());
            out.push(title.get(byte..stop).unwrap_or_default());
            start = stop;
            at = end;
        } else {
            at += 1;
        }
    }
    out.push(title.get(start..).unwrap_or_default());
    out
}
