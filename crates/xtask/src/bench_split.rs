//! `cargo xtask bench-split`: what the split layout weighs, what a page fetches of it for each kind of query, what its
//! build takes, and what a visitor waits for beside Pagefind.

use crate::build::Build;
use crate::{bench_build, book, browser, npm, process, samara, workspace, zipf};
use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Bytes of text up to which it is compressed, for the ratio: brotli takes a second for a megabyte.
const COMPRESSED: u64 = 20_000_000;
/// How often the memory of a build is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// Prints sizes and counts of split bundles, requests and bytes of queries, time and memory of builds.
#[derive(Args)]
pub struct BenchSplit {
    /// Measure so many generated pages, too; several numbers are measured one after another.
    #[arg(long, value_name = "N", value_delimiter = ',', value_parser = clap::value_parser!(u32).range(1..))]
    pages: Vec<u32>,
    /// Measure generated pages alone.
    #[arg(long)]
    only: bool,
}

/// What is asked of a corpus.
pub struct Queries {
    /// The first one of a visit.
    first: Vec<String>,
    misspelt: Vec<String>,
    letters: Vec<String>,
    /// A visit.
    visit: Vec<String>,
}

impl Queries {
    fn of(lists: [&str; 4]) -> Self {
        let [first, misspelt, letters, visit] = lists.map(|list| {
            list.split(',')
                .map(|query| query.trim().to_owned())
                .collect()
        });
        Self {
            first,
            misspelt,
            letters,
            visit,
        }
    }

    fn of_rust() -> Self {
        Self::of([
            "ownership, borrow checker, async await, trait objects, how to read a file",
            "lifetmie, recieve, itertaor, concurency",
            "s, b, m",
            "ownership, borrow checker, lifetime, cargo build, serde, iterator adapter, smart pointer, unsafe code, \
             hashmap, closures, error handling, derive macro, slice type, pattern matching, cargo workspace, \
             integer overflow, raw pointer, static, mutex, string formatting",
        ])
    }

    fn of_python() -> Self {
        Self::of([
            "list comprehension, asyncio, read csv file, dataclass, regular expression",
            "dictoinary, exeption, genrator, asynchronus",
            "s, d, m",
            "list comprehension, asyncio, dictionary, context manager, decorator, json, subprocess, pathlib, logging, \
             unit test, socket, datetime, thread pool, argparse, sqlite, string format, type hints, import system, \
             garbage collector, pickle",
        ])
    }

    /// Words of many ranks, since visitors ask for rare words more often than for common ones.
    pub fn of_generated() -> Self {
        let words = |ranks: &[u32]| ranks.iter().map(|&rank| zipf::word(rank)).collect();
        let misspelt = |rank: &u32| {
            let mut letters: Vec<char> = zipf::word(*rank).chars().collect();
            let last = letters.len() - 1;
            letters.swap(last - 1, last);
            letters.into_iter().collect()
        };
        let pair = |number: u32| {
            let other = zipf::word(40 * number + 11);
            format!("{} {other}", zipf::word(300 * number + 200))
        };
        Self {
            first: words(&[150, 1_200, 9_000, 60_000, 250_000]),
            misspelt: [1_200, 5_000, 9_000].iter().map(misspelt).collect(),
            letters: ["b", "m", "s"].map(str::to_owned).into(),
            visit: (1..=20).map(pair).collect(),
        }
    }
}

