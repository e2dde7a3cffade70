//! Letters that speak of letters: what they cite, show or list is theirs, and what stands below them is not.

use crate::letters::{body, letter};

const PAGE: &str = "Content-Type: text/html; charset=utf-8\n";

/// Checks that every line of a letter stays.
fn stays(text: &str) {
    assert_eq!(body(&letter("", text)), text);
}

#[test]
fn what_is_cited_between_quotation_marks_is_not_said_of_the_letter() {
    stays(
        "Two remarks on the footer of your newsletter.\n\n1. \"You are receiving this email because you signed up\n   on our site\" \
         belongs at the top, where people look for it.\n2. \"Unsubscribe from this list: https://vale.example/u\" has to\n   be larger.\n\n\
         Shall I write it anew?\n\nAda\n",
    );
    stays(
        "Ich komme nicht heraus. Dort steht: „Wenn Sie keine E-Mails mehr erhalten\nmöchten, klicken Sie hier: https://tal.example/ab“, und \
         dahinter „Sie\nerhalten diese E-Mail, weil Sie sich angemeldet haben.“ Was nun?\n\nBen\n",
    );
}

#[test]
fn who_shows_or_lists_what_footers_say_has_none() {
    stays(
        "For the next issue I would take this wording:\n   You are receiving this email because you bought a ticket.\n   \
         Unsubscribe: https://vale.example/u\n   Harbour Office, 4 Quay Street\n\nIs that short enough?\n",
    );
    stays(
        "- call the baker\n- unsubscribe from the newsletter of the mill\n- manage your preferences: ask Ben\n- thank Ada\n",
    );
    stays(
        "In the old days you left with a click. Click here to unsubscribe, it said.\n\nYou are receiving this email because you opted \
         in, it said as well, and nobody\nhad.\n\nThe end. I can cut the last line.\n",
    );
}

#[test]
fn bare_hyphens_between_the_parts_of_a_list_or_a_poem_are_no_separator() {
    stays(
        "For the weekend:\n\n- tent\n- stove\n--\n- bread, cheese\n- coffee\n--\n- whistle\n\nEach carries own water.\n",
    );
    stays("Wheat    212.40  -1.20\nBarley   188.00  +0.50\n--\nRape     455.10  +3.00\nOats     199.90   0.00\n");
    stays("The pond lies still --\na frog has just jumped in\n--\nthe sound of water\n");
    let signed = |below: &str| body(&letter("", &format!("The boat leaves at nine.\n--\n{below}\n")));
    for below in
        ["Ada Lovell", "ada", "Ada\nQuay Street 4", "tide and time\nhttps://vale.example/ada", "+44 20 7946 0018"]
    {
        assert_eq!(signed(below).trim_end(), "The boat leaves at nine.", "{below}");
    }
}

#[test]
fn separators_that_frame_a_remark_are_part_of_it() {
    stays(
        "dump: reading tables\n-- \n-- Dump of the boats\n-- \ndump: error: permission denied for table boats\nbackup: FAILED with status 1\n",
    );
    let signed = "The boat leaves at nine.\n\n-- \n-- Oars are cheaper than sails.\n-- (an old saying)\n";
    assert_eq!(body(&letter("", signed)).trim_end(), "The boat leaves at nine.");
}

#[test]
fn the_last_paragraph_goes_if_it_only_says_how_the_letter_was_sent_and_by_whom() {
    let text = "Dear customer,\n\nyour parcel left today.\n\nHarbour Office\n";
    let notice = "You are receiving this email because you are a customer of ours.\nHarbour Ltd, 4 Quay Street. https://quay.example\n";
    assert_eq!(body(&letter("", &format!("{text}\n{notice}"))).trim_end(), text.trim_end());
    stays("Dear Ben,\n\nthe keys lie under the mat.\n\nYou are receiving this email because nobody else has a boat.\n");
    let page = "<table><tr><td><h2>New sign-in</h2><p>We noticed a sign-in from a new device.</p><p>If it was you, all is well.</p></td>\
                </tr><tr><td>Dies ist eine automatisch erzeugte E-Mail. Bitte antworten Sie nicht auf diese Nachricht.<br>Hafen e.K., \
                Kaigasse 3<br><a href=x>Impressum</a> | <a href=y>Datenschutz</a></td></tr></table>";
    let kept = body(&letter(PAGE, page));
    assert!(kept.ends_with("all is well.\n") && kept.starts_with("New sign-in"), "{kept}");
}

