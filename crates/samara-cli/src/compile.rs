//! From paths to what a page loads of them.

use crate::bundle::blocks::BlockIndex;
use crate::bundle::kept::{self, Kept};
use crate::bundle::layout::Layout;
use crate::bundle::manifest::LeftOut;
use crate::bundle::payload::Payload;
use crate::bundle::read::Source;
use crate::bundle::split::Bounds;
use crate::bundle::{assets, contents, module, pagefind};
use crate::config::{Config, Size};
use crate::failure::Misuse;
use crate::finished::Finished;
use crate::output::{self, Talk};
use crate::progress::Progress;
use crate::texts::{self, TextKeys, Texts};
use crate::{corpus, expect, room, say, settings};
use anyhow::{Result, bail};
use samara_corpus::{Key, KnownText, Made, MarkedFields};
use samara_engine::{CodedText, Index, IndexWriter};
use std::collections::BTreeMap;

/// How many of the largest documents are named where a module is too large.
const LARGEST: usize = 5;

/// What a corpus came to.
pub struct Built {
    /// What a page loads of it.
    pub payload: Payload,
    /// A module that holds the index, for a page of its own beside an index in blocks.
    whole: Option<Vec<u8>>,
    /// Bytes of its index.
    pub index: usize,
    /// Number of documents.
    pub documents: usize,
    /// What became of the documents as a whole, for people.
    pub report: String,
    /// How many files there are, and how many of them the cache had.
    pub files: (usize, usize),
    /// What is not in it.
    pub left_out: LeftOut,
    /// Fields that pages mark for search.
    pub marked: MarkedFields,
    /// How many documents there are in each language.
    pub languages: BTreeMap<String, usize>,
}

impl Built {
    /// The module for a page of its own.
    pub fn with_index(&self) -> &[u8] {
        self.whole.as_deref().unwrap_or(&self.payload.module)
    }
}

/// How the documents of a build are read.
pub fn reading(config: &Config) -> samara_corpus::Options {
    samara_corpus::Options {
        outside: config.account.is_some(),
        memory: Some(room::of_pages(config)),
        ..config.reading()
    }
}

/// Makes sure that there is something to read.
pub fn named_paths(config: &Config) -> Result<()> {
    if config.paths.is_empty() {
        return Err(Misuse("name the folder of documents: samara build PATH -o DIR".into()).into());
    }
    Ok(())
}

/// From paths to what a page loads of them, which keeps what the owner expects of it.
pub fn compile(config: &Config, talk: Talk) -> Result<Built> {
    named_paths(config)?;
    let source = corpus::Source::of(&config.paths, &reading(config), None, talk)?;
    compile_source(config, source, talk)
}

/// The same of what was read before.
pub fn compile_source(config: &Config, source: corpus::Source, talk: Talk) -> Result<Built> {
    let files = (source.reading().counts().0, source.reading().known());
    let blocks = source.reading().beside("blocks", kept::STAMP);
    let progress = Progress::endless(talk, "Indexing");
    let mut languages = BTreeMap::new();
    let mut largest = Largest::default();
    let mut account = config.account.as_deref().map(corpus::Account::new);
    let options = reading(config);
    // What was dropped of a document, which an account names, and which lines it has, is known of its page alone.
    let asks_pages =
        config.account.is_some() || !options.keep.is_empty() || !options.drop.is_empty();
    let known = if cfg!(feature = "cache") && !asks_pages {
        source.reading().beside("texts", texts::STAMP)
    } else {
        None
    };
    let known = known.map(|records| Texts::of(records, config.base_url.as_deref()));
    let (known, lexicon) = known.unzip();
    let mut writer = IndexWriter::knowing(lexicon.unwrap_or_default());
    writer.lay_aside(room::of_index(config));
    let mut keys = TextKeys::default();
    let text = known.as_ref().map(|known| |key: &Key| known.get(key));
    let text = text.as_ref().map(|text| text as &KnownText);
    let documents = source.documents_but(&options, text, &mut |made| {
        let Made {
            mut document,
            outcome,
            key,
            text,
        } = made;
        if let Some(account) = &mut account {
            account.add(&document, &outcome);
        }
        if let Some(base) = &config.base_url {
            document.url = beneath(base, &document.url);
        }
        if let Some(language) = &document.language {
            *languages.entry(language.clone()).or_default() += 1;
        }
        let text = text.filter(|_| cfg!(feature = "cache")).map(CodedText::new);
        let size = text
            .as_ref()
            .map_or_else(|| document.length(), CodedText::length);
        largest.add(size, &document.id);
        match text {
            Some(text) => writer.add_coded(document, &text),
            None => writer.add(document),
        }
        if let Some(known) = &known {
            keys.push(key, known);
        }
    });
    drop(progress);
    let (mut report, marked) = documents?;
    let mut writer = if known.as_ref().is_some_and(Texts::are_scattered) {
        writer.close_anew()
    } else {
        writer.close()
    };
    let keys = known.map(|known| keys.keep(known, &writer, talk));
    let keys = keys.transpose()?;
    corpus::warn(&report, talk);
    if let Some(account) = account {
        account.finish(&report)?;
    }
    let left_out = LeftOut::of(&report);
    let summary = corpus::summary(&mut report);
    // What became of each document, which nobody asks any longer.
    drop(report);
    let progress = Progress::endless(talk, "Indexing");
    let count = writer.len();
    if !talk.quiet {
        for boost in settings::idle_boosts(config, writer.documents()) {
            say!(
                "warning: boost of {}: no document has this, so nothing counts for more or less; `samara clean` shows \
                 what documents have",
                output::printable(&boost)
            );
        }
    }
    if settings::is_recency_idle(config, writer.documents()) && !talk.quiet {
        say!("warning: recency: no document has a date, so nothing counts for more or less");
    }
    writer.set(settings::of(config, writer.urls())?);
    let (index, layout) = Finished::of(config, writer)?;
    let opened = index.open(|index| expect::check(index, &config.expect))?;
    let bounds = Bounds {
        files: config.max_files(),
        others: contents::FILES
            + usize::from(config.service_worker == Some(true))
            + match (config.pagefind, config.paths.first()) {
                (Some(true), Some(site)) => pagefind::count(site),
                _ => 0,
            },
        memory: room::of_blocks(config),
    };
    let blocks = blocks.filter(|_| layout == Layout::Split);
    let blocks_path = blocks.as_ref().map(|of| of.path().to_owned());
    let kept = blocks.map(|blocks| Kept::of(blocks, keys.unwrap_or_default()));
    let payload = Payload::new(layout, &index, opened, bounds, kept.as_ref())?;
    warn_of_synonyms(config, &index, &payload, talk)?;
    if let (Some(path), Some(kept), Some(packed)) = (&blocks_path, kept, &payload.blocks) {
        texts::warn(path, kept.keep(packed, count), talk);
    }
    drop(progress);
    let whole = match index.bytes() {
        Some(bytes) if layout == Layout::Split && config.page.is_some() => {
            Some(module::put_index(assets::WHOLE.module, bytes)?)
        }
        _ => None,
    };
    let module = payload.module.len();
    if let Some(Size(limit)) = config.max_size
        && module > limit
    {
        let (size, limit) = (output::bytes(module), output::bytes(limit));
        if layout == Layout::Split {
            bail!(
                "the engine has {size}, more than the {limit} of --max-size; beside an index in blocks it has this size \
                 whatever is indexed: raise --max-size, or leave it out"
            );
        }
        bail!(
            "the module has {size}, more than the {limit} of --max-size; the largest documents:\n  {}",
            largest.named().join("\n  ")
        );
    }
    Ok(Built {
        payload,
        whole,
        index: index.byte_len(),
        documents: count,
        report: summary,
        files,
        left_out,
        marked,
        languages,
    })
}

