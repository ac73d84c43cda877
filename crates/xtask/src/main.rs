//! Builds, serves, tests and measures this repository: `cargo xtask …`.
//!
//! One file per subcommand, arguments and execution together; beside them the tools they share:
//! [`workspace`] (where things lie), [`process`] (running programs), [`npm`], [`apt`] and [`browser`].
//! Knows nothing of search: it only calls what the other crates and `www/` offer.

mod apt;
mod bench;
mod bench_build;
mod bench_changes;
mod bench_large;
mod bench_pagefind;
mod bench_split;
mod bench_widget;
mod book;
mod browser;
mod build;
mod cleaning;
mod docs;
mod eval;
mod folder;
mod generators;
mod guides;
mod halves;
mod imports;
mod installed;
mod integrations;
mod known;
mod liveness;
mod locals;
mod mdbook;
mod module;
mod npm;
mod numbering;
mod package;
mod packages;
mod pages;
mod panics;
mod process;
mod release;
mod relevance;
mod samara;
mod scenarios;
mod serve;
mod size;
mod test;
mod wasi;
mod workspace;
mod zipf;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Builds, serves, tests and measures this repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Build(build::Build),
    Serve(serve::Serve),
    Test(test::Test),
    Size(size::Size),
    Bench(bench::Bench),
    BenchBuild(bench_build::BenchBuild),
    BenchSplit(bench_split::BenchSplit),
    BenchWidget(bench_widget::BenchWidget),
    BenchPagefind(bench_pagefind::BenchPagefind),
    BenchChanges(bench_changes::BenchChanges),
    BenchLarge(bench_large::BenchLarge),
    Eval(eval::Eval),
    Package(package::Package),
    Docs(docs::Docs),
    Wasi(wasi::Wasi),
    Release(release::Release),
    /// Builds the page that builds a search in the browser, into target/packages/page.
    Page,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Build(build) => build.run().map(|_| ()),
        Command::Serve(serve) => serve.run(),
        Command::Test(test) => test.run(),
        Command::Size(size) => size.run(),
        Command::Bench(bench) => bench.run(),
        Command::BenchBuild(bench) => bench.run(),
        Command::BenchSplit(bench) => bench.run(),
        Command::BenchWidget(bench) => bench.run(),
        Command::BenchPagefind(bench) => bench.run(),
        Command::BenchChanges(bench) => bench.run(),
        Command::BenchLarge(bench) => bench.run(),
        Command::Eval(eval) => eval.run(),
        Command::Package(package) => package.run(),
        Command::Docs(docs) => docs.run(),
        Command::Wasi(wasi) => wasi.run(),
        Command::Release(release) => release.run(),
        Command::Page => packages::page_alone(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
