//! Ranking and corrections on collections with judgements, beside what other engines were measured to reach with
//! the same scorer.

use crate::{process, samara, workspace};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use std::process::Command;

/// nDCG@10, means over [`COMPARED`], by kind of query.
const VARIANTS: [&str; 5] = ["full", "short", "short_typo", "short_prefix", "typo_kbd"];
const BASELINES: [(&str, [f64; 5]); 11] = [
    ("reference ranker", [0.592, 0.486, 0.472, 0.446, 0.588]),
    ("lunr, best options", [0.576, 0.477, 0.374, 0.388, 0.496]),
    (
        "SQLite FTS5, porter, title x2",
        [0.574, 0.478, 0.353, 0.432, 0.479],
    ),
    ("bm25s with stemmer", [0.572, 0.471, 0.345, 0.326, 0.477]),
    ("elasticlunr", [0.571, 0.471, 0.350, 0.335, 0.482]),
    (
        "tantivy, English stemmer",
        [0.570, 0.476, 0.354, 0.335, 0.481],
    ),
    (
        "MiniSearch with stemmer, fuzzy",
        [0.555, 0.469, 0.403, 0.390, 0.506],
    ),
    ("MiniSearch, defaults", [0.500, 0.442, 0.326, 0.311, 0.405]),
    (
        "FlexSearch, forward + suggest",
        [0.494, 0.421, 0.316, 0.381, 0.411],
    ),
    ("Orama with stemmer", [0.383, 0.363, 0.261, 0.297, 0.303]),
    ("Pagefind 1.6", [0.135, 0.241, 0.062, 0.236, 0.027]),
];
/// The collections that the baselines are means over.
const COMPARED: [&str; 4] = ["cran", "nfcorpus", "stackfaq", "bbc"];
/// The reference ranker's nDCG@10 for full queries, by collection.
const REFERENCE: [(&str, f64); 6] = [
    ("cran", 0.404),
    ("cisi", 0.399),
    ("npl", 0.437),
    ("nfcorpus", 0.337),
    ("stackfaq", 0.771),
    ("bbc", 0.854),
];
/// How often the intended word comes first, and among five.
const SUGGESTION_BASELINES: [(&str, f64, f64); 2] = [
    ("reference with a cost model", 0.869, 0.992),
    ("MiniSearch", 0.475, 0.775),
];

/// Shares of the quality of short queries that those with a typo and those cut in the last word shall keep.
const TYPO_GOAL: f64 = 0.97;
const PREFIX_GOAL: f64 = 0.92;
/// How often the intended word shall come first, and among five.
const FIRST_GOAL: f64 = 0.87;
const AMONG_FIVE_GOAL: f64 = 0.99;

/// What to do where the scorer cannot be started.
pub const PYTHON: &str = "install Python 3 (Debian, Ubuntu: `apt-get install python3`)";

/// Builds a bundle of each collection, answers its queries, and prints the scorer's figures beside the baselines.
pub fn run(samara: &Path, folder: &Path, collections: &str, variants: &str) -> Result<()> {
    let work = workspace::target().join("eval");
    fs::create_dir_all(&work).with_context(|| format!("cannot create {}", work.display()))?;
    // The scorer writes its runs beside itself, and the data may be read-only.
    let scorer = work.join("eval.py");
    let source = folder.join("eval.py");
    let text = fs::read(&source).with_context(|| format!("cannot read {}", source.display()))?;
    fs::write(&scorer, text).with_context(|| format!("cannot write {}", scorer.display()))?;
    for collection in collections.split(',') {
        let corpus = folder.join("data").join(collection).join("corpus.jsonl");
        process::run(
            Command::new(samara)
                .arg("build")
                .arg(corpus)
                .arg("-o")
                .arg(work.join(collection))
                .args(["--quiet", "--layout", "embedded"]),
            samara::REMEDY,
        )?;
    }
    let bundle = format!("\"{}\"/$(basename $(dirname {{corpus}}))", work.display());
    let samara = samara.display();
    let score = |what: &str, engine: String, arguments: &[&str]| {
        let mut python = Command::new("python3");
        python
            .env("IR_DATA", folder.join("data"))
            .arg(&scorer)
            .arg(what)
            .arg(engine);
        python.args(["-c", collections]).args(arguments);
        let table = process::output(&mut python, PYTHON)?;
        print!("{table}");
        anyhow::Ok(table)
    };
    let search = format!("\"{samara}\" search {bundle} --queries {{queries}} --trec > {{out}}");
    let ranking = score("cmd", search, &["-v", variants])?;
    println!();
    let suggest = format!("\"{samara}\" suggest {bundle} --words {{words}} > {{out}}");
    let suggestions = score("suggest", suggest, &[])?;
    compare(&ranking);
    compare_suggestions(&suggestions);
    Ok(())
}

