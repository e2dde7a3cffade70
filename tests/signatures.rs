//! Signatures and what stands around them: attached files, disclaimers, postscripts, quotes.

use crate::letters::{body, letter};
use unboil::{Extractor, Kind, Options, Quotes, Record, render};

const BODY: &str = "The ferry runs again from Monday, and the night boat returns a week later.\n";
const CARD: &str = "Ada Lovell\nHead of Boats\n12 Quay Street\nTel: +44 20 7946 0000\n";
const NOTICE: &str = "This message and any attachment are confidential and intended only for the addressee. If you are not \
                      the intended recipient, please delete it.\n";

fn with_quotes(text: &str) -> String {
    let bytes = letter("In-Reply-To: <0@vale.example>\n", text);
    let record = Record::new(bytes).kind(Kind::Mail);
    let extraction = Extractor::new(Options::default().quotes(Quotes::Keep)).extract(&record);
    String::from_utf8(render::text(&extraction)).expect("UTF-8")
}

#[test]
fn files_that_a_program_lists_hide_no_signature_and_are_none() {
    for files in ["<<plan.doc>>", "- plan.doc\n- map.xls", "(See attached file: plan.doc)", "<<plan.doc>> <<map.pdf>>"]
    {
        let signed = format!("{BODY}\n{CARD}\n{files}\n");
        assert_eq!(body(&letter("", &signed)), format!("{BODY}\n{files}\n"), "{files}");
        let below = format!("{BODY}\n{CARD}\n{NOTICE}\n{files}\n");
        assert_eq!(body(&letter("", &below)), format!("{BODY}\n{files}\n"), "{files}");
    }
    let wrapped = "(See attached file: plan of the harbour.doc) (See\nattached file: map.doc)\n";
    assert_eq!(body(&letter("", &format!("{BODY}\n{CARD}\n{wrapped}"))), format!("{BODY}\n{wrapped}"));
}

#[test]
fn a_disclaimer_takes_its_heading_with_it() {
    for heading in ["Confidentiality notice", "CONFIDENTIAL"] {
        assert_eq!(body(&letter("", &format!("{BODY}\n{heading}\n\n{NOTICE}"))).trim_end(), BODY.trim_end());
    }
    for signed in ["Ada", "Ada Lovell", "See you soon"] {
        let text = format!("{BODY}\n{signed}\n");
        assert_eq!(body(&letter("", &format!("{text}\n{NOTICE}"))).trim_end(), text.trim_end());
    }
}

#[test]
fn a_signature_goes_from_above_a_postscript() {
    let postscript = "P.S. Bring the key, and the lamp if you find it.\n";
    assert_eq!(
        body(&letter(
            "",
            &format!("{BODY}\nYours,\nAda Lovell\n12 Quay Street\nTel: +44 20 7946 0000\n\n{postscript}")
        )),
        format!("{BODY}\nYours,\nAda Lovell\n\n{postscript}")
    );
}

#[test]
fn titles_under_the_name_of_the_author_go_without_a_closing() {
    let named = format!("{BODY}\nAda M. Lovell\n");
    assert_eq!(body(&letter("", &format!("{named}Manager\nNight boats\n"))).trim_end(), named.trim_end());
    for other in ["Ben Vale\nManager\nNight boats\n", "Ada Lovell\nwill be the manager\nof the boats\n"] {
        let text = format!("{BODY}\n{other}");
        assert_eq!(body(&letter("", &text)), text);
    }
}

#[test]
fn what_somebody_says_is_no_signature_for_its_numbers() {
    let bodies = [
        "Ben,\nAda's number is (020) 7946-0991\n".to_owned(),
        format!("{BODY}\nAda Lovell: 7946-0991\nCall us in the morning: 020 7946 0992\nFare for two: $ 24.50\n"),
        format!(
            "{BODY}\nYou can call me at 020 7946 0991 or at 020 7946 0992 if you should have any\nquestions. Thanks.\n"
        ),
    ];
    bodies.into_iter().for_each(|text| assert_eq!(body(&letter("", &text)), text));
}

#[test]
fn a_quoted_signature_goes_unless_somebody_answers_it() {
    let marked = |text: &str| text.lines().map(|line| format!("> {line}\n")).collect::<String>();
    let quoted = format!("Yes.\n\nOn Sun, 2 Feb 2025, Ben Vale <ben@vale.example> wrote:\n{}", marked(BODY));
    let signature = marked("-- \nBen Vale\nThe Mill, Vale\n");
    let notice = marked(NOTICE);
    for foot in [&signature, &notice] {
        assert_eq!(with_quotes(&format!("{quoted}>\n{foot}")), format!("{quoted}>\n"));
        let answered = format!("{quoted}>\n{foot}\nIs this still right?\n");
        assert_eq!(with_quotes(&answered), answered);
    }
}

#[test]
fn above_a_part_of_the_letter_two_hyphens_are_no_separator() {
    let part = "Ask ben@vale.example for it.\n\nThese tables show what the harbour spent on ropes and lamps in the winter, and \
                what it\nspent in the summer before. For the spring only the sums are known.\n\nWinter 124\nSummer 98\n";
    let text = format!("{BODY}\n--\n{part}");
    assert_eq!(body(&letter("", &text)), text);
}
