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
        let host = if more.contains("Host:") {
            ""
        } else {
            "Host: localhost\r\n"
        };
        write!(
            stream,
            "GET {path} HTTP/1.1\r\n{host}{more}Connection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.to_lowercase(), body.to_owned())
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
        head.starts_with("http/1.1 200") && head.contains("application/wasm"),
        "{head}"
    );
    let (head, _) = serving.asked("/-samara/samara.js", "Accept-Encoding: gzip\r\n");
    assert!(head.contains("content-encoding: gzip"), "{head}");
    assert!(serving.get("/tea.txt").1.contains("Peppermint"));
    assert!(serving.get("/../tea").0.starts_with("http/1.1 404"));
}

#[test]
fn what_a_cache_keeps_inside_of_the_site_is_no_change_of_it() {
    let mut serving = Serving::start_with("cache = \"site/kept\"");
    for (name, count) in [("new", 2), ("newer", 3)] {
        fs::write(serving.case.path(&format!("site/{name}.txt")), "Samovar\n").unwrap();
        let said = serving.line_with("built again");
        assert!(
            said.contains(&format!("again: {count} documents")),
            "{said}"
        );
        // Time for a build that nobody asked for.
        thread::sleep(Duration::from_secs(1));
    }
    assert!(serving.case.names("site/kept").len() > 3);
}

#[test]
fn foreign_hosts_and_hidden_files_are_refused() {
    let serving = Serving::start();
    fs::write(serving.case.path("site/.env"), "SECRET=1").unwrap();
    fs::create_dir(serving.case.path("site/.git")).unwrap();
    fs::write(serving.case.path("site/.git/config"), "[core]").unwrap();
    for path in ["/.env", "/%2eenv", "/.git/config", "/.git/"] {
        assert!(serving.get(path).0.starts_with("http/1.1 404"), "{path}");
    }
    for (host, code) in [
        ("evil.example", 403),
        ("127.0.0.1.evil.example:80", 403),
        ("localhost.evil.example", 403),
        ("", 403),
        ("127.0.0.1:8732", 200),
        ("[::1]", 200),
    ] {
        let (head, body) = serving.asked("/tea.txt", &format!("Host: {host}\r\n"));
        assert!(
            head.starts_with(&format!("http/1.1 {code}")),
            "{host}: {head}"
        );
        assert_eq!(body.contains("Peppermint"), code == 200, "{host}");
    }
}

#[test]
fn what_a_browser_has_already_is_not_sent_again_and_parts_are() {
    let serving = Serving::start();
    for path in ["/tea.txt", "/-samara/samara.js", "/"] {
        let (head, body) = serving.get(path);
        let tag = head.split("etag: ").nth(1).unwrap().lines().next().unwrap();
        let tag = tag.replace("w/", "W/");
        let (head, none) = serving.asked(path, &format!("If-None-Match: {tag}\r\n"));
        assert!(
            head.starts_with("http/1.1 304") && none.is_empty(),
            "{path}: {head}"
        );
        let (head, _) = serving.asked(path, "If-None-Match: \"other\"\r\n");
        assert!(head.starts_with("http/1.1 200"), "{path}: {head}");
        let (head, part) = serving.asked(path, "Range: bytes=2-5\r\n");
        assert!(
            head.starts_with("http/1.1 206")
                && head.contains(&format!("content-range: bytes 2-5/{}", body.len())),
            "{path}: {head}"
        );
        assert_eq!(part, body[2..6], "{path}");
        let (head, _) = serving.asked(path, "Range: bytes=99999999-\r\n");
        assert!(head.starts_with("http/1.1 416"), "{path}: {head}");
    }
}

#[test]
fn a_client_that_does_not_read_keeps_nobody_waiting() {
    let serving = Serving::start();
    fs::write(serving.case.path("site/large.bin"), vec![7; 64 << 20]).unwrap();
    let mut silent: Vec<TcpStream> = (0..80)
        .map(|_| TcpStream::connect(&serving.address).unwrap())
        .collect();
    for (number, stream) in silent.iter_mut().enumerate() {
        let ask = if number % 2 == 0 {
            "/large.bin"
        } else {
            "/-samara/samara.js"
        };
        // Half of them do not even end their request.
        let end = if number % 4 == 0 { "" } else { "\r\n" };
        write!(stream, "GET {ask} HTTP/1.1\r\nHost: localhost\r\n{end}").unwrap();
    }
    let start = Instant::now();
    assert!(serving.get("/tea.txt").1.contains("Peppermint"));
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn a_folder_that_is_swapped_or_recreated_is_seen() {
    let mut serving = Serving::start();
    let path = |name: &str| serving.case.path(name);
    let (site, old, new) = (path("site"), path("old"), path("new"));
    fs::create_dir(&new).unwrap();
    for (name, text) in [("rye.txt", "Rye"), ("oat.txt", "Oat"), ("pea.txt", "Pea")] {
        fs::write(
            new.join(name),
            format!("{text}\n\nIt grows behind the house.\n"),
        )
        .unwrap();
    }
    fs::rename(&site, old).unwrap();
    fs::rename(&new, &site).unwrap();
    serving.line_with("built again: 3 documents");
    fs::remove_dir_all(&site).unwrap();
    fs::create_dir(&site).unwrap();
    fs::write(site.join("hop.txt"), "Hop\n\nIt grows up the wall.\n").unwrap();
    serving.line_with("built again: 1 document");
    fs::write(site.join("fig.txt"), "Fig\n\nIt grows by the door.\n").unwrap();
    serving.line_with("built again: 2 documents");
}

#[test]
fn it_builds_again_while_writing_goes_on() {
    let serving = Serving::start();
    let path = serving.case.path("site/log.txt");
    let start = Instant::now();
    let mut lines = 0;
    while serving.get("/-samara/version").1 == "1" {
        lines += 1;
        fs::write(
            &path,
            format!("Log\n\nLine {lines} was written just now.\n"),
        )
        .unwrap();
        thread::sleep(Duration::from_millis(20));
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "it waits for the writing to end"
        );
    }
}

#[test]
fn a_closed_standard_error_is_no_panic() {
    let case = Case::notes();
    let mut child = case
        .command()
        .args(["build", "notes", "--output", "bundle"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stderr.take());
    assert!(child.wait().unwrap().success());
    assert!(case.path("bundle/samara.js").is_file());
}

#[test]
fn a_folder_is_answered_with_a_slash_at_its_end() {
    let serving = Serving::start();
    fs::create_dir(serving.case.path("site/deep")).unwrap();
    fs::write(serving.case.path("site/deep/index.html"), "below").unwrap();
    let (head, _) = serving.get("/deep");
    assert!(
        head.starts_with("http/1.1 302") && head.contains("location: ./deep/"),
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
        "GET /assets/search/samara.{module}.wasm HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n"
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
    assert!(serving.get("/").0.starts_with("http/1.1 200"));
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
