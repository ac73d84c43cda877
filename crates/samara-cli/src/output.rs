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

/// A text of a corpus made safe for a terminal and for a line of a file: control characters, which could move the cursor
/// or change what is shown elsewhere, and those that turn the direction of writing, become visible symbols.
pub fn printable(text: &str) -> String {
    text.chars()
        .map(|character| {
            let turns = matches!(
                character,
                '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            );
            if character.is_control() || turns {
                '\u{fffd}'
            } else {
                character
            }
        })
        .collect()
}

/// Says lines on standard error, made safe by [`printable`]. Where nobody listens any more, the work goes on.
pub fn say_lines(said: &str) {
    let lines: Vec<String> = said.split('\n').map(printable).collect();
    let _ = writeln!(io::stderr().lock(), "{}", lines.join("\n"));
}

/// What `eprintln!` does, by [`say_lines`].
#[macro_export]
macro_rules! say {
    ($($said:tt)*) => { $crate::output::say_lines(&format!($($said)*)) };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_change_a_terminal_is_shown_instead() {
        for (text, expected) in [
            ("Tee, grün", "Tee, grün"),
            ("\u{1b}[2J", "\u{fffd}[2J"),
            ("a\nb\tc", "a\u{fffd}b\u{fffd}c"),
            ("gpj.\u{202e}exe", "gpj.\u{fffd}exe"),
            ("\u{2066}a\u{200f}", "\u{fffd}a\u{fffd}"),
        ] {
            assert_eq!(printable(text), expected);
        }
    }
}
