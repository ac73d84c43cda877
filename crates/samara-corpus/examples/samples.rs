//! Prints the blocks of pages with their numbers for `training/train.py`: a line of JSON a page. Without a file, the
//! names of the numbers.
//!
//! `cargo run --release -p samara-corpus --features training --example samples -- [FILE…]`

use std::io::{self, BufWriter, Write};

fn main() -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut paths = std::env::args().skip(1).peekable();
    if paths.peek().is_none() {
        serde_json::to_writer(&mut out, &samara_corpus::training::names())?;
        writeln!(out)?;
    }
    for path in paths {
        let content = std::fs::read_to_string(&path)?;
        let samples = if path.ends_with(".html") {
            samara_corpus::training::markup(&content)
        } else {
            samara_corpus::training::lines(&content)
        };
        serde_json::to_writer(&mut out, &(path, samples))?;
        writeln!(out)?;
    }
    out.flush()
}
