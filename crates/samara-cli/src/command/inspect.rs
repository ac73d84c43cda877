//! `samara inspect`: what a bundle holds.

#[cfg(feature = "brotli")]
use crate::bundle::assets;
use crate::bundle::blocks::Sum;
use crate::bundle::manifest::{LeftOut, Manifest};
use crate::bundle::module;
use crate::bundle::read::{Bundle, Held};
#[cfg(feature = "brotli")]
use crate::compressed::{BEST, Sizes};
use crate::failure::Outcome;
use crate::output;
use anyhow::{Context, Result};
use clap::Args;
use samara_engine::{BlockKind, Index};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

/// How many of the largest documents are named.
const LARGEST: usize = 10;

/// Shows what a bundle holds: bytes by section, documents, terms, the largest documents.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  samara inspect public/samara\n  samara inspect --json letters.html"
)]
pub struct Inspect {
    /// A folder, a .wasm or a single-file .html that `samara build` wrote.
    #[arg(value_name = "BUNDLE")]
    bundle: PathBuf,
    #[cfg(feature = "brotli")]
    /// Also compress everything as hosts do, to tell what visitors download; takes a while.
    #[arg(long)]
    compressed: bool,
    /// One JSON object.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Summary {
    #[serde(skip_serializing_if = "Option::is_none")]
    build: Option<String>,
    documents: u32,
    terms: u32,
    words: u32,
    bytes: Bytes,
    #[cfg(feature = "brotli")]
    #[serde(skip_serializing_if = "Option::is_none")]
    compressed: Option<Compressed>,
    largest: Vec<Large>,
    #[serde(rename = "leftOut", skip_serializing_if = "Option::is_none")]
    left_out: Option<LeftOut>,
}

#[derive(Serialize)]
struct Bytes {
    module: usize,
    /// Of the split layout, the second half of the module as it is stored.
    #[serde(rename = "secondHalf", skip_serializing_if = "Option::is_none")]
    second: Option<usize>,
    /// As it is stored.
    index: usize,
    /// Of an index in one piece.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    sections: BTreeMap<&'static str, u32>,
    /// Of the split layout, by kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    blocks: Option<BTreeMap<&'static str, Sum>>,
    /// Titles, headings and text of all documents, joined by newlines.
    text: usize,
    /// What opening adds in memory.
    postings: u32,
}

#[cfg(feature = "brotli")]
#[derive(Serialize)]
struct Compressed {
    /// The script that every page loads.
    script: Sizes,
    /// The script that follows when somebody searches.
    search: Sizes,
    /// The script that follows that one where a search needs it.
    extras: Sizes,
    /// The module without an index.
    engine: Sizes,
    module: Sizes,
    index: Sizes,
    text: Sizes,
}

#[derive(Serialize)]
struct Large {
    id: String,
    title: String,
    text: usize,
}

impl Inspect {
    /// Reads the bundle and prints.
    pub fn run(self) -> Result<Outcome> {
        let bundle = Bundle::read(&self.bundle)?;
        let (mut summary, text) = match &bundle.index {
            Held::Whole(bytes) => {
                let index =
                    Index::open(bytes).with_context(|| bundle.path.display().to_string())?;
                summarise(&bundle, &index, bytes.len(), None)
            }
            Held::Blocks(blocks) => {
                let all = blocks.all()?;
                let index = all
                    .index()
                    .with_context(|| blocks.folder().display().to_string())?;
                let mut sums = all.sums();
                let second = sums.remove(BlockKind::Engine.name());
                let stored = sums.values().map(|sum| sum.stored).sum();
                let (mut summary, text) = summarise(&bundle, &index, stored, Some(sums));
                summary.bytes.second = second.map(|sum| sum.stored);
                (summary, text)
            }
        };
        #[cfg(feature = "brotli")]
        if self.compressed {
            summary.compressed = Some(compress(&bundle, summary.bytes.index, &text)?);
        }
        drop(text);
        // Only a folder says what is not in it.
        if self.bundle.is_dir() {
            summary.left_out = Manifest::read(&self.bundle)?.map(|manifest| manifest.left_out);
        }
        let mut out = output::results();
        if self.json {
            serde_json::to_writer(&mut out, &summary)?;
            writeln!(out)?;
        } else {
            show(&mut out, &summary)?;
        }
        out.flush()?;
        Ok(Outcome::Done)
    }
}

/// What there is to say, and the text of all documents. `size` is that of the index as it is stored, and `blocks` are what
/// it consists of where it is in blocks.
fn summarise(
    bundle: &Bundle,
    index: &Index,
    size: usize,
    blocks: Option<BTreeMap<&'static str, Sum>>,
) -> (Summary, String) {
    let statistics = index.statistics();
    let mut text = String::new();
    let mut largest = Vec::new();
    for document in index.documents() {
        let plain = document.plain_text();
        largest.push(Large {
            id: document.id,
            title: document.title,
            text: plain.len(),
        });
        text.push_str(&plain);
        text.push('\n');
    }
    largest.sort_by_key(|document| std::cmp::Reverse(document.text));
    largest.truncate(LARGEST);
    let summary = Summary {
        build: module::custom_section(&bundle.module, "samara-build"),
        documents: statistics.documents,
        terms: statistics.terms,
        words: statistics.words,
        #[cfg(feature = "brotli")]
        compressed: None,
        bytes: Bytes {
            module: bundle.module.len(),
            second: None,
            index: size,
            sections: match &blocks {
                None => statistics.sections.into_iter().collect(),
                Some(_) => BTreeMap::new(),
            },
            blocks,
            text: text.len(),
            postings: statistics.postings,
        },
        largest,
        left_out: None,
    };
    (summary, text)
}

