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
fn a_line_of_a_block_is_judged_by_itself() {
    let header =
        "From: Ben Vale &lt;ben@vale.example&gt;<br>Sent: 30.08.2017 16:59<br>To: Ada Lovell<br>Subject: Boats";
    let wrote = "On Mon, 12 May 2025 at 10:00, Ben Vale &lt;ben@vale.example&gt; wrote:";
    let pages = [
        format!("<div>Hello Ben,</div><div>{OWN}<br>Sent from my iPhone</div>"),
        format!("<p>Hello Ben,</p><p>{OWN}<br>{LEGAL}</p>"),
        format!("<p>Hello Ben,<br>{OWN}<br>{wrote}</p><blockquote>When do they come?</blockquote>"),
        format!("<p>Hello Ben,</p><p>{OWN}<br>{header}</p><p>When do they come?</p>"),
        format!("<p>{BANNER}<br>Hello Ben,<br>{OWN}</p>"),
    ];
    for page in pages {
        assert_eq!(kept(&format!("{PAGE}{REPLY}"), &page), ["Hello Ben,", OWN], "{page}");
    }
}

#[test]
fn lines_of_a_block_are_printed_as_they_stood() {
    let page = format!("<p>Hello Ben,<br>{OWN}<br><b>two<br>three</b></p><p>End.</p>");
    assert_eq!(body(&letter(PAGE, &page)), format!("Hello Ben,\n{OWN}\ntwo\nthree\n\nEnd.\n"));
}

#[test]
fn a_notice_takes_no_line_above_or_below_its_sentence() {
    let own = format!("{OWN}\nI have kept two of the blue ones for the fair.");
    let texts = [
        format!("Hello Ben,\n\n{own}\n{LEGAL}\n"),
        format!("Hello Ben,\n\n{own}\nPlease consider the environment before printing this email.\n"),
        format!("{BANNER}\nHello Ben,\n\n{own}\n"),
    ];
    for text in texts {
        let expected: Vec<&str> = ["Hello Ben,"].into_iter().chain(own.lines()).collect();
        assert_eq!(kept(TEXT, &text), expected, "{text}");
    }
    let signed = "Kind regards\n\nAda Lovell\n";
    let block = format!("Harbour Manager\nHarbour Boats plc\nTel. 01539 000000\n{LEGAL}\n");
    assert_eq!(kept(TEXT, &format!("{OWN}\n\n{signed}{block}")), [OWN, "Kind regards", "Ada Lovell"]);
}

#[test]
fn data_at_the_end_of_a_letter_is_no_signature() {
    let shared = "From: office@harbour.example\nSubject: Boats\n";
    let texts = [
        "Hi Ben,\n\nTracking number\nPH 4481 0092 7731\nOrder\n2025-7781\n",
        "Hi Ben,\n\nthe code of the door is\n4471 and of the gate\n8820 0012\n",
        "Hi Ben,\n\nThe plumber who did our kitchen is\n\nMill Plumbing Ltd\nMill Lane 4, Kendal LA9 4AA\nTel. 01539 000000\n",
    ];
    for text in texts {
        assert_eq!(body(format!("{shared}{TEXT}\n{text}").as_bytes()), text);
    }
    let parcel = "Hi Ben,\n\nPlease send the parcel to\nAda Lovell\nHarbour Boats Ltd\nMill Lane 4\nKendal LA9 4AA\n";
    assert_eq!(body(&letter(TEXT, parcel)), parcel);
    let numbers = "Hi Ben,\n\nthe new numbers of the shed are:\n\nTel. 253 000 000\nFax 500 000 000\n";
    let copied =
        "From: Ben Vale <ben@vale.example>\nSent: 30.08.2017 16:59\nTo: Ada Lovell\nSubject: Boats\n\nWhich ones?\n";
    assert_eq!(
        kept(&format!("{TEXT}{REPLY}"), &format!("{numbers}\n{copied}")).join("\n"),
        numbers.replace("\n\n", "\n").trim_end()
    );
}

