//! Pagefind's own scenarios on the files that `samara build --pagefind` writes: how many of them work, and whether whatever
//! does not is argued.

use crate::{browser, process, workspace};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Where the suite can be started.
const PYTHON: &str =
    "install Python 3 with PyYAML (Debian, Ubuntu: `apt-get install python3-yaml`)";
/// Scenarios that differ, each with the reason, in a line.
const ARGUED: &str = include_str!("../pagefind/argued.tsv");
/// Verdicts of what cannot differ: there is nothing to compare, or Pagefind does not run it itself.
const NOT_COMPARED: [&str; 2] = ["n/a", "skipped"];
/// How many scenarios shall pass.
const GOAL: usize = 170;

/// A scenario's name and what became of it.
type Outcomes = BTreeMap<String, String>;

/// Runs the scenarios of a checkout of Pagefind by the suite in `folder`, on bundles of this layout.
///
/// # Errors
/// A scenario differs without a reason, or is said to differ and does not; too few pass.
pub fn run(samara: &Path, folder: &Path, checkout: &Path, layout: &str) -> Result<()> {
    let work = workspace::target().join("eval/pagefind").join(layout);
    fs::create_dir_all(&work).with_context(|| format!("cannot create {}", work.display()))?;
    let outcomes = work.join("outcomes.json");
    let checkout = checkout
        .canonicalize()
        .with_context(|| format!("--checkout {}", checkout.display()))?;
    let mut python = Command::new("python3");
    // The data may be read-only.
    python
        .arg("-B")
        .arg(workspace::path("crates/xtask/pagefind/scenarios.py"))
        .arg(folder.join("pfsuite.py"))
        .args([layout, "--", "--samara"])
        .arg(samara)
        .arg("--suite")
        .arg(checkout)
        .arg("--browser")
        .arg(browser::find_or_install()?.chromium)
        .arg("--work")
        .arg(work.join("sites"))
        .arg("--json")
        .arg(&outcomes);
    process::run(&mut python, PYTHON)?;
    let text = fs::read_to_string(&outcomes)
        .with_context(|| format!("cannot read {}", outcomes.display()))?;
    judge(&parse(&text)?, &argued(ARGUED)?)
}

fn parse(text: &str) -> Result<Outcomes> {
    let all: Vec<Value> = serde_json::from_str(text).context("outcomes of the suite")?;
    let one = |outcome: &Value| {
        let text = |name: &str| Some(outcome.get(name)?.as_str()?.to_owned());
        Some((text("scenario")?, text("verdict")?))
    };
    let all: Option<Outcomes> = all.iter().map(one).collect();
    all.context("an outcome of the suite has no scenario or no verdict")
}

/// Names of scenarios with the reasons why they differ.
fn argued(table: &str) -> Result<BTreeMap<&str, &str>> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    let lines = lines.map(|line| match line.split_once('\t') {
        Some((name, reason)) if !reason.trim().is_empty() => Ok((name, reason)),
        _ => bail!("crates/xtask/pagefind/argued.tsv: no reason in `{line}`"),
    });
    lines.collect()
}

fn judge(outcomes: &Outcomes, argued: &BTreeMap<&str, &str>) -> Result<()> {
    let of = |verdict: &str| outcomes.values().filter(|other| *other == verdict).count();
    let differing = outcomes
        .iter()
        .filter(|(_, verdict)| *verdict != "pass" && !NOT_COMPARED.contains(&verdict.as_str()));
    let differing: BTreeSet<&str> = differing.map(|(name, _)| name.as_str()).collect();
    let passing = of("pass");
    println!(
        "\n{passing} of {} scenarios pass, {} differ, {} have nothing to compare, {} are skipped by Pagefind",
        outcomes.len(),
        differing.len(),
        of(NOT_COMPARED[0]),
        of(NOT_COMPARED[1]),
    );
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for reason in differing.iter().filter_map(|name| argued.get(name)) {
        *reasons.entry(reason).or_default() += 1;
    }
    for (reason, count) in reasons {
        println!("{count:>4}  {reason}");
    }
    let mut faults = Vec::new();
    for name in differing {
        if !argued.contains_key(name) {
            faults.push(format!("{name} differs, and no reason is given"));
        }
    }
    for name in argued.keys() {
        if outcomes.get(*name).is_some_and(|verdict| verdict == "pass") {
            faults.push(format!("{name} passes: it needs no reason any longer"));
        }
    }
    if passing < GOAL {
        faults.push(format!("{passing} pass, fewer than {GOAL}"));
    }
    if faults.is_empty() {
        return Ok(());
    }
    bail!(
        "{}\nReasons stand in crates/xtask/pagefind/argued.tsv, and in docs/from-pagefind.md for people",
        faults.join("\n")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcomes(differing: &[(&str, &str)]) -> Outcomes {
        let passing = (0..GOAL).map(|number| (format!("a/{number}"), "pass".to_owned()));
        let differing = differing.iter();
        passing
            .chain(differing.map(|(name, verdict)| ((*name).to_owned(), (*verdict).to_owned())))
            .collect()
    }

    #[test]
    fn what_differs_needs_a_reason_and_what_does_not_must_not_have_one() {
        let reasons = argued("# name\treason\nb/1\tbecause\n").unwrap();
        assert!(
            judge(
                &outcomes(&[("b/1", "fail"), ("c", "n/a"), ("d", "skipped")]),
                &reasons
            )
            .is_ok()
        );
        for (differing, fault) in [
            (("b/2", "fail"), "b/2 differs"),
            (("b/2", "design"), "b/2 differs"),
            (("b/2", "unsupported"), "b/2 differs"),
            (("b/1", "pass"), "b/1 passes"),
        ] {
            let error = judge(&outcomes(&[differing]), &reasons)
                .unwrap_err()
                .to_string();
            assert!(error.contains(fault), "{error}");
        }
        assert!(judge(&Outcomes::new(), &reasons).is_err());
    }

    #[test]
    fn every_line_of_the_list_has_a_reason() {
        assert!(!argued(ARGUED).unwrap().is_empty());
        assert!(argued("b/1\t\n").is_err() && argued("b/1\n").is_err());
    }

    #[test]
    fn outcomes_are_names_and_verdicts() {
        let read = parse(r#"[{"scenario": "a/b", "verdict": "pass", "checks": 2}]"#).unwrap();
        assert_eq!(read, [("a/b".to_owned(), "pass".to_owned())].into());
        assert!(parse("[{}]").is_err());
    }
}
