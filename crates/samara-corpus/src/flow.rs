//! One file on its way through the rooms, in their order: bytes, format, facts, cleaning.

use std::collections::HashSet;
use std::fs;

use crate::cleaning::{self, rules::blobs};
use crate::error::Error;
use crate::facts::{address, entries, fields, language, page};
use crate::files::{File, Format, Lines, Stop, decode};
use crate::formats::json::{ENTRY, Entries};
use crate::formats::{feed, html, json, light, markdown, table, text};
use crate::kept::record;
use crate::options::Options;
use crate::page::Page;
use crate::report::{Note, Reason, Rule, Skip};
use crate::words::{drop_invisible, signature, tidy};

/// So many blocks of a page are asked for its language.
const TELLING: usize = 60;

/// Bytes that the entries of a file of JSON may take in memory, and how many more for each of the file's own: entries of a
/// letter each take a hundred times what they are written in.
const ALLOWANCE: usize = 1 << 28;
const TIMES: usize = 16;

/// What a file came to.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Read {
    /// Its pages, as they are kept: as bytes, which take a third of the memory.
    pub pages: Vec<Vec<u8>>,
    pub reasons: Vec<Reason>,
}

/// Pages of a file as its format gives them.
#[derive(Debug, Default)]
struct Found {
    pages: Vec<Page>,
    reasons: Vec<Reason>,
}

#[cfg(feature = "documents")]
impl Found {
    fn skipped(skip: Skip) -> Self {
        Self {
            pages: Vec::new(),
            reasons: vec![skip.into()],
        }
    }
}

impl Read {
    /// A file of which nothing is read.
    pub fn skipped(skip: Skip) -> Self {
        Self {
            pages: Vec::new(),
            reasons: vec![skip.into()],
        }
    }

    /// Adds a page with what every page needs, or why there is none.
    fn add(&mut self, mut page: Page, file: &File, options: &Options) {
        finish(&mut page, file, options);
        let notes = std::mem::take(&mut page.notes);
        self.reasons.extend(notes.into_iter().map(Reason::from));
        if page.is_empty() {
            let blobs =
                !page.dropped.is_empty() && page.dropped.iter().all(|d| d.rule == Rule::Blob);
            let skip = if blobs {
                Skip::OnlyBlobs
            } else {
                Skip::OnlyChrome
            };
            self.reasons.push(skip.into());
        } else {
            self.pages.push(record::encode(&page));
        }
    }
}

/// Reads the bytes of a file. Linear in them.
///
/// # Errors
/// JSON that is none.
pub(crate) fn read(file: &File, bytes: Vec<u8>, options: &Options) -> Result<Read, Error> {
    let allowance = ALLOWANCE + bytes.len() * TIMES;
    #[cfg(feature = "documents")]
    if let Some(entries) = packed(file, &bytes, allowance) {
        return Ok(finished(entries, file, options));
    }
    let (content, note) = match decode(bytes, file.format) {
        Ok(decoded) => decoded,
        Err(skip) => return Ok(Read::skipped(skip)),
    };
    let mut found = Found::default();
    found.reasons.extend(note.map(Reason::from));
    if content.trim().is_empty() {
        found.reasons.push(Skip::Empty.into());
        return Ok(Read {
            pages: Vec::new(),
            reasons: found.reasons,
        });
    }
    let pages = match file.format {
        Format::Text => Ok(vec![plain(&content, options)]),
        Format::Html => markup(&content, file, options).map(|page| vec![page]),
        Format::Markdown | Format::Mdx => markdown::read(&content, file.format).map(|mut page| {
            fields::settle(&mut page);
            fields::illustrate(&mut page, &file.name);
            vec![page]
        }),
        Format::Json | Format::JsonLines | Format::JsonScript => {
            if json::cost(&content, file.format) > allowance {
                Err(Skip::TooManyEntries)
            } else {
                let entries = json::read(&content, file.format);
                let entries = entries.map_err(|reason| Error::Malformed {
                    path: file.path.clone(),
                    reason,
                })?;
                Ok(listed(entries, &mut found.reasons))
            }
        }
        Format::Table => {
            let entries = table::read(&content, allowance / ENTRY);
            entries.map(|entries| listed(entries, &mut found.reasons))
        }
        Format::Feed => feed(&content, file, allowance / ENTRY, &mut found.reasons),
        Format::Asciidoc | Format::Restructured | Format::Org => {
            let mut page = light::read(&content, file.format);
            fields::settle(&mut page);
            Ok(vec![page])
        }
        // Their bytes are no text.
        #[cfg(feature = "documents")]
        Format::Mail | Format::Mailbox | Format::Epub | Format::Pdf => Err(Skip::Binary),
    };
    match pages {
        Ok(pages) => found.pages = pages,
        Err(skip) => {
            found.reasons.push(skip.into());
            return Ok(Read {
                pages: Vec::new(),
                reasons: found.reasons,
            });
        }
    }
    Ok(finished(found, file, options))
}