#[cfg(feature = "brotli")]
fn compress(bundle: &Bundle, size: usize, text: &str) -> Result<Compressed> {
    // Blocks are sent as they are stored.
    let (engine, index, stored) = match &bundle.index {
        Held::Whole(bytes) => (assets::WHOLE, bytes.as_slice(), None),
        Held::Blocks(_) => (assets::SPLIT, &[][..], Some(Sizes::as_they_are(size))),
    };
    let things = [
        engine.script.as_bytes(),
        engine.search.as_bytes(),
        engine.extras.as_bytes(),
        engine.module,
        &bundle.module,
        index,
        text.as_bytes(),
    ];
    let sizes = Sizes::of_all(&things, BEST)?;
    let [script, search, extras, engine, module, index, text] = sizes[..] else {
        unreachable!("as many sizes as things")
    };
    let index = stored.unwrap_or(index);
    Ok(Compressed {
        script,
        search,
        extras,
        engine,
        module,
        index,
        text,
    })
}

fn show(out: &mut impl Write, summary: &Summary) -> Result<()> {
    let Summary {
        documents,
        terms,
        words,
        bytes,
        ..
    } = summary;
    writeln!(
        out,
        "{}, {words} words, {terms} different ones",
        output::counted(*documents as usize, "document")
    )?;
    writeln!(out, "{:<12} {:>10}", "module", output::bytes(bytes.module))?;
    if let Some(second) = bytes.second {
        writeln!(out, "{:<12} {:>10}", "second half", output::bytes(second))?;
    }
    writeln!(out, "{:<12} {:>10}", "index", output::bytes(bytes.index))?;
    for (section, &count) in &bytes.sections {
        writeln!(out, "  {section:<10} {:>10}", output::bytes(count as usize))?;
    }
    if let Some(blocks) = &bytes.blocks {
        writeln!(
            out,
            "  {:<10} {:>10} {:>10} {:>6}",
            "kind", "stored", "raw", "files"
        )?;
        for (kind, sum) in blocks {
            let [stored, raw] = [sum.stored, sum.raw].map(output::bytes);
            writeln!(out, "  {kind:<10} {stored:>10} {raw:>10} {:>6}", sum.files)?;
        }
    }
    writeln!(out, "{:<12} {:>10}", "text", output::bytes(bytes.text))?;
    if bytes.blocks.is_none() {
        writeln!(
            out,
            "{:<12} {:>10}  in memory, when opened",
            "postings",
            output::bytes(bytes.postings as usize)
        )?;
    }
    #[cfg(feature = "brotli")]
    if let Some(compressed) = &summary.compressed {
        show_compressed(out, compressed)?;
    }
    writeln!(out, "largest documents")?;
    for document in &summary.largest {
        writeln!(
            out,
            "  {:>10}  {}",
            output::bytes(document.text),
            output::printable(&document.id)
        )?;
    }
    if let Some(left_out) = &summary.left_out
        && !left_out.is_empty()
    {
        show_left_out(out, left_out)?;
    }
    Ok(())
}

fn show_left_out(out: &mut impl Write, left_out: &LeftOut) -> Result<()> {
    writeln!(out, "left out")?;
    for (rule, &words) in &left_out.words {
        writeln!(out, "  {:>10}  {rule}", output::counted(words, "word"))?;
    }
    for (reason, &files) in &left_out.files {
        writeln!(
            out,
            "  {:>10}  {}",
            output::counted(files, "file"),
            output::printable(reason)
        )?;
    }
    Ok(())
}

#[cfg(feature = "brotli")]
fn show_compressed(out: &mut impl Write, compressed: &Compressed) -> Result<()> {
    let Compressed {
        script,
        search,
        extras,
        engine,
        module,
        index,
        text,
    } = compressed;
    writeln!(
        out,
        "{:<12} {:>10} {:>10} {:>10}",
        "as sent", "raw", "gzip", "brotli"
    )?;
    for (name, sizes) in [
        ("script", script),
        ("search", search),
        ("extras", extras),
        ("engine", engine),
        ("index", index),
        ("engine+index", module),
        ("text alone", text),
    ] {
        let [raw, gzip, brotli] = [sizes.raw, sizes.gzip, sizes.brotli].map(output::bytes);
        writeln!(out, "{name:<12} {raw:>10} {gzip:>10} {brotli:>10}")?;
    }
    Ok(())
}