impl BenchSplit {
    /// Builds, measures and prints.
    pub fn run(self) -> Result<()> {
        Build { corpus: None }.run()?;
        let samara = samara::build(samara::Profile::Release)?;
        let work = workspace::target().join("bench-split");
        let frame = frame(&samara, &work)?;
        println!("scripts and engine: {frame} bytes, brotli 11");
        let mut measured = false;
        if !self.only {
            if let Some(book) = book::chapters()? {
                let queries = Queries::of_rust();
                measure(&samara, "book", &book, &work, frame, &queries)?;
                beside_pagefind(&samara, "book", &book, &work, &queries)?;
            }
            if let Some(library) = book::library()? {
                let queries = Queries::of_rust();
                measure(&samara, "library", &library, &work, frame, &queries)?;
                beside_pagefind(&samara, "library", &library, &work, &queries)?;
                measured = true;
            } else {
                eprintln!("the library: skipped, {}", book::REMEDY);
            }
            let folder = bench_build::python()?;
            let queries = Queries::of_python();
            measure(&samara, "python", &folder, &work, frame, &queries)?;
        }
        for &count in &self.pages {
            let name = format!("generated-{count}");
            let folder = work.join(&name);
            clear(&folder)?;
            zipf::write(&folder, count)?;
            measure(
                &samara,
                &name,
                &folder,
                &work,
                frame,
                &Queries::of_generated(),
            )?;
            clear(&folder)?;
            measured = true;
        }
        if !measured {
            bail!("no corpus to measure; generate one with --pages 1000");
        }
        Ok(())
    }
}

/// Bytes of scripts and engine as hosts send them.
pub fn frame(samara: &Path, work: &Path) -> Result<u64> {
    let bundle = work.join("frame");
    clear(&bundle)?;
    build(samara, &workspace::path("seeds"), &bundle, "split")?;
    let summary = samara::inspect(samara, &bundle)?;
    let parts = ["script", "search", "engine"].map(|part| brotli(&summary, part));
    parts.into_iter().sum()
}

fn measure(
    samara: &Path,
    name: &str,
    corpus: &Path,
    work: &Path,
    frame: u64,
    queries: &Queries,
) -> Result<()> {
    let bundle = work.join("bundles").join(name);
    clear(&bundle)?;
    let built = build(samara, corpus, &bundle, "split")?;
    let plain = process::output(
        Command::new(samara)
            .args(["inspect", "--json"])
            .arg(&bundle),
        samara::REMEDY,
    )?;
    let summary: Value = serde_json::from_str(&plain)?;
    let text = number(&summary["bytes"]["text"])?;
    println!(
        "\n{name}: {} documents, {:.1} MB of text, built in {:.1} s{}",
        summary["documents"],
        text as f64 / 1e6,
        built.time.as_secs_f64(),
        match built.memory {
            Some(bytes) => format!(" with {:.0} MB of memory", bytes as f64 / 1e6),
            None => String::new(),
        }
    );
    println!(
        "{:<22} {:>10} {:>11} {:>7}",
        "blocks", "stored", "raw", "files"
    );
    let blocks = summary["bytes"]["blocks"].as_object();
    for (kind, sum) in blocks.context("`samara inspect` tells of no blocks")? {
        println!(
            "  {kind:<20} {:>10} {:>11} {:>7}",
            sum["stored"], sum["raw"], sum["files"]
        );
    }
    let second = number(&summary["bytes"]["secondHalf"])?;
    println!("  {:<20} {second:>10}", "second half of engine");
    let all = number(&summary["bytes"]["index"])? + second;
    println!("  {:<20} {all:>10}", "all");
    if text <= COMPRESSED {
        let text = brotli(&samara::inspect(samara, &bundle)?, "text")?;
        println!(
            "all files / brotli(text) {:>8.2}",
            (frame + all) as f64 / text as f64
        );
    }

    println!(
        "{:<34} {:>10} {:>10} {:>8} {:>7}",
        "bytes, median (most)", "cards", "passages", "requests", "rounds"
    );
    let alone = |queries: &[String]| -> Result<Vec<Cost>> {
        let costs = queries.iter().map(|query| {
            let costs = costs(samara, &bundle, work, std::slice::from_ref(query))?;
            costs.into_iter().next().context("a query without a cost")
        });
        costs.collect()
    };
    let first = alone(&queries.first)?;
    let with_page: Vec<Cost> = first.iter().map(|cost| cost.and(frame)).collect();
    row("first, engine and scripts included", &with_page);
    row("misspelt, root included", &alone(&queries.misspelt)?);
    row("one letter, root included", &alone(&queries.letters)?);
    let visit = costs(samara, &bundle, work, &queries.visit)?;
    row("second and later", &visit[1..]);
    Ok(())
}

