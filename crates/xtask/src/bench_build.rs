//! `cargo xtask bench-build`: what building a search takes beside Pagefind, how fast pages are cleaned, and what a visitor
//! downloads.
//!
//! Both build the same HTML, on the same machine and in the same run, turn by turn.

use crate::build::Build;
use crate::pages::{self, Pages};
use crate::samara::Profile;
use crate::{apt, book, npm, process, samara, workspace};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How Samara is called: one module, whatever its size.
const BUILD: [&str; 3] = ["build", "--layout", "embedded"];
/// The version of Pagefind that is compared with.
const PAGEFIND: &str = "1.6.0";
/// What engine, script, index and full text may weigh beside the text alone, both brotli of quality 11.
const DELIVERY_BUDGET: f64 = 1.18;
/// What a build may take beside Pagefind's.
const TIME_BUDGET: f64 = 0.5;
/// Megabytes of pages without a region that one thread cleans in a second at least.
const SPEED_BUDGET: f64 = 4.0;
/// Pages without a region whose cleaning is timed.
const SPEED_PAGES: usize = 400;
/// What cleaning may take of memory, in megabytes, however many pages there are.
const MEMORY_BUDGET: f64 = 1000.0;
/// Python's manual, which is Sphinx's largest site that nearly everybody knows.
const PYTHON: (&str, &str) = ("python3.11-doc", "usr/share/doc/python3.11/html");

/// Times builds of The Rust Book, of thirteen Rust books and of Python's manual beside Pagefind's, and weighs what a visitor
/// of the first downloads.
#[derive(Args)]
pub struct BenchBuild {
    /// How often each builds; the median counts.
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// Also cleans so many generated pages, to see that memory is bounded: 100000 take some minutes.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pages: usize,
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
        let library = book::library()?.context(book::REMEDY)?;
        let sites = [
            ("The Rust Book", book.clone()),
            ("thirteen Rust books", library),
            ("Python's manual", python()?),
        ];
        let out = workspace::target().join("bench-build");
        let mut faults = Vec::new();
        println!(
            "{:<22}{:>10}{:>12}{:>8}   budget {TIME_BUDGET}",
            "build", "samara", "Pagefind", "ratio"
        );
        for (name, site) in &sites {
            let [own, other] = self.beside([&samara, &pagefind], site, &out)?;
            let ratio = own.as_secs_f64() / other.as_secs_f64();
            println!(
                "{name:<22}{:>7.0} ms{:>9.0} ms{ratio:>8.2}",
                milliseconds(own),
                milliseconds(other)
            );
            if ratio > TIME_BUDGET {
                faults.push(format!(
                    "{name}: a build takes {ratio:.2} of Pagefind's time"
                ));
            }
        }
        let speed = self.speed(&samara, &out)?;
        println!("pages without a region {speed:>7.1} MB/s a thread   budget {SPEED_BUDGET}");
        if speed < SPEED_BUDGET {
            faults.push("pages without a region are cleaned too slowly".to_string());
        }
        if self.pages > 0 {
            let (time, megabytes) = cleaned(&samara, self.pages, &out)?;
            println!(
                "{} pages cleaned in {:.1} s with {megabytes:.0} MB   budget {MEMORY_BUDGET} MB",
                self.pages,
                time.as_secs_f64()
            );
            if megabytes > MEMORY_BUDGET {
                faults.push("cleaning takes more memory than the budget allows".to_string());
            }
        }
        let bundle = out.join("samara");
        timed(&mut command(&samara, &BUILD, &book, "--output", &bundle))?;
        let delivery = delivery(&samara, &bundle)?;
        println!(
            "download {delivery:.3}   budget {DELIVERY_BUDGET}: engine, script, index and full text of The Rust Book beside its text alone, brotli 11"
        );
        if delivery > DELIVERY_BUDGET {
            faults.push("a visitor downloads more than the budget allows".to_string());
        }
        if !faults.is_empty() {
            bail!("{}", faults.join("\n"));
        }
        Ok(())
    }

    /// The median times of both programs, which build turn by turn, so that whatever else this machine does slows both down.
    fn beside(&self, programs: [&Path; 2], site: &Path, out: &Path) -> Result<[Duration; 2]> {
        let mut builds = [
            (
                command(programs[0], &BUILD, site, "--output", &out.join("samara")),
                Vec::new(),
            ),
            (
                command(
                    programs[1],
                    &["--site"],
                    site,
                    "--output-path",
                    &out.join("pagefind"),
                ),
                Vec::new(),
            ),
        ];
        for _ in 0..self.runs {
            for (command, times) in &mut builds {
                emptied(out)?;
                times.push(timed(command)?);
            }
        }
        Ok(builds.map(|(_, mut times)| {
            times.sort_unstable();
            times[times.len() / 2]
        }))
    }

    /// Megabytes that one thread cleans in a second of pages that do not name their content; the best run counts.
    fn speed(&self, samara: &Path, out: &Path) -> Result<f64> {
        emptied(out)?;
        let site = out.join("site");
        let bytes = pages::write(&site, SPEED_PAGES, Pages::Manual)?;
        let mut best = Duration::MAX;
        for _ in 0..self.runs {
            best = best.min(timed(&mut clean(samara, &site, &["--threads", "1"]))?);
        }
        Ok(bytes as f64 / 1e6 / best.as_secs_f64())
    }
}

/// How long cleaning so many pages takes, and how many megabytes of memory.
fn cleaned(samara: &Path, count: usize, out: &Path) -> Result<(Duration, f64)> {
    emptied(out)?;
    let site = out.join("site");
    pages::write(&site, count, Pages::Short)?;
    let start = Instant::now();
    let mut child = clean(samara, &site, &[])
        .spawn()
        .context("the command could not start")?;
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0.0_f64;
    let ended = loop {
        if let Ok(status) = fs::read_to_string(&status) {
            let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let peak = peak.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
            most = most.max(peak.unwrap_or(0.0) / 1e3);
        }
        if let Some(ended) = child.try_wait()? {
            break ended;
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    if !ended.success() {
        bail!("`samara clean` ended with {ended}");
    }
    if most == 0.0 {
        bail!("this system does not tell how much memory a program takes (Linux does)");
    }
    Ok((start.elapsed(), most))
}

fn clean(samara: &Path, site: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(samara);
    command.args(["clean", "--json"]).args(more).arg(site);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn emptied(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot clear {}", folder.display()))?;
    }
    Ok(())
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

/// The pages of Python's manual, unpacked from Debian's package.
pub fn python() -> Result<PathBuf> {
    let (package, inside) = PYTHON;
    apt::unpacked(package, &workspace::target().join("bench-python")).map(|root| root.join(inside))
}

/// Installs Pagefind from npm, whose package brings a program for this system, and returns the path of that.
pub fn pagefind() -> Result<PathBuf> {
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
        npm::add(&folder, &[&format!("pagefind@{PAGEFIND}")])?;
    }
    found().context("the npm package of Pagefind brings no program for this system")
}
