//! Addresses of links: reference resolution of RFC 3986, section 5.2, and the host.
//!
//! Input: `href` as written and the page's address. Output: an address to print. Nothing is percent-encoded or
//! otherwise rewritten, and a reference that cannot be resolved stays as it is.

/// The longest address that is printed, in bytes: the limit of the sitemaps protocol (sitemaps.org). It bounds the
/// output where one long address stands in many blocks.
const MAX_ADDRESS: usize = 2048;

/// Schemes that run or hold something instead of naming a place.
const NO_PLACE: [&str; 3] = ["javascript", "data", "vbscript"];

/// The base for the links of a page: its `<base>` resolved against its address.
#[must_use]
pub(super) fn base(url: Option<&str>, base: Option<&str>) -> Option<String> {
    let url = url.filter(|url| Parts::of(url).is_absolute() && url.len() <= MAX_ADDRESS);
    match base {
        Some(base) => resolve(url, base).filter(|base| Parts::of(base).is_absolute()).or(url.map(str::to_owned)),
        None => url.map(str::to_owned),
    }
}

/// The address a link leads to; `None` for one that leads nowhere.
#[must_use]
pub(super) fn resolve(base: Option<&str>, href: &str) -> Option<String> {
    if href.len() > MAX_ADDRESS {
        return None;
    }
    // As the WHATWG URL Standard does: outer spaces and controls go, and tabs and line breaks anywhere.
    let href: String =
        href.trim_matches(|c: char| c <= ' ').chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let reference = Parts::of(&href);
    if href.is_empty() || NO_PLACE.iter().any(|scheme| reference.scheme.eq_ignore_ascii_case(scheme)) {
        return None;
    }
    match base.map(Parts::of) {
        Some(base) if reference.scheme.is_empty() => Some(base.join(&reference)),
        _ => Some(href),
    }
}

/// The host of an address in lower case, without user and port.
#[must_use]
pub(super) fn host(url: &str) -> Option<String> {
    let authority = Parts::of(url).authority?;
    let host = authority.rsplit('@').next()?;
    let host = match host.split_once(']') {
        Some((address, _)) => format!("{address}]"),
        None => host.split(':').next()?.to_owned(),
    };
    (!host.is_empty()).then(|| host.to_ascii_lowercase())
}

/// An address in its parts; query and fragment with the delimiter in front of them.
struct Parts<'a> {
    scheme: &'a str,
    authority: Option<&'a str>,
    path: &'a str,
    query: &'a str,
    fragment: &'a str,
}

