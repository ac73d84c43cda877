//! Extraction of content from pages with gold text, beside what other extractors were measured to reach with the
//! same scorer.

use crate::{process, relevance};
use anyhow::Result;
use std::path::Path;
use std::process::Command;

/// What is compared: the set, the figure in the scorer's line, what it is called here.
const COLUMNS: [(&str, &str, &str); 7] = [
    ("html/news", "F1", "news"),
    ("html/web", "F1", "web"),
    ("html/web", "titles", "titles"),
    ("html/snippets", "F1", "snippets"),
    ("lines/lite", "F1", "lite"),
    ("lines/full", "F1", "full"),
    ("lines/snip", "F1", "snip"),
];
const UNKNOWN: f64 = f64::NAN;
/// F1 on the same pages, exact titles, token F1 on the same lines.
const BASELINES: [(&str, [f64; 7]); 9] = [
    (
        "Samara, cross-validated",
        [0.962, 0.857, 0.757, 0.921, UNKNOWN, UNKNOWN, UNKNOWN],
    ),
    (
        "trafilatura, Rust crate",
        [0.966, 0.831, 0.56, 0.914, UNKNOWN, UNKNOWN, UNKNOWN],
    ),
    (
        "trafilatura, Python",
        [0.961, 0.822, UNKNOWN, 0.928, UNKNOWN, UNKNOWN, UNKNOWN],
    ),
    (
        "rs-trafilatura",
        [0.958, 0.846, 0.77, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN],
    ),
    (
        "dom_smoothie",
        [0.949, 0.779, 0.52, 0.888, UNKNOWN, UNKNOWN, UNKNOWN],
    ),
    (
        "vote of these three crates",
        [0.963, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN],
    ),
    (
        "keep every line",
        [UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, 0.922, 0.813, UNKNOWN],
    ),
    (
        "cut at marker lines",
        [UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, 0.931, UNKNOWN, UNKNOWN],
    ),
    (
        "regression, lexicon and cuts",
        [UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, 0.941, 0.912, UNKNOWN],
    ),
];

/// Scores the command on the sets of a folder and prints its figures beside the baselines.
pub fn run(samara: &Path, folder: &Path, sets: &str, worst: usize) -> Result<()> {
    let command = format!("\"{}\" clean --json {{dir}}", samara.display());
    let mut python = Command::new("python3");
    python.arg(folder.join("score.py")).arg(command).args([
        "--sets",
        sets,
        "--worst",
        &worst.to_string(),
    ]);
    let scores = process::output(&mut python, relevance::PYTHON)?;
    println!("{scores}");
    print!("{:<30}", "F1");
    for (_, _, name) in COLUMNS {
        print!("{name:>9}");
    }
    println!();
    let own = COLUMNS.map(|(set, what, _)| figure(&scores, set, what).unwrap_or(UNKNOWN));
    row("Samara, trained on these pages", own);
    for (name, figures) in BASELINES {
        row(name, figures);
    }
    Ok(())
}

/// The first figure of a name in the scorer's line about a set.
fn figure(scores: &str, set: &str, name: &str) -> Option<f64> {
    let line = scores
        .lines()
        .find(|line| line.split_whitespace().next() == Some(set))?;
    let mut fields = line.split_whitespace();
    fields.find(|field| *field == name)?;
    fields.next()?.parse().ok()
}

fn row(name: &str, figures: [f64; 7]) {
    print!("{name:<30}");
    for figure in figures {
        if figure.is_nan() {
            print!("{:>9}", "-");
        } else {
            print!("{figure:>9.3}");
        }
    }
    println!();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_found_in_the_scorers_lines() {
        let scores = "html/web  pages 3 answered 3 exit 0 0.1 s  F1 0.897  titles 0.760  article 0.9\n\
                      lines/lite  pages 5 answered 5 exit 0 0.1 s  token F1 0.931 precision 0.9  line F1 0.8\n";
        assert_eq!(figure(scores, "html/web", "titles"), Some(0.76));
        assert_eq!(figure(scores, "lines/lite", "F1"), Some(0.931));
        assert_eq!(figure(scores, "html/news", "F1"), None);
    }
}
