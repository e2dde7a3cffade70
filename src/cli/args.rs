//! The arguments of the command: what they are called, what they default to, and which of them exclude each other.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::{ArgAction, Args as Group, Parser, ValueEnum};
use encoding_rs::Encoding;
use unboil::input::{FIELDS, Format, Reading};
use unboil::{Detail, Family, Headline, Kind, Limits, Mode, Options, PageKind, Quotes, Record, Signatures};

use super::inputs::STANDARD;

/// Bytes of a piece of a long text. While it is judged it needs some hundred times its size.
const PIECE: usize = 1 << 20;

/// The most worker threads: more than any machine has, and few enough to be started at once.
const THREADS: usize = 1024;

const AFTER_HELP: &str = "\
Documents are parted by a blank line; plain texts follow each other as with cat, their lines as they came.
Exit status: 0 content was kept, 1 nothing was kept, 2 wrong usage or an input failed.";

/// The command line.
#[derive(Debug, Parser)]
#[command(
    name = "unboil",
    version,
    about = "unboil: keep the article, drop the boilerplate",
    after_help = AFTER_HELP,
    disable_help_flag = true,
    disable_version_flag = true,
    args_override_self = true,
    max_term_width = 100,
    hide_possible_values = true,
    help_template = "{about}\n\nUsage: {usage}\n\n{all-args}{after-help}\n"
)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) input: Input,
    #[command(flatten)]
    pub(crate) output: Output,
    #[command(flatten)]
    pub(crate) keep: Keep,
    #[command(flatten)]
    pub(crate) show: Show,
    #[command(flatten)]
    pub(crate) bounds: Bounds,
    #[command(flatten)]
    pub(crate) other: Other,
}

#[derive(Debug, Group)]
#[command(next_help_heading = "Input")]
pub(crate) struct Input {
    /// pages, texts, letters and dumps, compressed or not; standard input for none, and for -
    #[arg(value_name = "FILE|DIR")]
    pub(crate) files: Vec<PathBuf>,
    /// auto, html, text, eml, mbox, warc (also WET), jsonl
    #[arg(short, long, value_name = "KIND", value_enum, default_value = "auto")]
    from: FromChoice,
    /// JSON field with the document; repeatable [default: html, content, text, body]
    #[arg(long, value_name = "NAME")]
    field: Vec<String>,
    /// address of the document, the base for its links
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,
    /// override the detected character encoding (JSON lines are always UTF-8)
    #[arg(long, value_name = "LABEL", value_parser = charset)]
    pub(crate) charset: Option<String>,
    /// read input names from FILE, one a line; - for standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) files_from: Option<PathBuf>,
    /// the names end with NUL
    #[arg(short = '0', long)]
    pub(crate) null: bool,
    /// descend into directories; hidden files and linked folders are left out
    #[arg(short, long)]
    pub(crate) recursive: bool,
    /// with -r: only names, or paths below DIR, that match; repeatable
    #[arg(long, value_name = "GLOB")]
    pub(crate) glob: Vec<String>,
}

#[derive(Debug, Group)]
#[command(next_help_heading = "Output")]
pub(crate) struct Output {
    /// text, md, html, json or jsonl (one object a line) [default: text; jsonl for dumps]
    #[arg(short, long, value_name = "KIND", value_enum)]
    to: Option<To>,
    /// write to a file (.gz, .zst: compressed), or into a directory (one that exists, or DIR/)
    #[arg(short = 'o', long = "output", value_name = "PATH")]
    pub(crate) path: Option<PathBuf>,
    /// leave inputs alone whose output is there
    #[arg(long)]
    pub(crate) skip_existing: bool,
    /// title, author, date, site, language, url as front matter, or in the head of a whole HTML page
    #[arg(long)]
    pub(crate) metadata: bool,
    /// keep or drop the headline [default: as the score of its heading says in html, keep in text, drop in letters]
    #[arg(long, value_name = "CHOICE", value_enum)]
    title: Option<TitleChoice>,
}

