//! `samara search`: the answers that the browser would give.

use crate::bundle::read::{Bundle, Source};
use crate::cost::{self, Cost};
use crate::failure::{Misuse, Outcome};
use crate::numbers;
use crate::output;
use crate::say;
use anyhow::{Context, Result};
use clap::{ArgGroup, Args};
use samara_engine::{Answer, Condition, Hit, Options, Snippet, Sort};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Hits of one query unless told otherwise: in an answer, and in a run.
const LIMIT: usize = 10;
const RUN_LIMIT: usize = 100;

/// Searches a bundle and gives the same answers as the browser.
#[derive(Args)]
#[command(
    group(ArgGroup::new("form").args(["trec", "cost"])),
    after_help = "Examples:\n  samara search public/samara \"first steps\"\n  \
    samara search letters.html 'harvest -wheat' --json | jq '.hits[].url'\n  \
    samara search public/samara --queries queries.jsonl --trec > run.txt"
)]
pub struct Search {
    /// A folder, a .wasm or a single-file .html that `samara build` wrote.
    #[arg(value_name = "BUNDLE")]
    bundle: PathBuf,
    /// What a visitor would type.
    #[arg(
        required_unless_present = "queries",
        conflicts_with = "queries",
        allow_hyphen_values = true
    )]
    query: Option<String>,
    /// How many hits, at most; a page gets 1,000 [default: 10; 100 in a run].
    #[arg(long, value_name = "N", value_parser = numbers::from_zero, allow_negative_numbers = true)]
    limit: Option<usize>,
    /// How many hits to leave out at the front.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = numbers::from_zero, allow_negative_numbers = true)]
    offset: usize,
    /// Only documents with this value in a metadata field; several values of a field are alternatives.
    #[arg(long = "filter", value_name = "FIELD=VALUE", value_parser = parse_filter)]
    filters: Vec<(String, String)>,
    /// Order: a metadata field or title, with :desc for the last first.
    #[arg(long, value_name = "FIELD[:desc]", value_parser = parse_sort)]
    sort: Option<String>,
    /// Take misspelt words as they are.
    #[arg(long)]
    no_correct: bool,
    /// Take words as they are written: no other forms of them, no beginnings, no synonyms.
    #[arg(long)]
    exact: bool,
    /// Say what each part of the query adds to a hit's score.
    #[arg(long)]
    explain: bool,
    /// Say which files of a split bundle a page fetches for the answer, and how many bytes, round by round. With --queries
    /// one JSON object {"id", "cost"} a line, without what earlier ones have fetched.
    #[arg(long, conflicts_with = "trec")]
    cost: bool,
    /// One JSON object, as `search.query()` gives it in JavaScript.
    #[arg(long, conflicts_with = "trec")]
    json: bool,
    /// Queries in a file, one JSON object {"id", "text"} a line; - is standard input.
    #[arg(long, value_name = "FILE", requires = "form")]
    queries: Option<PathBuf>,
    /// Print a TREC run: query, Q0, document, rank, score, name, with tabs between them.
    #[arg(long, requires = "queries", conflicts_with = "query")]
    trec: bool,
    /// Say nothing but results and errors.
    #[arg(short, long)]
    quiet: bool,
}

/// A line of the file of queries.
#[derive(Deserialize)]
struct NumberedQuery {
    id: String,
    text: String,
}

/// An answer with the time it took, as it crosses to JavaScript.
#[derive(Serialize)]
struct TimedAnswer<'a> {
    #[serde(flatten)]
    answer: &'a Answer,
    /// Milliseconds.
    took: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    cost: Option<&'a Cost>,
}

impl Search {
    /// Opens the bundle, asks and prints.
    pub fn run(self) -> Result<Outcome> {
        let bundle = Bundle::read(&self.bundle)?;
        let index = bundle.source()?;
        self.tell_fields(&index)?;
        match (&self.query, &self.queries) {
            (Some(query), _) => self.answer(&index, query),
            (None, Some(queries)) => self.run_of(&index, queries),
            (None, None) => {
                Err(Misuse("name a query, or a file of them with --queries".into()).into())
            }
        }
    }

