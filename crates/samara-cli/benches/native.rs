//! What a build and a search take on this machine: `cargo bench --package samara-cli -- PATH`.
//!
//! Reading and indexing are timed once over the whole corpus, queries over words of the corpus
//! itself. `cargo xtask bench` measures the same in a browser.

use samara_engine::{Document, Index, IndexWriter, Options, Unicode};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Queries asked of each kind.
const QUERIES: usize = 500;
/// Times that the index is opened.
const OPENS: usize = 20;

fn main() {
    // Cargo adds `--bench`.
    let paths: Vec<PathBuf> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .map(Into::into)
        .collect();
    if paths.is_empty() {
        eprintln!("usage: cargo bench --package samara-cli -- PATH…");
        std::process::exit(2);
    }
    let (read, corpus) = timed(|| samara_corpus::read(&paths, &samara_corpus::Options::default()));
    let corpus = corpus.unwrap_or_else(|error| {
        eprintln!("error: {error}");
        std::process::exit(1);
    });
    let documents = corpus.documents;
    let text: usize = documents
        .iter()
        .map(|document| document.plain_text().len())
        .sum();
    let queries = queries(&documents);
    let mut writer = IndexWriter::new();
    documents
        .into_iter()
        .for_each(|document| writer.add(document));
    let (write, bytes) = timed(|| writer.finish().expect("a corpus just read can be indexed"));

    println!(
        "{} of text, index of {}",
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
    let ask = |texts: &[String]| {
        texts
            .iter()
            .map(|text| timed(|| index.search(text, &Options::default(), &Unicode)).0)
            .collect()
    };
    print("query", ask(&queries));
    let keystrokes: Vec<String> = queries
        .iter()
        .take(QUERIES / 10)
        .flat_map(|query| prefixes(query))
        .collect();
    print("keystroke", ask(&keystrokes));
    let misspelt: Vec<String> = queries.iter().filter_map(|query| misspelt(query)).collect();
    print("misspelt", ask(&misspelt));
}

/// One to three words that stand in a row, from places spread evenly over the corpus.
fn queries(documents: &[Document]) -> Vec<String> {
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

/// Everything that stands in the box while a query is typed.
fn prefixes(query: &str) -> Vec<String> {
    query
        .char_indices()
        .skip(1)
        .map(|(end, _)| query[..end].to_owned())
        .collect()
}

/// The query with the third letter left out of its first word, if that is long enough to be corrected.
fn misspelt(query: &str) -> Option<String> {
    let letters: Vec<char> = query.chars().collect();
    let long = letters
        .iter()
        .take_while(|letter| letter.is_alphanumeric())
        .count()
        > 5;
    long.then(|| letters[..2].iter().chain(&letters[3..]).collect())
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
        "{name:<15} p50 {:>8.3} ms, p95 {:>8.3} ms, {} runs",
        at(50),
        at(95),
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