#[test]
fn the_name_of_the_sender_and_the_closing_over_it_stay() {
    let block = "Harbour Manager\nHarbour Boats\nMill Lane 4, Kendal\n";
    for closing in ["Salutations,\n", "Mit vorzüglicher Hochachtung\n\n"] {
        let text = format!("Dear Ben,\n\n{OWN}\n\n{closing}Ada Lovell\n");
        assert_eq!(body(&letter(TEXT, &format!("{text}{block}"))), text);
    }
    let page = format!(
        "<p>{OWN}</p><p>Kind regards,</p><p>Ada Lovell<br>Harbour Manager<br>Harbour Boats Ltd, Mill Lane 4<br>Tel. 01539 000000</p>"
    );
    assert_eq!(kept(PAGE, &page), [OWN, "Kind regards,", "Ada Lovell"]);
    let turned = "From: \"Lovell, Ada\" <a@harbour.example>\nSubject: Boats\n";
    let short = "Approved.\n\nAda Lovell\n\nHarbour Manager\nHarbour Boats Ltd\nTel. 01539 000000\n";
    assert_eq!(body(format!("{turned}{TEXT}\n{short}").as_bytes()), "Approved.\n\nAda Lovell\n");
    let list =
        "To unsubscribe, send an email to oars-request@lists.example with\n'unsubscribe' in the Subject field.\n";
    let rule = "-".repeat(54);
    let listed = format!("{OWN}\n\nAda\n{rule}\n{list}");
    assert_eq!(kept(TEXT, &listed), [OWN, "Ada"]);
}

#[test]
fn what_the_author_cites_is_no_quote() {
    let first = format!("{TEXT}Message-ID: <1@harbour.example>\n");
    let text = "Dear Ben,\n\nThe log of the keeper says:\n\n> The gulls have gone quiet.\n\nWhat do you think of it?\n";
    assert_eq!(body(&letter(&first, text)), text);
    let indented = "<div>The log says:<blockquote style=\"margin:0 0 0 40px;border:none;padding:0px\">The gulls have gone quiet.\
                    </blockquote>What do you think?</div>";
    let expected = ["The log says:", "The gulls have gone quiet.", "What do you think?"];
    assert_eq!(kept(&format!("{PAGE}{REPLY}"), indented), expected);
}

#[test]
fn who_wrote_takes_no_sentence_above_it() {
    let own = ["Dobar dan,", "apartman je slobodan od 5. do 12. srpnja.", "Ključ je kod susjede."];
    let quote = "pon, 12. svi 2025. u 16:20 Marko Babić <marko@vale.example> napisao je:\n> imate li slobodno?\n";
    assert_eq!(kept(&format!("{TEXT}{REPLY}"), &format!("{}\n{quote}", own.join("\n"))), own);
}

#[test]
fn paragraphs_below_two_hyphens_are_text() {
    let text = "First thing: the gutter. I have cleaned it as far as the chimney.\n-- \n\
        Second thing: the wasps. There are two nests under the eaves on the north\n\
        side. I have not touched them, and you should not either. The man from the\n\
        council comes on Wednesday between ten and twelve, and somebody has to let\n\
        him in through the garden because the front door sticks.\n\nThe bill for both goes to the landlord.\n\nAda\n";
    assert_eq!(body(&letter(TEXT, text)), text);
}

#[test]
fn the_footer_of_mailman_goes_without_an_address_of_the_web() {
    let footer = format!("{}\noars mailing list\noars@lists.example.org\n", "_".repeat(47));
    assert_eq!(kept(TEXT, &format!("{OWN}\n\nAda\n\n{footer}")), [OWN, "Ada"]);
}

#[test]
fn a_line_beside_a_text_quotes_it_below_who_wrote_it() {
    let [first, second] = ["Which house do we take?", "And who brings the boat?"];
    let lined = |text: &str| format!("<div style=\"border-left:2px solid #ccc;padding-left:10px\">{text}</div>");
    let header = "<b>Von:</b> Ben &lt;ben@vale.example&gt;<br><b>Gesendet:</b> 12. Mai 2025 10:00<br><b>An:</b> Ada<br>\
                  <b>Betreff:</b> Haus";
    let answered = format!(
        "<div>Moin Ben,</div><hr><div id=divRplyFwdMsg>{header}</div>{}<div>The one at the water!</div>{}<div>My brother.</div>",
        lined(first),
        lined(second)
    );
    let expected = ["The one at the water!", "My brother."];
    let out = kept(&format!("{PAGE}{REPLY}"), &answered);
    assert!(expected.iter().all(|line| out.iter().any(|own| own == line)), "{out:?}");
    let below = format!("<p>{OWN}</p><div>On 12 May 2025 at 10:00, Ben Vale wrote:</div>{}", lined(first));
    assert_eq!(kept(&format!("{PAGE}{REPLY}"), &below), [OWN]);
    let alone = format!("<p>{OWN}</p><p>The log says:</p>{}<p>{OWN}</p>", lined(first));
    assert_eq!(kept(PAGE, &alone), [OWN, "The log says:", first, OWN]);
}