    /// Tells of fields that there are not, which filter everything out, or leave the order as it is.
    fn tell_fields(&self, index: &Source) -> Result<()> {
        let sort = self.sort.as_deref().and_then(Sort::parse);
        let sort = sort.map(|sort| sort.field);
        let sort = sort.iter().filter(|field| *field != "title");
        let filters = self.filters.iter().map(|(field, _)| field);
        let named = sort.map(|field| ("--sort", field));
        let named: Vec<_> = named.chain(filters.map(|of| ("--filter", of))).collect();
        if named.is_empty() || self.quiet {
            return Ok(());
        }
        let (known, _) = index.ask(|searcher| searcher.field_names().join(", "))?;
        for (flag, field) in named {
            if known.split(", ").all(|of| of != field) {
                say!(
                    "warning: {flag}: the index has no field `{}`; it has {}",
                    output::printable(field),
                    output::printable(&known)
                );
            }
        }
        Ok(())
    }

    fn answer(&self, index: &Source, query: &str) -> Result<Outcome> {
        let start = Instant::now();
        let options = self.options(LIMIT);
        let (answer, cost) = index.ask(|searcher| searcher.search(query, &options))?;
        let cost = cost::wanted(self.cost, cost)?;
        let took = start.elapsed().as_secs_f64() * 1e3;
        let mut out = output::results();
        if self.json {
            serde_json::to_writer(
                &mut out,
                &TimedAnswer {
                    answer: &answer,
                    took,
                    cost: cost.as_ref(),
                },
            )?;
            writeln!(out)?;
        } else {
            show(&mut out, &answer, self.offset)?;
            if let Some(cost) = &cost {
                cost.show(&mut out)?;
                out.flush()?;
            }
            if !self.quiet {
                say(&answer, took);
            }
        }
        out.flush()?;
        Ok(if answer.total == 0 {
            Outcome::Nothing
        } else {
            Outcome::Done
        })
    }

    /// Answers every query of a file. Near-duplicates follow the hit that stands for them, as its equals.
    fn run_of(&self, index: &Source, path: &Path) -> Result<Outcome> {
        let options = self.options(if self.cost { LIMIT } else { RUN_LIMIT });
        let mut out = output::results();
        for (number, line) in lines(path)?.enumerate() {
            let place = || format!("{}, line {}", path.display(), number + 1);
            let line = line.with_context(place)?;
            if line.trim().is_empty() {
                continue;
            }
            let query: NumberedQuery = serde_json::from_str(&line)
                .with_context(|| format!("{}: not an object {{\"id\", \"text\"}}", place()))?;
            let (answer, cost) = index.ask(|searcher| searcher.search(&query.text, &options))?;
            if let Some(cost) = cost::wanted(self.cost, cost)? {
                serde_json::to_writer(&mut out, &json!({"id": query.id, "cost": cost}))?;
                writeln!(out)?;
                continue;
            }
            let documents = answer.hits.iter().flat_map(|hit| {
                let duplicates = hit.duplicates.iter().map(|duplicate| &duplicate.id);
                std::iter::once(&hit.id)
                    .chain(duplicates)
                    .map(|id| (id, hit.score))
            });
            for (rank, (id, score)) in documents.take(options.limit).enumerate() {
                let (query, id) = (output::printable(&query.id), output::printable(id));
                writeln!(out, "{query}\tQ0\t{id}\t{}\t{score}\tsamara", rank + 1)?;
            }
        }
        out.flush()?;
        Ok(Outcome::Done)
    }

