//! Prints the blocks of pages with their numbers for `training/train.py`: a line of JSON a page.
//!
//! `cargo run --release -p samara-corpus --features training --example samples -- FILE…`

use std::io::{self, BufWriter, Write};

fn main() -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    for path in std::env::args().skip(1) {
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