#[derive(Debug, Group)]
#[command(next_help_heading = "What to keep")]
pub(crate) struct Keep {
    /// precision, balanced, recall
    #[arg(short, long, value_name = "MODE", value_enum, default_value = "balanced")]
    mode: ModeChoice,
    /// auto, article, mixed: what the pages are, where you know
    #[arg(long, value_name = "KIND", value_enum, default_value = "auto")]
    page: PageChoice,
    /// (letters) keep quoted letters: keep, or context for those that are answered, or drop [default: context]
    #[arg(long, value_name = "CHOICE", value_enum, default_value = "context", hide_default_value = true)]
    #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "keep")]
    quotes: QuotesChoice,
    /// (letters) keep signatures
    #[arg(long)]
    signatures: bool,
    /// (html) always keep matching elements (repeatable)
    #[arg(long = "keep", value_name = "CSS")]
    keep_elements: Vec<String>,
    /// (html) always drop matching elements (repeatable); of nested ones the innermost decides
    #[arg(long = "drop", value_name = "CSS")]
    drop_elements: Vec<String>,
    /// always keep lines or blocks that match (repeatable); wins over everything that drops
    #[arg(long, value_name = "RE")]
    keep_text: Vec<String>,
    /// always drop lines or blocks that match (repeatable)
    #[arg(long, value_name = "RE")]
    drop_text: Vec<String>,
    /// drop only what is named as one of these families, such as newsletter,share (see --list-rules)
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = family)]
    strip: Vec<Family>,
    /// leave what is named as one of these families alone
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = family)]
    no_strip: Vec<Family>,
    /// extra patterns, in the columns of the built-in table (repeatable)
    #[arg(long, value_name = "FILE")]
    rules: Vec<PathBuf>,
    /// drop more of what the pages of one site share, as --learn has found it (repeatable: files are joined)
    #[arg(long, value_name = "FILE")]
    templates: Vec<PathBuf>,
    /// print the input unchanged where nothing would be kept
    #[arg(long, conflicts_with_all = ["invert", "mark"])]
    pub(crate) or_input: bool,
}

#[derive(Debug, Group)]
#[command(next_help_heading = "See what happened")]
pub(crate) struct Show {
    /// print what would be stripped, and only that
    #[arg(short = 'v', long, conflicts_with_all = ["mark", "metadata"])]
    pub(crate) invert: bool,
    /// print every line or block, prefixed with + or - and its score
    #[arg(long, conflicts_with = "metadata")]
    pub(crate) mark: bool,
    /// a reason for every block, on stderr: text, json
    #[arg(long, value_name = "FMT", value_enum)]
    #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "text")]
    pub(crate) explain: Option<Explain>,
    /// print nothing; add what the pages of each site share to FILE, for --templates
    #[arg(long, value_name = "FILE", conflicts_with_all = ["path", "invert", "mark", "metadata", "or_input", "check"])]
    pub(crate) learn: Option<PathBuf>,
    /// print nothing; exit 0 if there is content, 1 if not
    #[arg(long, conflicts_with_all = ["path", "invert", "mark", "metadata", "or_input"])]
    pub(crate) check: bool,
}

#[derive(Debug, Group)]
#[command(next_help_heading = "Limits and speed")]
pub(crate) struct Bounds {
    /// worker threads [default: all cores]
    #[arg(short = 'j', long, value_name = "N", value_parser = threads)]
    threads: Option<NonZeroUsize>,
    /// flush the output after each document
    #[arg(long)]
    pub(crate) line_buffered: bool,
    /// one summary line on stderr
    #[arg(long)]
    pub(crate) stats: bool,
    /// progress on stderr [default: where it is a terminal and the output is not]
    #[arg(long)]
    pub(crate) progress: bool,
    /// larger documents fail: limit:bytes (a plain text is cleaned in pieces instead); suffixes k, M, G
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "64M")]
    max_bytes: usize,
    /// flatten deeper nesting
    #[arg(long, value_name = "N", default_value_t = Limits::default().depth)]
    max_depth: usize,
    /// stop reading a page there: limit:nodes
    #[arg(long, value_name = "N", default_value_t = Limits::default().nodes)]
    max_nodes: usize,
}