    fn options(&self, limit: usize) -> Options {
        let mut filters: Vec<(String, Vec<String>)> = Vec::new();
        for (field, value) in &self.filters {
            match filters.iter_mut().find(|(of, _)| of == field) {
                Some((_, values)) => values.push(value.clone()),
                None => filters.push((field.clone(), vec![value.clone()])),
            }
        }
        Options {
            limit: self.limit.unwrap_or(limit),
            offset: self.offset,
            filters: Condition::of_fields(&filters),
            sort: self.sort.as_deref().and_then(Sort::parse),
            correct: !self.no_correct,
            exact: self.exact,
            explain: self.explain,
            ..Options::default()
        }
    }
}

/// The lines of a file or of standard input.
pub fn lines(path: &Path) -> Result<Box<dyn Iterator<Item = io::Result<String>>>> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin().lines()));
    }
    let file = File::open(path).map_err(|error| {
        Misuse(match error.kind() {
            ErrorKind::NotFound => format!("{}: no such file; check the path", path.display()),
            _ => format!("{}: {error}", path.display()),
        })
    })?;
    Ok(Box::new(BufReader::new(file).lines()))
}

fn parse_sort(text: &str) -> Result<String, String> {
    match text.split_once(':') {
        None | Some((_, "asc" | "desc")) => Ok(text.to_owned()),
        _ => Err("write it as FIELD, FIELD:asc or FIELD:desc, such as date:desc".to_owned()),
    }
}

fn parse_filter(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((field, value)) if !field.is_empty() => Ok((field.to_owned(), value.to_owned())),
        _ => Err("write it as FIELD=VALUE, such as source=Yonhap".to_owned()),
    }
}

fn show(out: &mut impl Write, answer: &Answer, offset: usize) -> Result<()> {
    for (place, hit) in answer.hits.iter().enumerate() {
        show_hit(out, offset + place + 1, hit)?;
    }
    out.flush()?;
    Ok(())
}

/// What a person wants to know beside the hits.
fn say(answer: &Answer, took: f64) {
    let mut said = format!(
        "{} in {took:.1} ms",
        output::counted(answer.total as usize, "result")
    );
    if let Some(corrected) = &answer.corrected {
        said.push_str(&format!(" for {}", output::printable(&corrected.to)));
    }
    if let Some(offered) = &answer.offered {
        said.push_str(&format!(
            "; did you mean {}",
            output::printable(&offered.to)
        ));
    }
    for ignored in &answer.ignored {
        said.push_str(&format!(
            "; ignored {}: {}",
            output::printable(&ignored.text),
            ignored.reason
        ));
    }
    say!("{said}");
}

fn show_hit(out: &mut impl Write, place: usize, hit: &Hit) -> Result<()> {
    write!(out, "{place}. ")?;
    output::bold(out, &output::printable(&hit.title), output::colour())?;
    writeln!(out, "\n   {}", output::printable(&hit.url))?;
    if !hit.snippet.text.is_empty() {
        write!(out, "   ")?;
        show_snippet(out, &hit.snippet)?;
        writeln!(out)?;
    }
    for reason in hit.explanation.iter().flatten() {
        writeln!(
            out,
            "   {:>7.3} {}",
            f64::from(reason.score) / 1e3,
            output::printable(&reason.text)
        )?;
    }
    Ok(())
}

/// A snippet with its marks in bold. Marks count UTF-16 units, as JavaScript does.
fn show_snippet(out: &mut impl Write, snippet: &Snippet) -> Result<()> {
    let units: Vec<u16> = snippet.text.encode_utf16().collect();
    let text = |from: usize, to: usize| {
        let units = units
            .get(from.min(units.len())..to.min(units.len()))
            .unwrap_or_default();
        output::printable(&String::from_utf16_lossy(units))
    };
    let mut end = 0;
    for &(from, to) in &snippet.marks {
        write!(out, "{}", text(end, from as usize))?;
        output::bold(out, &text(from as usize, to as usize), output::colour())?;
        end = to as usize;
    }
    write!(out, "{}", text(end, units.len()))?;
    Ok(())
}