/// Reads a file of JSON Lines, an entry at a time; `None` where only the file as a whole tells how it is written. Linear in
/// its size, and what is kept is all that is held in memory.
///
/// # Errors
/// A file that cannot be read, JSON that is none.
pub(crate) fn read_lines(file: &File, options: &Options) -> Result<Option<Read>, Error> {
    let unreadable = |reason| Error::Unreadable {
        path: file.path.clone(),
        reason,
    };
    let size = fs::metadata(&file.path).map_err(unreadable)?.len();
    let allowance = ALLOWANCE + usize::try_from(size).unwrap_or(0) * TIMES;
    let (mut read, mut empty, mut number) = (Read::default(), 0, 0);
    // They are counted first: what is too much need not be understood.
    let mut lines = Lines::open(&file.path).map_err(unreadable)?;
    let mut cost = 0;
    loop {
        match lines.next_line() {
            Ok(Some(line)) => cost += ENTRY + line.len(),
            Ok(None) => break,
            Err(Stop::Encoded) => return Ok(None),
            Err(Stop::Unreadable(reason)) => return Err(unreadable(reason)),
            Err(Stop::Skipped(skip)) => return Ok(Some(Read::skipped(skip))),
        }
        if cost > allowance {
            return Ok(Some(Read::skipped(Skip::TooManyEntries)));
        }
    }
    let mut lines = Lines::open(&file.path).map_err(unreadable)?;
    while let Ok(Some(line)) = lines.next_line() {
        number += 1;
        let entry = json::line(line, number).map_err(|reason| Error::Malformed {
            path: file.path.clone(),
            reason,
        })?;
        let Some(entry) = entry else { continue };
        match entries::described(entry) {
            Some(page) => read.add(page, file, options),
            None => empty += 1,
        }
    }
    if empty > 0 && !read.pages.is_empty() {
        read.reasons.push(Skip::EmptyEntries(empty).into());
    }
    if read.pages.is_empty() && read.reasons.is_empty() {
        let skip = if empty > 0 {
            Skip::NoDocuments
        } else {
            Skip::Empty
        };
        read.reasons.push(skip.into());
    }
    Ok(Some(read))
}

/// Letters, books and PDF, which are no text as a whole.
#[cfg(feature = "documents")]
fn packed(file: &File, bytes: &[u8], allowance: usize) -> Option<Found> {
    use crate::files::{most_unpacked, unpack};
    use crate::formats::{epub, mail};

    if !matches!(
        file.format,
        Format::Mail | Format::Mailbox | Format::Epub | Format::Pdf
    ) {
        return None;
    }
    if file.format == Format::Pdf {
        let page = unpack(bytes.to_vec()).and_then(|bytes| match bytes.trim_ascii() {
            [] => Err(Skip::Empty),
            #[cfg(feature = "pdf")]
            _ => crate::formats::pdf::read(&bytes, most_unpacked(bytes.len())),
            #[cfg(not(feature = "pdf"))]
            _ => Err(Skip::NoReader),
        });
        return Some(page.map_or_else(Found::skipped, |mut page| {
            fields::settle(&mut page);
            Found {
                pages: vec![page],
                reasons: Vec::new(),
            }
        }));
    }
    let entries = unpack(bytes.to_vec()).and_then(|bytes| match file.format {
        _ if bytes.trim_ascii().is_empty() => Err(Skip::Empty),
        Format::Epub => epub::read(&bytes, most_unpacked(bytes.len())),
        Format::Mailbox => mail::read_all(&bytes, allowance / ENTRY),
        _ => Ok(mail::read(&bytes)),
    });
    let mut read = Found::default();
    match entries {
        Ok(entries) => read.pages = listed(entries, &mut read.reasons),
        Err(skip) => read.reasons.push(skip.into()),
    }
    Some(read)
}