/// Names synonyms that lead to no page.
fn warn_of_synonyms(
    config: &Config,
    index: &Finished,
    payload: &Payload,
    talk: Talk,
) -> Result<()> {
    if config.synonyms.is_empty() || talk.quiet {
        return Ok(());
    }
    let idle = match (index.bytes(), &payload.blocks) {
        (_, Some(packed)) => {
            let blocks = BlockIndex::of(packed)?;
            settings::idle_synonyms(config, &Source::Blocks(&blocks))?
        }
        (Some(bytes), None) => {
            let index = Index::open(bytes)?;
            settings::idle_synonyms(config, &Source::Whole(Box::new(index)))?
        }
        (None, None) => Vec::new(),
    };
    for synonyms in idle {
        say!(
            "warning: synonyms {}: no document has the words that stand for others, so nothing more is found",
            output::printable(&synonyms)
        );
    }
    Ok(())
}

/// An address beneath another, unless it is whole by itself.
pub fn beneath(base: &str, url: &str) -> String {
    let scheme = url
        .split(['/', '?', '#'])
        .next()
        .unwrap_or_default()
        .contains(':');
    if scheme || url.starts_with("//") {
        return url.to_owned();
    }
    format!(
        "{}/{}",
        base.trim_end_matches('/'),
        url.trim_start_matches("./").trim_start_matches('/')
    )
}

/// The largest documents so far, and their bytes.
#[derive(Default)]
struct Largest {
    sizes: Vec<(usize, String)>,
}

impl Largest {
    fn add(&mut self, size: usize, id: &str) {
        let smallest = self.sizes.get(LARGEST - 1);
        if smallest.is_some_and(|(smallest, _)| size < *smallest) {
            return;
        }
        self.sizes.push((size, id.to_owned()));
        self.sizes
            .sort_by(|one, other| (other.0, &one.1).cmp(&(one.0, &other.1)));
        self.sizes.truncate(LARGEST);
    }

    fn named(&self) -> Vec<String> {
        let named = self.sizes.iter();
        named
            .map(|(size, id)| format!("{:>9} {}", output::bytes(*size), output::printable(id)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses_go_beneath_the_base() {
        for (base, url, expected) in [
            ("/docs", "a/b.html", "/docs/a/b.html"),
            ("/docs/", "/a.html", "/docs/a.html"),
            ("/docs/", "./", "/docs/"),
            (
                "https://example.org",
                "a.html#b:c",
                "https://example.org/a.html#b:c",
            ),
            (
                "/docs",
                "https://other.example/a",
                "https://other.example/a",
            ),
            ("/docs", "//other.example/a", "//other.example/a"),
        ] {
            assert_eq!(beneath(base, url), expected);
        }
    }
}