#[test]
fn a_short_newsletter_keeps_its_headline_and_what_it_says_of_leaving() {
    let page = "<center><a href=v>View in browser</a></center><h1>The mill turns</h1><p>The wheel has been running again since Saturday, \
                after eleven years of silence. The first sack of flour went to the baker, who found it a little keen.</p><h2>Please tell \
                us</h2><p>Some of you say the letter is too long. If you no longer wish to receive it, just reply and say so.</p><p>The \
                miller</p><table><tr><td>You receive this email because you signed up at the mill.</td></tr><tr><td><a href=u>Unsubscribe\
                </a></td></tr></table>";
    let kept = body(&letter(PAGE, page));
    for line in ["The mill turns", "If you no longer wish to receive it", "The miller"] {
        assert!(kept.contains(line), "{line}: {kept}");
    }
    assert!(!kept.contains("Unsubscribe") && !kept.contains("signed up"), "{kept}");
}

#[test]
fn a_sign_or_a_short_sentence_answers() {
    let answers = [
        ("👍\n", "On Tue, Mar 4, 2025 at 8:01 PM Rita Cole <rita@vale.example> wrote:\n\n> Deal?\n"),
        (
            "I have two.\n",
            "On Tue, 4 Mar 2025 at 18:10, Iza Nowak <iza@vale.example> wrote:\n\nDo you have the tickets?\n",
        ),
    ];
    for (own, quote) in answers {
        let kept = body(&letter("In-Reply-To: <1@vale.example>\n", &format!("{own}\n{quote}")));
        assert_eq!(kept.trim_end(), own.trim_end());
    }
}

#[test]
fn what_stands_below_a_sign_off_and_tells_of_nobody_is_the_authors() {
    let below = [
        "Things to bring:\nRope\nBox of nails\nRoom key",
        "Times\n10.30 - 12.45",
        "Termine\n12.03.2024\n19.03.2024",
        "Scores\n21-13 21-17",
        "Order 4711-2024-03",
    ];
    for own in below {
        stays(&format!("We meet at the pier on Saturday.\n\nBest regards,\nAda\n\n{own}\n"));
    }
    let block = "Ada Lovell\nChief Engineer, Harbour Office Ltd\n4 Quay Street\nTel. 030 123456 (9.00-17.00)";
    let text = "We meet at the pier on Saturday.\n\nBest regards,\nAda\n";
    assert_eq!(body(&letter("", &format!("{text}\n{block}\n"))).trim_end(), text.trim_end());
    // Of a place the whole name counts, not how it ends.
    stays(
        "You asked who repairs ropes these days.\n\nOld Mill Ropeworks\nQuay Street 5\ninfo@bour.example\n020 7946 0000\n",
    );
}

#[test]
fn a_subject_with_a_colon_is_no_answer() {
    let text = "This is what the server prints:\n\n> ls boats\n> cat boats/lune.txt\n";
    let cited = |subject: &str| {
        let message = String::from_utf8(letter("Message-ID: <1@harbour.example>\n", text)).expect("a letter");
        body(message.replace("Subject: The ferry", &format!("Subject: {subject}")).as_bytes()).contains("> ls boats")
    };
    for subject in ["How to: boats", "Update: boats", "Bug: boats", "Minutes: boats", "Boats"] {
        assert!(cited(subject), "{subject}");
    }
    for subject in ["Re: boats", "AW: boats", "Re[2]: boats", "Fwd: Re: boats", "回复：boats", "SV: boats"] {
        assert!(!cited(subject), "{subject}");
    }
}