/// A file with what every page needs, and a reason for whatever it does not hold.
fn finished(found: Found, file: &File, options: &Options) -> Read {
    let Found { pages, mut reasons } = found;
    if pages.is_empty() && reasons.iter().all(|reason| !reason.is_skip()) {
        reasons.push(Skip::NoDocuments.into());
    }
    let mut read = Read {
        pages: Vec::new(),
        reasons,
    };
    for page in pages {
        read.add(page, file, options);
    }
    read
}

fn plain(content: &str, options: &Options) -> Page {
    text::long(content).unwrap_or_else(|| cleaning::lines::clean(text::split(content), options))
}

fn markup(content: &str, file: &File, options: &Options) -> Result<Page, Skip> {
    // They are looked at before any file is read.
    let selectors = html::Selectors::parse(options).unwrap_or_default();
    let markup = html::read(content, &file.name, &selectors)?;
    let mut facts = page::collect(&markup.dom);
    facts.find_image(&markup, &file.name, options.pagefind);
    if !options.pagefind {
        facts.image_alt = None;
    }
    cleaning::markup::clean(&markup, facts, options)
}

fn feed(
    content: &str,
    file: &File,
    most: usize,
    reasons: &mut Vec<Reason>,
) -> Result<Vec<Page>, Skip> {
    let feed = feed::read(content, most)?.ok_or_else(|| Skip::unread(&file.name))?;
    if let Some(fault) = &feed.fault {
        let fault = fault.clone();
        reasons.push(Note::Xml { fault }.into());
    }
    if feed.drafts > 0 {
        reasons.push(Skip::Drafts(feed.drafts).into());
    }
    Ok(listed(feed.entries(), reasons))
}

fn listed(entries: Entries, reasons: &mut Vec<Reason>) -> Vec<Page> {
    let documents = entries::settle(entries);
    if documents.skipped > 0 && !documents.pages.is_empty() {
        reasons.push(Skip::EmptyEntries(documents.skipped).into());
    }
    documents.pages
}

/// What every page needs, whatever it was read from.
fn finish(page: &mut Page, file: &File, options: &Options) {
    page.path.clone_from(&file.name);
    if let Some(number) = page.id.as_deref().and_then(|id| id.strip_prefix('#')) {
        let id = format!("{}#{number}", address::of_path(&file.name));
        page.url.get_or_insert_with(|| id.clone());
        page.id = Some(id);
    }
    for values in page.meta.values_mut() {
        let mut seen = HashSet::new();
        values.retain(|value| seen.insert(value.clone()));
    }
    page.title = tidy(&page.title);
    if page.title.is_empty() && !page.blocks.is_empty() && !file.format.may_be_data() {
        page.title = address::name_of(&file.name).unwrap_or_default().to_string();
    }
    for block in &mut page.blocks {
        drop_invisible(&mut block.text);
    }
    page.blocks.retain(|block| !block.text.trim().is_empty());
    blobs::drop_blobs(page);
    page.shrink();
    page.signature = signature(page.texts());
    page.number_short_blocks();
    if let Some(language) = &options.force_language {
        page.language = language::of(language);
        let code = page.language.iter().cloned().collect();
        page.meta.insert("lang".to_string(), code);
    }
    if page.language.is_none() {
        let texts: Vec<&str> = page.texts().take(TELLING).collect();
        page.language = language::guess(&texts.join("\n"));
    }
}