/// What a visitor waits for in Chromium: with the bundle in blocks that was measured, beside the same index in one module
/// and Pagefind's.
fn beside_pagefind(
    samara: &Path,
    name: &str,
    corpus: &Path,
    work: &Path,
    queries: &Queries,
) -> Result<()> {
    let chromium = browser::find_or_install()?.chromium;
    npm::install()?;
    let index = work.join("pagefind").join(name);
    clear(&index)?;
    let mut pagefind = Command::new(bench_build::pagefind()?);
    pagefind
        .arg("--site")
        .arg(corpus)
        .arg("--output-path")
        .arg(&index);
    process::run(pagefind.stdout(Stdio::null()), npm::REMEDY)?;
    let embedded = work.join("embedded").join(name);
    clear(&embedded)?;
    build(samara, corpus, &embedded, "embedded")?;
    let path = work.join("queries.json");
    let asked = serde_json::json!({"first": queries.first, "visit": queries.visit});
    fs::write(&path, asked.to_string())
        .with_context(|| format!("cannot write {}", path.display()))?;
    println!("\n{name} in Chromium, beside Pagefind in the same run:");
    let mut node = npm::node();
    node.arg("bench/network.mjs")
        .arg("--split")
        .arg(work.join("bundles").join(name))
        .arg("--embedded")
        .arg(&embedded)
        .arg("--pagefind")
        .arg(&index)
        .arg("--queries")
        .arg(&path)
        .env("CHROME", chromium);
    npm::run(&mut node)
}

/// What a page fetches for an answer, in bytes.
#[derive(Clone, Copy)]
struct Cost {
    /// Until the list of hits can be shown.
    cards: u64,
    /// Until it has its passages.
    passages: u64,
    requests: u64,
    rounds: u64,
}

impl Cost {
    fn of(rounds: &[Value]) -> Result<Self> {
        let mut cost = Self {
            cards: 0,
            passages: 0,
            requests: 0,
            rounds: rounds.len() as u64,
        };
        let listed = rounds
            .iter()
            .rposition(|round| round.get("cards").is_some());
        for (place, round) in rounds.iter().enumerate() {
            for (kind, of) in round.as_object().context("a round that is no object")? {
                let bytes = number(&of["bytes"])?;
                cost.passages += bytes;
                // Beside the last cards, these arrive for passages.
                let is_late = ["texts", "dictionary", "engine"].contains(&kind.as_str());
                if !(is_late && listed.is_some_and(|listed| listed <= place)) {
                    cost.cards += bytes;
                }
                cost.requests += number(&of["files"])?;
            }
        }
        Ok(cost)
    }

    fn and(self, bytes: u64) -> Self {
        Self {
            cards: self.cards + bytes,
            passages: self.passages + bytes,
            ..self
        }
    }
}

/// Bytes that a page fetches until the list of hits of each first query is there, and until their passages are, without engine
/// and scripts.
pub fn first_answers(
    samara: &Path,
    bundle: &Path,
    work: &Path,
    queries: &Queries,
) -> Result<Vec<(u64, u64)>> {
    let first = queries.first.iter().map(|query| {
        let costs = costs(samara, bundle, work, std::slice::from_ref(query))?;
        let cost = costs.first().context("a query without a cost")?;
        Ok((cost.cards, cost.passages))
    });
    first.collect()
}

/// What a page fetches for each of these queries, when it keeps what it fetched for those before.
fn costs(samara: &Path, bundle: &Path, work: &Path, queries: &[String]) -> Result<Vec<Cost>> {
    let path = work.join("queries.jsonl");
    let lines = queries.iter().enumerate().map(|(number, text)| {
        let id = number.to_string();
        format!("{}\n", serde_json::json!({"id": id, "text": text}))
    });
    fs::write(&path, lines.collect::<String>())
        .with_context(|| format!("cannot write {}", path.display()))?;
    let mut command = Command::new(samara);
    command
        .arg("search")
        .arg(bundle)
        .arg("--queries")
        .arg(&path)
        .arg("--cost");
    let said = process::output(&mut command, samara::REMEDY)?;
    said.lines()
        .map(|line| {
            let cost: Value = serde_json::from_str(line)?;
            Cost::of(cost["cost"].as_array().context("no cost")?)
        })
        .collect()
}

