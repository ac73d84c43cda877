//! Known items in manuals: does the wanted page come first, beside what other engines were measured to reach with the
//! same sets.

use crate::relevance::{PYTHON, goal};
use crate::{process, workspace};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use std::process::Command;

/// A line of the scorer: what it is of, queries, success@1 and success@3 in per cent, MRR@10.
#[derive(Debug, PartialEq)]
struct Line<'a> {
    name: &'a str,
    queries: usize,
    figures: [f64; 3],
}

const MEASURES: [&str; 3] = ["success@1", "success@3", "MRR@10"];
const UNKNOWN: f64 = f64::NAN;
const PEERS: [&str; 2] = ["Pagefind 1.6", "MiniSearch"];
/// What the peers reach on each set: Pagefind on the raw pages; MiniSearch on the text that `samara clean` gives, with
/// beginnings, edits of a fifth of a word, and titles counted twice. Those of Python are of a set twice as large.
const BASELINES: [(&str, [[f64; 3]; 2]); 4] = [
    ("postgresql", [[50.0, 72.5, 0.605], [45.0, 72.5, 0.594]]),
    ("git", [[62.5, 75.0, 0.705], [50.0, 65.0, 0.573]]),
    ("book", [[62.5, 82.5, UNKNOWN], [57.5, 80.0, UNKNOWN]]),
    ("python-a", [[56.0, 78.0, UNKNOWN], [47.0, 64.0, UNKNOWN]]),
];
/// MRR@10 of the better peer over five manuals, by kind of query where that was ahead.
const KINDS: [(&str, &str, f64); 3] = [
    ("topic", "Pagefind 1.6", 0.783),
    ("prefix", "Pagefind 1.6", 0.808),
    ("typo", "MiniSearch", 0.826),
];

/// Over all sets: success@1 in per cent, MRR@10.
const FIRST_GOAL: f64 = 70.0;
const MRR_GOAL: f64 = 0.80;

/// Builds each manual, asks for what stands in its set, and prints the figures beside the baselines.
pub fn run(samara: &Path, folder: &Path, sets: Option<&str>, misses: bool) -> Result<()> {
    // The manuals are unpacked once.
    let cache = workspace::target().join("eval/known");
    fs::create_dir_all(&cache).with_context(|| format!("cannot create {}", cache.display()))?;
    let mut python = Command::new("python3");
    // The data may be read-only.
    python
        .env("SAMARA_LAYOUT", "embedded")
        .arg("-B")
        .arg(folder.join("known.py"))
        .arg(samara);
    for set in sets.into_iter().flat_map(|sets| sets.split(',')) {
        python.arg(folder.join(format!("{set}.tsv")));
    }
    python.arg("--cache").arg(cache).arg("--kinds");
    if misses {
        python.arg("--misses");
    }
    let table = process::output(&mut python, PYTHON)?;
    print!("{table}");
    compare(&table);
    Ok(())
}

/// `git          n  40  success@1  62.5  success@3  75.0  MRR 0.705`
fn parse(line: &str) -> Option<Line<'_>> {
    let fields: Vec<&str> = line.split_whitespace().collect();
    match fields[..] {
        [
            name,
            "n",
            queries,
            "success@1",
            first,
            "success@3",
            third,
            "MRR",
            mrr,
        ] => Some(Line {
            name,
            queries: queries.parse().ok()?,
            figures: [first.parse().ok()?, third.parse().ok()?, mrr.parse().ok()?],
        }),
        _ => None,
    }
}

fn compare(table: &str) {
    let lines: Vec<Line> = table.lines().filter_map(parse).collect();
    let of = |name: &str| lines.iter().find(|line| line.name == name);
    let row = |set: &str, engine: &str, figures: [f64; 3]| {
        println!("{set:<12} {engine:<14} {}", shown(figures).join(" "));
    };
    println!(
        "\n{:<27} {}",
        "",
        MEASURES.map(|name| format!("{name:>9}")).join(" ")
    );
    for (set, peers) in BASELINES {
        let Some(own) = of(set) else { continue };
        row(set, "Samara", own.figures);
        for (peer, figures) in PEERS.iter().zip(peers) {
            row("", peer, figures);
        }
    }
    println!("\nMRR@10 by kind                  Samara  best peer, over five manuals");
    for (kind, peer, best) in KINDS {
        if let Some(own) = of(kind) {
            let [.., mrr] = own.figures;
            println!("{kind:<29} {mrr:>8.3} {best:>10.3} {peer}");
        }
    }
    println!();
    for (set, peers) in BASELINES {
        let Some(own) = of(set) else { continue };
        for (measure, name) in MEASURES.iter().enumerate() {
            let best = peers.iter().map(|figures| figures[measure]);
            let best = best.fold(UNKNOWN, f64::max);
            if !best.is_nan() {
                let what = format!("{set}, {name}, above both peers");
                goal(&what, own.figures[measure], above(best));
            }
        }
    }
    if let Some(all) = of("all") {
        let [first, _, mrr] = all.figures;
        let of = |name: &str| format!("{name} of all {} queries", all.queries);
        goal(&of("success@1"), first, FIRST_GOAL);
        goal(&of("MRR@10"), mrr, MRR_GOAL);
    }
}

/// The least figure above a peer's, as the scorer rounds them.
fn above(best: f64) -> f64 {
    best + if best > 1.0 { 0.1 } else { 0.001 }
}

fn shown(figures: [f64; 3]) -> [String; 3] {
    let [first, third, mrr] = figures;
    [(first, 1), (third, 1), (mrr, 3)].map(|(figure, digits)| {
        if figure.is_nan() {
            format!("{:>9}", "-")
        } else {
            format!("{figure:>9.digits$}")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_from_the_lines_of_the_scorer() {
        let line = "git          n  40  success@1  62.5  success@3  75.0  MRR 0.705";
        let figures = [62.5, 75.0, 0.705];
        assert_eq!(
            parse(line),
            Some(Line {
                name: "git",
                queries: 40,
                figures
            })
        );
        assert_eq!(parse("    typo     'vaccum': not in ten; first []"), None);
    }

    #[test]
    fn what_equals_a_peer_is_not_above_it() {
        assert!(62.5 < above(62.5) && 62.6 >= above(62.5));
        assert!(0.705 < above(0.705) && 0.71 >= above(0.705));
    }
}
