//! Scripts that should be JSON to JSON values.
//!
//! Browsers never run JSON-LD, so nobody notices a raw newline in a string or a comma too many. What serde_json refuses
//! is mended; a script that is still no JSON says nothing.

use serde_json::Value;

use super::clean;
use crate::json::mend;

/// The values of a script; none where it cannot be read.
pub(super) fn parse(script: &str) -> Vec<Value> {
    let script = unwrap(script);
    if script.is_empty() {
        return Vec::new();
    }
    if let Ok(value) = serde_json::from_str(script) {
        return vec![value];
    }
    let mended = stream(&mend(script));
    if !mended.is_empty() {
        return mended;
    }
    if script.contains("&quot;") || script.contains("&#34;") {
        stream(&mend(&clean::unescape(script)))
    } else {
        Vec::new()
    }
}

/// The script without the wrappers of older days: HTML comments, CDATA, a final semicolon.
fn unwrap(script: &str) -> &str {
    const OPEN: &[&str] = &["<!--", "//", "/*", "*/", "<![CDATA[", "\u{FEFF}"];
    const CLOSE: &[&str] = &["-->", "//", "/*", "*/", "]]>", ";"];
    let mut text = script.trim();
    while let Some(rest) = OPEN.iter().find_map(|prefix| text.strip_prefix(prefix)) {
        text = rest.trim_start();
    }
    while let Some(rest) = CLOSE.iter().find_map(|suffix| text.strip_suffix(suffix)) {
        text = rest.trim_end();
    }
    text
}

/// The values up to the first error: some pages write several objects one after the other.
fn stream(text: &str) -> Vec<Value> {
    let values = serde_json::Deserializer::from_str(text).into_iter::<Value>().map_while(Result::ok);
    values.filter(|value| value.is_object() || value.is_array()).collect()
}

#[cfg(test)]
mod tests {
    use super::parse;
    use serde_json::json;

    #[test]
    fn damaged_scripts_are_mended() {
        let expected = json!({"a": "b c", "d": [1, 2]});
        let cases = [
            r#"{"a": "b c", "d": [1, 2]}"#,
            "<!-- {\"a\": \"b c\", \"d\": [1, 2]} -->",
            "//<![CDATA[\n{\"a\": \"b c\", \"d\": [1, 2]}\n//]]>",
            "/*<![CDATA[*/{\"a\": \"b c\", \"d\": [1, 2]}/*]]>*/",
            "{\"a\": \"b\nc\", \"d\": [1, 2]}",
            "{\"a\": \"b\tc\", \"d\": [1, 2,],\n}",
            "{\"a\": \"b c\", // a comment\n \"d\": [1, /* two */ 2]};",
            "{\"a\": \"b c\", \"d\": [1, 2] /* } */, }",
            "{&quot;a&quot;: &quot;b c&quot;, &quot;d&quot;: [1, 2]}",
            "\u{FEFF}{\"a\": \"b\\ c\", \"d\": [1, 2]}",
        ];
        for script in cases {
            assert_eq!(parse(script), std::slice::from_ref(&expected), "{script:?}");
        }
    }

    #[test]
    fn several_objects_in_one_script_are_all_read() {
        assert_eq!(parse(r#"{"a": 1}; {"b": 2} {"c": }"#), [json!({"a": 1}), json!({"b": 2})]);
    }

    #[test]
    fn slashes_and_brackets_in_strings_are_text() {
        let script = "{\"url\": \"https://example.com/*x*/,]\", \"q\": \"a\\\"//b\",}";
        assert_eq!(parse(script), [json!({"url": "https://example.com/*x*/,]", "q": "a\"//b"})]);
    }

    #[test]
    fn what_is_no_json_says_nothing() {
        for script in
            ["", "  ", "null,", "{", "\"", "{\"a\"", "{\"a\": \"b", "window.data = {}", "/*", "//", "\\", "{\"a\":\"\\"]
        {
            assert_eq!(parse(script), Vec::<serde_json::Value>::new(), "{script:?}");
        }
    }

    #[test]
    fn depth_is_refused_and_not_followed() {
        let deep = format!("{}1{}", "[".repeat(200_000), "]".repeat(200_000));
        assert_eq!(parse(&deep), Vec::<serde_json::Value>::new());
        let deep = "{\"author\":".repeat(200_000);
        assert_eq!(parse(&deep), Vec::<serde_json::Value>::new());
    }
}