impl<'a> Parts<'a> {
    fn of(address: &'a str) -> Self {
        let (scheme, rest) = match address.split_once(':') {
            Some((scheme, rest)) if is_scheme(scheme) => (scheme, rest),
            _ => ("", address),
        };
        let (authority, rest) = match rest.strip_prefix("//") {
            Some(rest) => {
                let (authority, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
                (Some(authority), rest)
            }
            None => (None, rest),
        };
        let (rest, fragment) = rest.split_at(rest.find('#').unwrap_or(rest.len()));
        let (path, query) = rest.split_at(rest.find('?').unwrap_or(rest.len()));
        Self { scheme, authority, path, query, fragment }
    }

    /// Whether relative references can be resolved against it.
    fn is_absolute(&self) -> bool {
        !self.scheme.is_empty() && self.authority.is_some_and(|authority| !authority.is_empty())
    }

    /// Resolves a reference without a scheme against this address.
    fn join(&self, reference: &Parts<'_>) -> String {
        let (authority, path, query) = if reference.authority.is_some() {
            (reference.authority, without_dots(reference.path), reference.query)
        } else if reference.path.is_empty() {
            let query = if reference.query.is_empty() { self.query } else { reference.query };
            (self.authority, self.path.to_owned(), query)
        } else if reference.path.starts_with('/') {
            (self.authority, without_dots(reference.path), reference.query)
        } else {
            let folder = self.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            (self.authority, without_dots(&format!("{folder}/{}", reference.path)), reference.query)
        };
        format!("{}://{}{path}{query}{}", self.scheme, authority.unwrap_or_default(), reference.fragment)
    }
}

fn is_scheme(scheme: &str) -> bool {
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// A path without `.` and `..`.
fn without_dots(path: &str) -> String {
    let mut steps: Vec<&str> = Vec::new();
    let mut steps_of_path = path.strip_prefix('/').unwrap_or(path).split('/').peekable();
    while let Some(step) = steps_of_path.next() {
        let last = steps_of_path.peek().is_none();
        match step {
            "." | ".." => {
                if step == ".." {
                    steps.pop();
                }
                if last {
                    steps.push("");
                }
            }
            _ => steps.push(step),
        }
    }
    if path.is_empty() { String::new() } else { format!("/{}", steps.join("/")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of RFC 3986, sections 5.4.1 and 5.4.2, as far as they concern references in pages.
    #[test]
    fn references_resolve_as_in_the_standard() {
        let cases = [
            ("g:h", "g:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            ("#s", "http://a/b/c/d;p?q#s"),
            ("g#s", "http://a/b/c/g#s"),
            ("g?y#s", "http://a/b/c/g?y#s"),
            (";x", "http://a/b/c/;x"),
            ("g;x", "http://a/b/c/g;x"),
            (".", "http://a/b/c/"),
            ("./", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../..", "http://a/"),
            ("../../g", "http://a/g"),
            ("../../../g", "http://a/g"),
            ("/./g", "http://a/g"),
            ("/../g", "http://a/g"),
            ("g.", "http://a/b/c/g."),
            ("..g", "http://a/b/c/..g"),
            ("./../g", "http://a/b/g"),
            ("./g/.", "http://a/b/c/g/"),
            ("g/../h", "http://a/b/c/h"),
            ("g?y/../x", "http://a/b/c/g?y/../x"),
            ("g#s/../x", "http://a/b/c/g#s/../x"),
            ("  g\n ", "http://a/b/c/g"),
            ("https://b/?x=1", "https://b/?x=1"),
            ("mailto:a@b", "mailto:a@b"),
        ];
        for (href, expected) in cases {
            assert_eq!(resolve(Some("http://a/b/c/d;p?q"), href).as_deref(), Some(expected), "{href}");
        }
    }

    #[test]
    fn links_that_lead_nowhere_are_none() {
        let long = "x".repeat(MAX_ADDRESS + 1);
        for href in ["", "  ", "javascript:void(0)", " JavaScript:x()", "java\nscript:x()", "data:text/html,x", &long] {
            assert_eq!(resolve(Some("http://a/"), href), None, "{href}");
        }
    }

    #[test]
    fn a_reference_without_a_base_stays() {
        assert_eq!(resolve(None, "../a b").as_deref(), Some("../a b"));
    }

    #[test]
    fn the_base_element_is_resolved_against_the_address() {
        let cases = [
            (Some("https://a/x/y"), None, Some("https://a/x/y")),
            (Some("https://a/x/y"), Some("../z/"), Some("https://a/z/")),
            (Some("https://a/x/y"), Some("https://b/"), Some("https://b/")),
            (Some("https://a/x/y"), Some("javascript:1"), Some("https://a/x/y")),
            (Some("page.html"), None, None),
            (None, Some("/z/"), None),
            (None, Some("https://b/"), Some("https://b/")),
        ];
        for (url, element, expected) in cases {
            assert_eq!(base(url, element).as_deref(), expected, "{url:?} {element:?}");
        }
    }

    #[test]
    fn the_host_is_lower_case_and_bare() {
        let cases = [
            ("https://User:pw@News.Example.ORG:8080/a?b#c", Some("news.example.org")),
            ("http://[::1]:80/", Some("[::1]")),
            ("//a.b", Some("a.b")),
            ("/path", None),
            ("file:///x", None),
        ];
        for (url, expected) in cases {
            assert_eq!(host(url).as_deref(), expected, "{url}");
        }
    }
}
