//! Letters whose lines stand close together: what one line is says nothing of the author's lines above and below it.

use crate::letters::{body, letter};

const REPLY: &str = "Message-ID: <1@harbour.example>\nIn-Reply-To: <0@vale.example>\n";
const PAGE: &str = "Content-Type: text/html; charset=utf-8\n";
const TEXT: &str = "Content-Type: text/plain; charset=utf-8\n";
const OWN: &str = "the oars are in the post since yesterday, tell me when they arrive.";
const LEGAL: &str = "This e-mail and its attachments are confidential and intended only for the addressee. If you have \
                     received it in error, please notify the sender and delete it.";
const BANNER: &str = "CAUTION: This email originated from outside of the organisation. Do not click links or open \
                      attachments unless you recognise the sender.";

/// The lines of a letter that are kept, those that are blank aside.
fn kept(fields: &str, text: &str) -> Vec<String> {
    body(&letter(fields, text)).lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[test]
fn lines_of_a_block_are_printed_as_they_stood() {
    let page = format!("<p>Hello Ben,<br>{OWN}<br><b>two<br>three</b></p><p>End.</p>");
    assert_eq!(body(&letter(PAGE, &page)), format!("Hello Ben,\n{OWN}\ntwo\nthree\n\nEnd.\n"));
}
