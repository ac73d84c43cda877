//! `samara serve`: what it answers, and that it builds again after a change.

use crate::case::{Case, says};
use snapbox::str;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStderr, Stdio};
use std::thread;
use std::time::{Duration, Instant};

struct Serving {
    child: Child,
    said: BufReader<ChildStderr>,
    address: String,
    case: Case,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Serving {
    fn start() -> Self {
        Self::start_with("")
    }

    /// With this in the file of options.
    fn start_with(options: &str) -> Self {
        let case = Case::empty().having("samara.toml", options);
        fs::create_dir(case.path("site")).unwrap();
        let case = case.having(
            "site/tea.txt",
            "Tea\n\nPeppermint dries best in the shade, under the roof.\n",
        );
        let mut child = case
            .command()
            .args(["serve", "site", "--port", "0"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut serving = Self {
            said: BufReader::new(child.stderr.take().unwrap()),
            child,
            address: String::new(),
            case,
        };
        let line = serving.line_with("Serving at ");
        serving.address = line
            .split("http://")
            .nth(1)
            .unwrap()
            .split('/')
            .next()
            .unwrap()
            .to_owned();
        serving
    }

    /// The next line that it says with this text in it.
    fn line_with(&mut self, text: &str) -> String {
        loop {
            let mut line = String::new();
            assert_ne!(
                self.said.read_line(&mut line).unwrap(),
                0,
                "it ended before it said {text}"
            );
            if line.contains(text) {
                return line;
            }
        }
    }

    /// Head and body of an answer.
    fn get(&self, path: &str) -> (String, String) {
        self.asked(path, "")
    }

    /// The same, with more lines in the head of the request.
    fn asked(&self, path: &str, more: &str) -> (String, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: localhost\r\n{more}Connection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.to_owned(), body.to_owned())
    }
}

#[test]
fn the_page_its_files_and_the_documents_are_served() {
    let serving = Serving::start();
    let (_, page) = serving.get("/");
    assert!(page.contains("<samara-search"), "{page}");
    let (head, script) = serving.get("/-samara/samara.js");
    assert!(head.contains("text/javascript"), "{head}");
    let module = script
        .split("samara.")
        .find_map(|rest| rest.split_once(".wasm").map(|(hash, _)| hash))
        .unwrap();
    let (head, _) = serving.get(&format!("/-samara/samara.{module}.wasm"));
    assert!(
        head.starts_with("HTTP/1.1 200") && head.contains("application/wasm"),
        "{head}"
    );
    let (head, _) = serving.asked("/-samara/samara.js", "Accept-Encoding: gzip\r\n");
    assert!(head.contains("Content-Encoding: gzip"), "{head}");
    assert!(serving.get("/tea.txt").1.contains("Peppermint"));
    assert!(serving.get("/../tea").0.starts_with("HTTP/1.1 404"));
}

#[test]
fn a_folder_is_answered_with_a_slash_at_its_end() {
    let serving = Serving::start();
    fs::create_dir(serving.case.path("site/deep")).unwrap();
    fs::write(serving.case.path("site/deep/index.html"), "below").unwrap();
    let (head, _) = serving.get("/deep");
    assert!(
        head.starts_with("HTTP/1.1 302") && head.contains("Location: ./deep/"),
        "{head}"
    );
    assert_eq!(serving.get("/deep/").1, "below");
}

#[test]
fn hits_lead_to_what_is_served_and_the_pages_find_the_latest_search() {
    let serving = Serving::start_with(
        "base-url = 'https://example.org/docs/'\noutput = 'site/assets/search'\n",
    );
    let (_, script) = serving.get("/assets/search/samara.js");
    let module = script
        .split("samara.")
        .find_map(|rest| rest.split_once(".wasm").map(|(hash, _)| hash))
        .unwrap();
    let mut stream = TcpStream::connect(&serving.address).unwrap();
    write!(
        stream,
        "GET /assets/search/samara.{module}.wasm HTTP/1.0\r\n\r\n"
    )
    .unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let start = answer
        .windows(4)
        .position(|bytes| bytes == b"\0asm")
        .unwrap();
    fs::write(serving.case.path("served.wasm"), &answer[start..]).unwrap();
    let found = serving.case.done("search served.wasm peppermint").out;
    assert!(found.contains("\n   tea.txt\n"), "{found}");
    assert!(!serving.case.path("site/assets").exists());
}

#[test]
fn a_change_is_built_and_a_fault_keeps_the_last_build() {
    let mut serving = Serving::start();
    assert_eq!(serving.get("/-samara/version").1, "1");
    fs::write(
        serving.case.path("site/bread.txt"),
        "Bread\n\nThe loaf bakes for fifty minutes in a hot oven.\n",
    )
    .unwrap();
    let start = Instant::now();
    serving.line_with("built again: 2 documents");
    while serving.get("/-samara/version").1 == "1" {
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "the change was not seen"
        );
        thread::sleep(Duration::from_millis(50));
    }
    for name in ["bread.txt", "tea.txt"] {
        fs::remove_file(serving.case.path("site").join(name)).unwrap();
    }
    says(
        &serving.line_with("still serving"),
        str![[r#"
error: site: no document found; pages, texts, Markdown, JSON, tables, feeds and books are read (docs/formats.md lists their kinds); still serving what was built before

"#]],
    );
    assert!(serving.get("/").0.starts_with("HTTP/1.1 200"));
}

#[test]
fn wrong_calls_of_serve_end_with_two() {
    let case = Case::notes();
    case.refused(
        "serve",
        str![[r#"
error: name the folder of documents: samara serve PATH

"#]],
    );
    case.refused(
        "serve nowhere --port 0",
        str![[r#"
error: nowhere: no such file or folder; check the path

"#]],
    );
    case.refused(
        "serve notes --port 70000",
        str![[r#"
error: invalid value '70000' for '--port <PORT>': write a whole number from 0 to 65535

For more information, try '--help'.

"#]],
    );
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let ended = case.run(&format!("serve notes --port {port}"));
    assert_eq!(
        ended.said,
        format!("error: port {port} is taken; choose another one with --port\n")
    );
    assert_eq!(ended.code, 2);
}

#[test]
fn the_port_may_stand_in_the_file() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let case = Case::notes().having(
        "samara.toml",
        &format!("paths = ['notes']\nport = {port}\n"),
    );
    assert!(
        case.run("serve")
            .said
            .contains(&format!("port {port} is taken"))
    );
}

#[test]
fn addresses_of_the_file_that_begin_with_its_base_are_those_of_the_served_pages() {
    let serving = Serving::start_with(
        "base-url = '/notes/'\n[[pin]]\nquery = 'shade'\nurls = ['/notes/tea.txt']\n\
        [[expect]]\nquery = 'shade'\nurl = '/notes/tea.txt'\n",
    );
    assert!(!serving.address.is_empty());
}
