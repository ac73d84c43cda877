//! `cargo xtask bench-large`: how time, memory, files and the bytes of a first answer grow with a site.

use crate::bench_build::pagefind;
use crate::bench_split::{Built, Queries, build, clear, first_answers, frame, watched};
use crate::build::Build;
use crate::{samara, workspace, zipf};
use anyhow::{Context, Result};
use clap::Args;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds generated sites of several sizes, prints what that takes, and draws it.
#[derive(Args)]
pub struct BenchLarge {
    /// Numbers of pages; 100000 take some minutes and 2 GB of disk.
    #[arg(long, value_name = "N", value_delimiter = ',', default_value = "1000,10000,100000",
        value_parser = clap::value_parser!(u32).range(1..))]
    pages: Vec<u32>,
    /// Of more pages, no index of Pagefind's is built beside: 50000 take it 11 GB of memory.
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    pagefind: u32,
    /// Draw the curves into this file.
    #[arg(long, value_name = "FILE")]
    picture: Option<PathBuf>,
}

/// What a site of one size came to.
struct Row {
    pages: f64,
    /// Seconds and megabytes of builds.
    embedded: (f64, f64),
    split: (f64, f64),
    /// Nothing where it was not asked.
    pagefind: (f64, f64),
    files: f64,
    /// Kilobytes until the list of hits is there, and until their passages are, engine and scripts included.
    first: f64,
    passages: f64,
}

