//! Results go to standard output and nothing else does; what is said about them goes to standard error.

use clap::Args;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

/// How much is said about the results.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct Talk {
    /// Say nothing but errors.
    #[arg(short, long)]
    pub quiet: bool,
    /// Say more: every file that a warning is about.
    #[arg(short, long, conflicts_with = "quiet")]
    pub verbose: bool,
}

/// Buffered standard output. Flush it: an error at the end would otherwise be lost.
pub fn results() -> BufWriter<StdoutLock<'static>> {
    BufWriter::new(io::stdout().lock())
}

/// Whether standard output may be coloured: a terminal, unless `NO_COLOR` says no.
pub fn colour() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Writes text in bold where `colour` allows.
pub fn bold(out: &mut impl Write, text: &str, colour: bool) -> io::Result<()> {
    if colour {
        write!(out, "\x1b[1m{text}\x1b[0m")
    } else {
        out.write_all(text.as_bytes())
    }
}

/// Bytes as people read them: `712 B`, `38.1 kB`, `4.20 MB`.
pub fn bytes(count: usize) -> String {
    match count {
        0..1_000 => format!("{count} B"),
        1_000..1_000_000 => format!("{:.1} kB", count as f64 / 1e3),
        _ => format!("{:.2} MB", count as f64 / 1e6),
    }
}

/// A number with its noun: `1 document`, `2 documents`.
pub fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// A text of a corpus made safe for a terminal: control characters, which could move the cursor or
/// change what is shown elsewhere, become visible symbols.
pub fn printable(text: &str) -> String {
    text.chars()
        .map(|character| {
            if character.is_control() {
                '\u{fffd}'
            } else {
                character
            }
        })
        .collect()
}
