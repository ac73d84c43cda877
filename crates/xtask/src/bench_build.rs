//! `cargo xtask bench-build`: what building a search takes beside Pagefind, and what a visitor downloads for it.
//!
//! Both build The Rust Book's HTML, on the same machine and in the same run, turn by turn.

use crate::build::Build;
use crate::samara::Profile;
use crate::{book, npm, process, samara, workspace};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How Samara is called.
const BUILD: [&str; 3] = ["build", "--layout", "embedded"];
/// The version of Pagefind that is compared with.
const PAGEFIND: &str = "1.6.0";
/// What engine, script, index and full text may weigh beside the text alone, both brotli of quality 11.
const DELIVERY_BUDGET: f64 = 1.18;
/// What a build may take beside Pagefind's.
const TIME_BUDGET: f64 = 1.0;

/// Times builds of The Rust Book beside Pagefind's, and weighs what a visitor downloads.
#[derive(Args)]
pub struct BenchBuild {
    /// How often each builds; the median counts.
    #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
}

impl BenchBuild {
    /// Measures, prints, and fails where a budget is exceeded.
    pub fn run(self) -> Result<()> {
        Build { corpus: None }.run()?;
        let samara = samara::build(Profile::Release)?;
        let pagefind = pagefind()?;
        let Some(book) = book::pages()? else {
            bail!("no corpus to build: {}", book::REMEDY);
        };
        let out = workspace::target().join("bench-build");
        let (own, other) = (out.join("samara"), out.join("pagefind"));

        let mut builds = [
            (
                "samara",
                command(&samara, &BUILD, &book, "--output", &own),
                Vec::new(),
            ),
            (
                "pagefind",
                command(&pagefind, &["--site"], &book, "--output-path", &other),
                Vec::new(),
            ),
        ];
        // Turn by turn, so that whatever else this machine does slows both down.
        for _ in 0..self.runs {
            for (_, command, times) in &mut builds {
                if out.exists() {
                    fs::remove_dir_all(&out)
                        .with_context(|| format!("cannot clear {}", out.display()))?;
                }
                times.push(timed(command)?);
            }
        }
        let [own_time, other_time] = builds.map(|(name, _, times)| {
            let [least, median, most] = spread(times);
            println!(
                "{name:<10} {:>7.0} ms   ({:.0} to {:.0})",
                milliseconds(median),
                milliseconds(least),
                milliseconds(most)
            );
            median
        });
        let time = own_time.as_secs_f64() / other_time.as_secs_f64();
        println!("{:<10} {time:>7.2}      budget {TIME_BUDGET:.2}", "ratio");

        timed(&mut command(&samara, &BUILD, &book, "--output", &own))?;
        let delivery = delivery(&samara, &own)?;
        println!(
            "{:<10} {delivery:>7.3}      budget {DELIVERY_BUDGET}: engine, script, index and full text beside the text alone, brotli 11",
            "download"
        );
        if time > TIME_BUDGET {
            bail!("a build takes longer than Pagefind's");
        }
        if delivery > DELIVERY_BUDGET {
            bail!("a visitor downloads more than the budget allows");
        }
        Ok(())
    }
}

fn command(program: &Path, words: &[&str], site: &Path, flag: &str, out: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(words).arg(site).arg(flag).arg(out);
    // Both say what they do; nobody reads it here.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn timed(command: &mut Command) -> Result<Duration> {
    let start = Instant::now();
    process::run(command, samara::REMEDY)?;
    Ok(start.elapsed())
}

/// The shortest, the median and the longest.
fn spread(mut times: Vec<Duration>) -> [Duration; 3] {
    times.sort_unstable();
    [times[0], times[times.len() / 2], times[times.len() - 1]]
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// What a visitor downloads, relative to the text alone.
fn delivery(samara: &Path, bundle: &Path) -> Result<f64> {
    let summary = samara::inspect(samara, bundle)?;
    let brotli = |thing: &str| {
        let size = summary["compressed"][thing]["brotli"].as_f64();
        size.with_context(|| format!("`samara inspect` tells no size of {thing}"))
    };
    Ok((brotli("script")? + brotli("module")?) / brotli("text")?)
}

/// Installs Pagefind from npm, whose package brings a program for this system, and returns the path of that.
fn pagefind() -> Result<PathBuf> {
    let folder = workspace::target().join("bench-pagefind");
    let packages = folder.join("node_modules/@pagefind");
    let found = || -> Option<PathBuf> {
        let entries = fs::read_dir(&packages).ok()?.filter_map(Result::ok);
        entries
            .map(|entry| entry.path().join("bin/pagefind_extended"))
            .find(|program| program.is_file())
    };
    if found().is_none() {
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
        npm::add(&folder, &format!("pagefind@{PAGEFIND}"))?;
    }
    found().context("the npm package of Pagefind brings no program for this system")
}
