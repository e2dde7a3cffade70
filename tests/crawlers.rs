//! Dumps that other programs write: wget and, where Python has it, warcio, of a server on the loopback address.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::cli::{folder, run_in};

const PAGES: [&str; 3] = ["news-short", "blog-wordpress", "ja-blog"];

fn page(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name).join("page.html");
    std::fs::read(path).expect("a page of the corpus")
}

/// Serves the pages for as long as the test runs; returns the address.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(stream) = stream else { continue };
            let mut reader = BufReader::new(stream);
            let mut line = String::new();
            let mut name = String::new();
            while reader.read_line(&mut line).is_ok_and(|length| length > 2) {
                if let Some(path) = line.strip_prefix("GET /") {
                    name = path.split(' ').next().unwrap_or_default().to_owned();
                }
                line.clear();
            }
            let body = if PAGES.contains(&name.as_str()) { page(&name) } else { Vec::new() };
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            let mut stream = reader.into_inner();
            // A client that hangs up early is no matter of this server.
            let _ =
                stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body)).and_then(|()| stream.flush());
            let _ = stream.shutdown(std::net::Shutdown::Write);
            let _ = stream.read(&mut [0; 64]);
        }
    });
    address
}

/// Runs a program; false, with a line that says so, where there is none.
#[allow(clippy::print_stdout)]
fn ran(name: &str, command: &mut Command) -> bool {
    let done = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let is_done = done.is_ok_and(|status| status.success());
    if !is_done {
        println!("skipped: this test needs {name}");
    }
    is_done
}

/// A dump of the pages gives the rows that the pages themselves give.
fn assert_rows(folder: &std::path::Path, dump: &str, address: &str) {
    let out = run_in(folder, &[dump], b"");
    assert_eq!((out.code, out.stderr.as_str()), (Some(0), ""), "{dump}");
    let rows: Vec<Value> = out.stdout.lines().map(|line| serde_json::from_str(line).expect("a row")).collect();
    assert_eq!(rows.len(), PAGES.len(), "{dump}");
    for (row, name) in rows.iter().zip(PAGES) {
        let url = format!("{address}/{name}");
        let alone = run_in(folder, &["-f", "html", "--url", &url], &page(name));
        assert_eq!(row["url"], url, "{dump}");
        assert_eq!(row["text"].as_str().map(str::trim_end), Some(alone.stdout.trim_end()), "{dump}: {name}");
    }
}

#[test]
fn a_dump_of_wget_is_read() {
    let folder = folder("wget");
    let address = serve();
    for (option, dump) in [("--warc-compression", "packed.warc.gz"), ("--no-warc-compression", "plain.warc")] {
        let mut command = Command::new("wget");
        let stem = format!("--warc-file={}", dump.split('.').next().unwrap_or_default());
        command.current_dir(&folder).args(["-q", &stem, "-O", "/dev/null"]);
        if option.starts_with("--no") {
            command.arg(option);
        }
        if ran("wget", command.args(PAGES.map(|name| format!("{address}/{name}")))) {
            assert_rows(&folder, dump, &address);
        }
    }
}

#[test]
fn a_dump_of_warcio_is_read() {
    let folder = folder("warcio");
    let address = serve();
    let script = format!(
        "from warcio.capture_http import capture_http\nimport requests\n\
         with capture_http('dump.warc.gz'):\n  [requests.get('{address}/' + name) for name in {PAGES:?}]\n"
    );
    let python = std::env::var("UNBOIL_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    if ran("Python with warcio and requests", Command::new(python).current_dir(&folder).args(["-c", &script])) {
        assert_rows(&folder, "dump.warc.gz", &address);
    }
}