#[derive(Debug, Group)]
#[command(next_help_heading = "Other")]
pub(crate) struct Other {
    /// no warnings
    #[arg(short, long)]
    pub(crate) quiet: bool,
    /// the patterns, those of --rules as well: id, family, language, example
    #[arg(long)]
    pub(crate) list_rules: bool,
    /// print this help
    #[arg(short, long, action = ArgAction::HelpShort)]
    help: Option<bool>,
    /// print the version
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

/// How inputs are read.
#[derive(Debug)]
pub(crate) struct Readings {
    named: Reading,
    /// Those of a Maildir.
    letters: Reading,
}

impl Readings {
    /// How this one is read.
    pub(crate) fn of(&self, input: &super::inputs::Input) -> &Reading {
        if input.is_letter { &self.letters } else { &self.named }
    }
}

/// What the inputs are.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum FromChoice {
    Auto,
    Html,
    Text,
    Eml,
    Mbox,
    Warc,
    Jsonl,
}

/// What is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum To {
    Text,
    Md,
    Html,
    Json,
    Jsonl,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum TitleChoice {
    Keep,
    Drop,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ModeChoice {
    Precision,
    Balanced,
    Recall,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum QuotesChoice {
    Keep,
    Context,
    Drop,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum PageChoice {
    Auto,
    Article,
    Mixed,
}

/// How decisions are explained.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Explain {
    Text,
    Json,
}

impl Args {
    /// What clap cannot say, or not in one line that tells who asks.
    ///
    /// # Errors
    /// In one line.
    pub(crate) fn check(&self) -> Result<(), String> {
        let Self { input, output, show, other, .. } = self;
        let needed = [
            (output.skip_existing && output.path.is_none(), "--skip-existing needs -o PATH"),
            (input.null && input.files_from.is_none(), "-0 needs --files-from FILE"),
            (!input.glob.is_empty() && !input.recursive, "--glob needs -r"),
            (self.reads_standard_twice(), "standard input cannot be both a list of names and an input"),
            (other.list_rules && self.names_a_place(), "--list-rules reads no input and writes to standard output"),
        ];
        if let Some((_, wrong)) = needed.iter().find(|(is_wrong, _)| *is_wrong) {
            return Err((*wrong).to_owned());
        }
        if let Some(path) = &show.learn {
            super::pending::check(path).map_err(|wrong| format!("--learn {wrong}"))?;
        }
        let lines = if show.invert { "--invert" } else { "--mark" };
        match output.to {
            Some(to) if to != To::Text && (show.invert || show.mark) => {
                Err(format!("{lines} prints text and cannot be used with --to {}", to.name()))
            }
            _ => Ok(()),
        }
    }

    fn reads_standard_twice(&self) -> bool {
        let is_standard = |path: &PathBuf| path == Path::new(STANDARD);
        self.input.files_from.as_ref().is_some_and(is_standard) && self.input.files.iter().any(is_standard)
    }

    /// Whether an input or an output is named.
    fn names_a_place(&self) -> bool {
        !self.input.files.is_empty() || self.input.files_from.is_some() || self.output.path.is_some()
    }

    /// What is printed of an input: rows of a dump, text of a page, unless something else is asked for.
    pub(crate) fn to(&self, format: Format) -> To {
        let is_text = self.show.invert || self.show.mark || self.output.metadata;
        let default = if format.is_stream() && !is_text { To::Jsonl } else { To::Text };
        self.output.to.unwrap_or(default)
    }

    /// How inputs are read.
    pub(crate) fn readings(&self) -> Readings {
        let named = self.reading();
        // Where nothing is said of its files, a Maildir holds letters.
        let is_open = named.format.is_none();
        let (format, kind) =
            if is_open { (Some(Format::Document), Some(Kind::Mail)) } else { (named.format, named.kind) };
        Readings { letters: Reading { format, kind, piece: None, ..named.clone() }, named }
    }

    fn reading(&self) -> Reading {
        let (format, kind) = match self.input.from {
            FromChoice::Auto => (None, None),
            FromChoice::Html => (Some(Format::Document), Some(Kind::Html)),
            FromChoice::Text => (Some(Format::Document), Some(Kind::Text)),
            FromChoice::Eml => (Some(Format::Document), Some(Kind::Mail)),
            FromChoice::Mbox => (Some(Format::Mbox), None),
            FromChoice::Warc => (Some(Format::Warc), None),
            FromChoice::Jsonl => (Some(Format::Jsonl), None),
        };
        let fields =
            if self.input.field.is_empty() { FIELDS.map(str::to_owned).to_vec() } else { self.input.field.clone() };
        Reading { format, kind, fields, limit: self.limits().bytes, piece: self.piece() }
    }

    /// In what pieces a long text is cleaned: where its lines are printed and not numbered, and in an encoding whose
    /// line ends are bytes.
    fn piece(&self) -> Option<usize> {
        let charset = self.input.charset.as_ref().and_then(|label| Encoding::for_label(label.as_bytes()));
        let wide = charset.is_some_and(|charset| !charset.is_ascii_compatible());
        let whole = self.output.metadata || self.keep.or_input || self.show.explain.is_some() || wide;
        (self.to(Format::Document) == To::Text && !whole).then_some(PIECE)
    }

    /// How many threads work.
    pub(crate) fn threads(&self) -> usize {
        let chosen = self.bounds.threads.map(NonZeroUsize::get);
        chosen.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, NonZeroUsize::get)).min(THREADS)
    }

    /// The options of the extractor.
    ///
    /// # Errors
    /// In one line, for a regular expression or a file of rules that cannot be read.
    pub(crate) fn options(&self) -> Result<Options, String> {
        let mut options = self.plain_options();
        let Keep { keep_elements, drop_elements, keep_text, drop_text, strip, no_strip, rules, templates, .. } =
            &self.keep;
        for css in keep_elements {
            options = options.keep(css).map_err(|error| format!("--keep {error}"))?;
        }
        for css in drop_elements {
            options = options.drop(css).map_err(|error| format!("--drop {error}"))?;
        }
        for pattern in keep_text {
            options = options.keep_text(pattern).map_err(|error| format!("--keep-text {error}"))?;
        }
        for pattern in drop_text {
            options = options.drop_text(pattern).map_err(|error| format!("--drop-text {error}"))?;
        }
        if !templates.is_empty() {
            options = options.templates(super::learned::read(templates)?);
        }
        if !strip.is_empty() {
            options = options.strip(strip);
        }
        if !rules.is_empty() {
            let read = |path: &PathBuf| {
                let text = std::fs::read_to_string(path);
                let text = text.map_err(|error| format!("{}: {}", path.display(), super::output::reason(&error)))?;
                Ok((path.display().to_string(), text))
            };
            let tables: Vec<(String, String)> = rules.iter().map(read).collect::<Result<_, String>>()?;
            let tables: Vec<(&str, &str)> = tables.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
            options = options.rules(&tables).map_err(|error| error.to_string())?;
        }
        Ok(options.no_strip(no_strip))
    }

    /// The options that cannot fail.
    fn plain_options(&self) -> Options {
        let mode = match self.keep.mode {
            ModeChoice::Precision => Mode::Precision,
            ModeChoice::Balanced => Mode::Balanced,
            ModeChoice::Recall => Mode::Recall,
        };
        let page = match self.keep.page {
            PageChoice::Auto => PageKind::Auto,
            PageChoice::Article => PageKind::Article,
            PageChoice::Mixed => PageKind::Mixed,
        };
        let quotes = match self.keep.quotes {
            QuotesChoice::Keep => Quotes::Keep,
            QuotesChoice::Context => Quotes::Context,
            QuotesChoice::Drop => Quotes::Drop,
        };
        let signatures = if self.keep.signatures { Signatures::Keep } else { Signatures::Drop };
        let detail = if self.show.explain.is_some() { Detail::Full } else { Detail::Brief };
        let options = Options::default()
            .mode(mode)
            .page(page)
            .quotes(quotes)
            .signatures(signatures)
            .detail(detail)
            .limits(self.limits());
        match self.output.title {
            Some(TitleChoice::Keep) => options.headline(Headline::Keep),
            Some(TitleChoice::Drop) => options.headline(Headline::Drop),
            None => options,
        }
    }

    /// The limits on one document.
    pub(crate) fn limits(&self) -> Limits {
        let Bounds { max_bytes, max_depth, max_nodes, .. } = self.bounds;
        Limits { bytes: max_bytes, depth: max_depth, nodes: max_nodes }
    }
}