impl BenchLarge {
    /// Measures, prints and draws.
    ///
    /// # Errors
    /// A build fails.
    pub fn run(self) -> Result<()> {
        Build { corpus: None }.run()?;
        let samara = samara::build(samara::Profile::Release)?;
        let work = workspace::target().join("bench-large");
        fs::create_dir_all(&work).with_context(|| format!("cannot create {}", work.display()))?;
        let frame = frame(&samara, &work)?;
        println!(
            "{:>9} {:>12} {:>8} {:>12} {:>8} {:>12} {:>8} {:>8} {:>10} {:>13}",
            "pages",
            "embedded, s",
            "MB",
            "split, s",
            "MB",
            "Pagefind, s",
            "MB",
            "files",
            "first, kB",
            "passages, kB"
        );
        let mut rows = Vec::new();
        for &pages in &self.pages {
            let row = measure(&samara, &work, frame, pages, pages <= self.pagefind)?;
            println!(
                "{:>9} {:>12.1} {:>8.0} {:>12.1} {:>8.0} {:>12.1} {:>8.0} {:>8.0} {:>10.0} {:>13.0}",
                pages,
                row.embedded.0,
                row.embedded.1,
                row.split.0,
                row.split.1,
                row.pagefind.0,
                row.pagefind.1,
                row.files,
                row.first,
                row.passages
            );
            rows.push(row);
        }
        if let Some(path) = self.picture {
            fs::write(&path, picture(&rows))
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
        Ok(())
    }
}

fn measure(samara: &Path, work: &Path, frame: u64, pages: u32, is_beside: bool) -> Result<Row> {
    let (site, bundle) = (work.join("site"), work.join("bundle"));
    clear(&site)?;
    zipf::write(&site, pages)?;
    clear(&bundle)?;
    let embedded = build(samara, &site, &bundle, "embedded")?;
    clear(&bundle)?;
    let split = build(samara, &site, &bundle, "split")?;
    let files = fs::read_dir(&bundle)?.count() + fs::read_dir(bundle.join("blocks"))?.count() - 1;
    let first = first_answers(samara, &bundle, work, &Queries::of_generated())?;
    let (lists, passages): (Vec<u64>, Vec<u64>) = first.into_iter().unzip();
    let kilobytes = |bytes| (frame + median(bytes)) as f64 / 1e3;
    clear(&bundle)?;
    let beside = if is_beside {
        let mut command = Command::new(pagefind()?);
        command.arg("--site").arg(&site).arg("--output-path");
        Some(watched(command.arg(&bundle))?)
    } else {
        None
    };
    clear(&site)?;
    clear(&bundle)?;
    let of = |built: Built| {
        let memory = built.memory.unwrap_or_default() as f64 / 1e6;
        (built.time.as_secs_f64(), memory)
    };
    Ok(Row {
        pages: f64::from(pages),
        embedded: of(embedded),
        split: of(split),
        pagefind: beside.map_or((0.0, 0.0), of),
        files: files as f64,
        first: kilobytes(lists),
        passages: kilobytes(passages),
    })
}

/// The one in the middle, 0 where there is none.
fn median(mut values: Vec<u64>) -> u64 {
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// Width and height of a panel, and what lies between two.
const PANEL: (f64, f64) = (260.0, 180.0);
const GAP: f64 = 60.0;

/// A curve: its name, its colour, and what it says of a row.
type Curve = (&'static str, &'static str, fn(&Row) -> f64);

/// The curves as SVG, both axes logarithmic.
fn picture(rows: &[Row]) -> String {
    let panels: [(&str, &[Curve]); 4] = [
        (
            "seconds of a build",
            &[
                ("embedded", "#b45309", |row| row.embedded.0),
                ("split", "#1d4ed8", |row| row.split.0),
                ("Pagefind", "#4d7c0f", |row| row.pagefind.0),
            ],
        ),
        (
            "MB of memory",
            &[
                ("embedded", "#b45309", |row| row.embedded.1),
                ("split", "#1d4ed8", |row| row.split.1),
                ("Pagefind", "#4d7c0f", |row| row.pagefind.1),
            ],
        ),
        ("files (split)", &[("", "#1d4ed8", |row| row.files)]),
        (
            "kB to a first answer (split)",
            &[
                ("list", "#1d4ed8", |row| row.first),
                ("passages", "#7e22ce", |row| row.passages),
            ],
        ),
    ];
    let (width, height) = (2.0 * (PANEL.0 + GAP) + GAP, 2.0 * (PANEL.1 + 1.5 * GAP));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" \
         font-size=\"11\">\n<rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n"
    );
    for (number, (title, curves)) in panels.iter().enumerate() {
        let left = GAP + (number % 2) as f64 * (PANEL.0 + GAP);
        let top = GAP + (number / 2) as f64 * (PANEL.1 + 1.2 * GAP);
        panel(&mut svg, (left, top), title, curves, rows);
    }
    svg.push_str("</svg>\n");
    svg
}

fn panel(svg: &mut String, (left, top): (f64, f64), title: &str, curves: &[Curve], rows: &[Row]) {
    let values = || {
        let all = curves.iter();
        all.flat_map(|(_, _, of)| rows.iter().map(of))
            .filter(|value| *value > 0.0)
    };
    let (low, high) = decades(values());
    let (first, last) = decades(rows.iter().map(|row| row.pages));
    let x = |pages: f64| left + PANEL.0 * (pages.log10() - first) / (last - first);
    let y = |value: f64| top + PANEL.1 * (1.0 - (value.log10() - low) / (high - low));
    // Writing to a string does not fail.
    let _ = writeln!(
        svg,
        "<text x=\"{left}\" y=\"{}\" font-size=\"13\">{title}</text>",
        top - 12.0
    );
    let mut decade = low;
    while decade <= high {
        let (at, value) = (y(10f64.powf(decade)), 10f64.powf(decade));
        let _ = writeln!(
            svg,
            "<path d=\"M{left} {at}h{}\" stroke=\"#ddd\"/><text x=\"{}\" y=\"{}\" text-anchor=\"end\">{value}</text>",
            PANEL.0,
            left - 5.0,
            at + 4.0
        );
        decade += 1.0;
    }
    for row in rows {
        let _ = writeln!(
            svg,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
            x(row.pages),
            top + PANEL.1 + 16.0,
            row.pages
        );
    }
    for (number, (name, colour, of)) in curves.iter().enumerate() {
        let points: Vec<String> = rows
            .iter()
            .filter(|row| of(row) > 0.0)
            .map(|row| format!("{:.1},{:.1}", x(row.pages), y(of(row))))
            .collect();
        let _ = writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
            points.join(" ")
        );
        for row in rows.iter().filter(|row| of(row) > 0.0) {
            let _ = writeln!(
                svg,
                "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"3\" fill=\"{colour}\"/>",
                x(row.pages),
                y(of(row))
            );
        }
        if let Some(row) = rows.iter().rfind(|row| of(row) > 0.0) {
            let _ = writeln!(
                svg,
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"{colour}\">{name}</text>",
                x(row.pages) - 6.0,
                // The first curve is the lowest one, and named beneath.
                y(of(row).max(10f64.powf(low))) + if number == 0 { 34.0 } else { -6.0 }
            );
        }
    }
}

/// The powers of ten around values; one apart at least.
fn decades(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) = values.fold((f64::MAX, f64::MIN), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    if low > high {
        return (0.0, 1.0);
    }
    let low = low.log10().floor();
    (low, high.log10().ceil().max(low + 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_ten_hold_the_values() {
        assert_eq!(decades([3.0, 70.0].into_iter()), (0.0, 2.0));
        assert_eq!(decades([100.0].into_iter()), (2.0, 3.0));
        assert_eq!(decades([].into_iter()), (0.0, 1.0));
    }

    #[test]
    fn a_picture_has_a_point_for_each_size() {
        let row = |pages: f64| Row {
            pages,
            embedded: (pages / 100.0, pages / 10.0),
            split: (pages / 50.0, pages / 9.0),
            pagefind: if pages < 5e3 {
                (pages / 20.0, pages)
            } else {
                (0.0, 0.0)
            },
            files: pages,
            first: 90.0,
            passages: 120.0,
        };
        let svg = picture(&[row(1e3), row(1e4)]);
        assert_eq!(svg.matches("<circle").count(), 2 * 7 + 2);
        assert!(!svg.contains("NaN") && !svg.contains("inf"));
    }
}
