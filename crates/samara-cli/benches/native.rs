//! What a build and a search take on this machine: `cargo bench --package samara-cli -- PATH… [--queries FILE]`.
//!
//! Reading and indexing are timed once over the whole corpus; the queries are those of a file, an object of lists by
//! kind, or else words of the corpus itself. `cargo xtask bench` asks the same ones in a browser.

use samara_engine::{Document, Index, IndexWriter, Options, Searcher, Unicode};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Queries taken from the corpus.
const QUERIES: usize = 500;
/// Times that the index is opened.
const OPENS: usize = 20;
/// Times that each query is asked. The fastest counts: what else the machine does is not the query's doing.
const ROUNDS: usize = 5;

fn main() {
    let (mut paths, mut queries): (Vec<PathBuf>, Option<PathBuf>) = (Vec::new(), None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            // Cargo adds it.
            "--bench" => {}
            "--queries" => queries = arguments.next().map(Into::into),
            _ => paths.push(argument.into()),
        }
    }
    if paths.is_empty() {
        fail("usage: cargo bench --package samara-cli -- PATH… [--queries FILE]");
    }
    let (read, corpus) = timed(|| samara_corpus::read(&paths, &samara_corpus::Options::default()));
    let corpus = corpus.unwrap_or_else(|error| fail(&format!("error: {error}")));
    let documents = corpus.documents;
    let text: usize = documents
        .iter()
        .map(|document| document.plain_text().len())
        .sum();
    let queries = match queries {
        Some(path) => from_file(&path),
        None => BTreeMap::from([("words".to_owned(), of_corpus(&documents))]),
    };
    let count = documents.len();
    let mut writer = IndexWriter::new();
    documents
        .into_iter()
        .for_each(|document| writer.add(document));
    let (write, bytes) = timed(|| writer.finish().expect("a corpus just read can be indexed"));

    println!(
        "{count} documents, {} of text, index of {}",
        megabytes(text),
        megabytes(bytes.len())
    );
    println!(
        "read and clean  {:>9.1} ms, {:.1} MB/s of text",
        milliseconds(read),
        per_second(text, read)
    );
    println!(
        "index           {:>9.1} ms, {:.1} MB/s of text",
        milliseconds(write),
        per_second(text, write)
    );
    let opens = (0..OPENS)
        .map(|_| timed(|| Index::open(&bytes)).0)
        .collect();
    print("open", opens);

    let index = Index::open(&bytes).expect("an index just written can be opened");
    for (kind, texts) in queries {
        let ask = |text: &String| {
            timed(|| Searcher::new(&index, &Unicode).search(text, &Options::default())).0
        };
        let fastest = |text| (0..ROUNDS).map(|_| ask(text)).min().unwrap_or_default();
        print(&kind, texts.iter().map(fastest).collect());
    }
}

fn fail(message: &str) -> ! {
    eprintln!("{message}");
    std::process::exit(2)
}

/// Lists of queries by kind.
fn from_file(path: &PathBuf) -> BTreeMap<String, Vec<String>> {
    let read = std::fs::read_to_string(path).map_err(|error| error.to_string());
    let parsed =
        read.and_then(|text| serde_json::from_str(&text).map_err(|error| error.to_string()));
    parsed.unwrap_or_else(|error| fail(&format!("--queries {}: {error}", path.display())))
}

/// One to three words that stand in a row, from places spread evenly over the corpus.
fn of_corpus(documents: &[Document]) -> Vec<String> {
    let texts: Vec<String> = documents.iter().map(Document::plain_text).collect();
    let words: Vec<&str> = texts
        .iter()
        .flat_map(|text| text.split(|character: char| !character.is_alphanumeric()))
        .filter(|word| word.len() > 3)
        .collect();
    let step = (words.len() / QUERIES).max(1);
    let chosen = words.chunks(step).zip(0..);
    chosen
        .map(|(chunk, number)| chunk[..chunk.len().min(1 + number % 3)].join(" "))
        .collect()
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let result = work();
    (start.elapsed(), result)
}

fn print(name: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: usize| milliseconds(times[(times.len() * share / 100).min(times.len() - 1)]);
    println!(
        "{name:<15} p50 {:>8.3} ms, p95 {:>8.3} ms, at most {:>8.3} ms, {} runs",
        at(50),
        at(95),
        at(100),
        times.len()
    );
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn megabytes(bytes: usize) -> String {
    format!("{:.2} MB", bytes as f64 / 1e6)
}

fn per_second(bytes: usize, time: Duration) -> f64 {
    bytes as f64 / 1e6 / time.as_secs_f64()
}