fn row(name: &str, costs: &[Cost]) {
    let median = |of: fn(&Cost) -> u64| {
        let mut all: Vec<u64> = costs.iter().map(of).collect();
        all.sort_unstable();
        (all[all.len() / 2], all[all.len() - 1])
    };
    let cells = [
        median(|cost| cost.cards),
        median(|cost| cost.passages),
        median(|cost| cost.requests),
        median(|cost| cost.rounds),
    ];
    let cells = cells.map(|(middle, most)| format!("{middle} ({most})"));
    println!("{name:<34} {}", cells.join("  "));
}

/// What a build took.
pub struct Built {
    pub time: Duration,
    /// The most that it held at once, where the system tells.
    pub memory: Option<u64>,
}

/// Builds a bundle of a layout.
pub fn build(samara: &Path, corpus: &Path, bundle: &Path, layout: &str) -> Result<Built> {
    let mut command = Command::new(samara);
    command.args(["build", "--quiet", "--layout", layout]);
    command.arg(corpus).arg("--output").arg(bundle);
    watched(&mut command)
}

/// Runs a build to its end.
pub fn watched(command: &mut Command) -> Result<Built> {
    let start = Instant::now();
    let mut child = command
        .stdout(Stdio::null())
        .spawn()
        .context(samara::REMEDY)?;
    let status = format!("/proc/{}/status", child.id());
    let mut memory = None;
    loop {
        if let Some(most) = fs::read_to_string(&status)
            .ok()
            .and_then(|text| peak(&text))
        {
            memory = Some(most);
        }
        match child.try_wait()? {
            Some(ended) if ended.success() => break,
            Some(ended) => bail!("{command:?} ended with {ended}"),
            None => thread::sleep(LOOK),
        }
    }
    Ok(Built {
        time: start.elapsed(),
        memory,
    })
}

/// The most memory that a process held, as Linux tells: `VmHWM:  1234 kB`.
fn peak(status: &str) -> Option<u64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes * 1024)
}

/// Deletes a folder with all that is in it.
pub fn clear(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot clear {}", folder.display()))?;
    }
    Ok(())
}

fn brotli(summary: &Value, key: &str) -> Result<u64> {
    let size = summary["compressed"][key]["brotli"].as_u64();
    size.with_context(|| format!("`samara inspect` tells no size of {key}"))
}

fn number(value: &Value) -> Result<u64> {
    value
        .as_u64()
        .with_context(|| format!("`samara` printed {value} where a number belongs"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_peak_of_memory_is_read() {
        let status = "Name:\tsamara\nVmPeak:\t  900 kB\nVmHWM:\t  512 kB\nVmRSS:\t 100 kB\n";
        assert_eq!(peak(status), Some(512 * 1024));
        assert_eq!(peak("Name:\tsamara\n"), None);
    }

    #[test]
    fn passages_come_after_the_cards() {
        let rounds = serde_json::json!([
            {"root": {"files": 1, "bytes": 10}},
            {"terms": {"files": 2, "bytes": 20}},
            {"cards": {"files": 3, "bytes": 30}, "texts": {"files": 4, "bytes": 40}, "engine": {"files": 1, "bytes": 7}},
        ]);
        let cost = Cost::of(rounds.as_array().unwrap()).unwrap().and(5);
        assert_eq!(
            [cost.cards, cost.passages, cost.requests, cost.rounds],
            [65, 112, 11, 3]
        );
        // Texts that are read for the list itself count for it.
        let rounds = serde_json::json!([
            {"root": {"files": 1, "bytes": 10}},
            {"texts": {"files": 4, "bytes": 40}, "engine": {"files": 1, "bytes": 7}},
            {"cards": {"files": 3, "bytes": 30}, "texts": {"files": 1, "bytes": 4}},
        ]);
        let cost = Cost::of(rounds.as_array().unwrap()).unwrap();
        assert_eq!([cost.cards, cost.passages], [87, 91]);
    }
}
