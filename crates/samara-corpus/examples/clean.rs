//! Prints what every document became, a line of JSON each; the report goes to standard error.
//!
//! `cargo run --release -p samara-corpus --example clean -- PATH…`

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let options = samara_corpus::Options {
        noindex: true,
        ..samara_corpus::Options::default()
    };
    let corpus = samara_corpus::read(&paths, &options)?;
    let mut out = BufWriter::new(io::stdout().lock());
    for (document, outcome) in corpus.documents.iter().zip(&corpus.report.documents) {
        writeln!(out, "{}", samara_corpus::json_line(document, outcome))?;
    }
    out.flush()?;
    eprint!("{}", corpus.report);
    Ok(())
}