/// nDCG@10 of a collection and a kind of query in the scorer's table.
fn ndcg(table: &str, collection: &str, variant: &str) -> Option<f64> {
    table.lines().find_map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        match fields[..] {
            [of, kind, _, ndcg, ..] if of == collection && kind == variant => ndcg.parse().ok(),
            _ => None,
        }
    })
}

fn compare(table: &str) {
    println!("\nnDCG@10 of full queries          Samara  reference");
    for (collection, reference) in REFERENCE {
        if let Some(own) = ndcg(table, collection, "full") {
            println!("{collection:<30} {own:>8.3} {reference:>10.3}");
        }
    }
    let mean = |variant: &str| -> Option<f64> {
        let each: Option<Vec<f64>> = COMPARED
            .iter()
            .map(|collection| ndcg(table, collection, variant))
            .collect();
        each.map(|each| each.iter().sum::<f64>() / each.len() as f64)
    };
    let own = VARIANTS.map(mean);
    if own.iter().all(Option::is_none) {
        println!("The baselines are means over {}.", COMPARED.join(", "));
        return;
    }
    println!("\nnDCG@10, means over {}", COMPARED.join(", "));
    println!(
        "{:<30} {}",
        "",
        VARIANTS.map(|v| format!("{v:>12}")).join(" ")
    );
    let row = |name: &str, figures: [Option<f64>; 5]| {
        let figures = figures.map(|figure| match figure {
            Some(figure) => format!("{figure:>12.3}"),
            None => format!("{:>12}", "-"),
        });
        println!("{name:<30} {}", figures.join(" "));
    };
    row("Samara", own);
    for (name, figures) in BASELINES {
        row(name, figures.map(Some));
    }
    let [full, short, short_typo, short_prefix, _] = own;
    if let Some(full) = full {
        let best = BASELINES
            .iter()
            .map(|(_, figures)| figures[0])
            .fold(0.0, f64::max);
        goal("full queries, above every baseline", full, best);
    }
    for (name, part, least) in [
        ("short_typo / short", short_typo, TYPO_GOAL),
        ("short_prefix / short", short_prefix, PREFIX_GOAL),
    ] {
        if let (Some(part), Some(short)) = (part, short) {
            goal(name, part / short, least);
        }
    }
}

fn compare_suggestions(table: &str) {
    println!("\nIntended word                     first among five");
    for (name, first, among_five) in SUGGESTION_BASELINES {
        println!("{name:<30} {first:>8.3} {among_five:>10.3}");
    }
    // `MEAN all recall@1 .872 recall@5 .991`
    for line in table.lines() {
        let fields: Vec<&str> = line.split_whitespace().collect();
        if let ["MEAN", "all", _, first, _, among_five] = fields[..]
            && let (Ok(first), Ok(among_five)) = (first.parse(), among_five.parse())
        {
            println!("{:<30} {first:>8.3} {among_five:>10.3}", "Samara");
            goal("intended word first", first, FIRST_GOAL);
            goal("intended word among five", among_five, AMONG_FIVE_GOAL);
        }
    }
}

/// Says whether a figure reaches what it shall.
pub fn goal(what: &str, reached: f64, least: f64) {
    let verdict = if reached >= least {
        "reached"
    } else {
        "NOT REACHED"
    };
    println!("goal: {what:<36} {reached:.3}, at least {least:.3}: {verdict}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_from_the_table_of_the_scorer() {
        let table = "collection   variant          n  nDCG@10  MRR@10    R@10  answered   seconds\n\
            cran         full           225   0.4040  0.5000  0.4000    1.000       0.1\n\
            cran         short          225   0.3000  0.5000  0.4000    1.000       0.1\n";
        assert_eq!(ndcg(table, "cran", "full"), Some(0.404));
        assert_eq!(ndcg(table, "cran", "short"), Some(0.3));
        assert_eq!(ndcg(table, "bbc", "full"), None);
    }
}