impl To {
    /// Its name, which is also the extension of files that hold it, except for text.
    fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Md => "md",
            Self::Html => "html",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
        }
    }

    /// Whether it is a row for each document.
    pub(crate) fn is_rows(self) -> bool {
        matches!(self, Self::Json | Self::Jsonl)
    }

    /// The extension of output files.
    pub(crate) fn extension(self) -> &'static str {
        if self == Self::Text { "txt" } else { self.name() }
    }
}

/// The name of a family of boilerplate.
fn family(name: &str) -> Result<Family, String> {
    Family::from_name(name).ok_or_else(|| {
        let names: Vec<&str> = Family::ALL.iter().map(|family| family.name()).collect();
        format!("no such family; there are {}", names.join(", "))
    })
}

/// A label the library knows.
fn charset(label: &str) -> Result<String, String> {
    Record::new("").charset(label).map(|_| label.to_owned()).map_err(|error| error.to_string())
}

/// How many threads.
fn threads(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| "expected a number from 1 on".to_owned())
}

/// A number of bytes: digits, and k, M or G for powers of 1024.
fn size(text: &str) -> Result<usize, String> {
    let (digits, shift) = match text.chars().last() {
        Some('k' | 'K') => (text.trim_end_matches(['k', 'K']), 10),
        Some('m' | 'M') => (text.trim_end_matches(['m', 'M']), 20),
        Some('g' | 'G') => (text.trim_end_matches(['g', 'G']), 30),
        _ => (text, 0),
    };
    let wrong = || "expected a number of bytes such as 500k, 64M or 1G".to_owned();
    if text.len() - digits.len() > 1 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong());
    }
    let number: usize = digits.parse().map_err(|_| wrong())?;
    number.checked_mul(1 << shift).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn help_names_every_option() {
        let help = Args::command().render_help().to_string();
        let names: Vec<String> = Args::command()
            .get_opts()
            .map(|option| match (option.get_short(), option.get_long()) {
                (Some(short), Some(long)) => format!("  -{short}, --{long} "),
                (_, long) => format!("      --{} ", long.unwrap_or_default()),
            })
            .collect();
        assert!(names.len() >= 40, "{names:?}");
        let listed: String = help.lines().map(|line| format!("{} \n", line.replace(['[', '='], " "))).collect();
        for name in names {
            assert!(listed.contains(&name), "{name}: {help}");
        }
    }

    #[test]
    fn sizes_are_numbers_with_a_power_of_1024() {
        let cases = [
            ("0", Some(0)),
            ("1500", Some(1500)),
            ("2k", Some(2048)),
            ("64M", Some(64 << 20)),
            ("1g", Some(1 << 30)),
            ("", None),
            ("k", None),
            ("1kk", None),
            ("1kM", None),
            ("-1", None),
            ("+1", None),
            ("1.5M", None),
            ("64MB", None),
            ("99999999999999999999", None),
            ("18014398509481984k", None),
        ];
        for (text, expected) in cases {
            assert_eq!(size(text).ok(), expected, "{text}");
        }
    }

    #[test]
    fn the_default_limits_are_those_of_the_library() {
        let args = Args::parse_from(["unboil"]);
        assert_eq!(args.limits(), Limits::default());
    }
}
