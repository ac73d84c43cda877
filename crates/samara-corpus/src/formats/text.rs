//! Plain text: a page as a list of lines, each with what is asked of it later.

use crate::page::{Block, Page, Region};
use crate::report::Rule;
use crate::words::{count_words, fold, tidy};

/// From this many words on a line is prose even without a full stop.
const PROSE_WORDS: usize = 20;
/// A sentence is prose from this many words on.
const SENTENCE_WORDS: usize = 8;

/// A caption has at least so many words.
const CAPTION_WORDS: usize = 12;

/// Scraped pages have no more lines than this; logs, lists of words and books have.
const MOST_LINES: usize = 20_000;
/// Bytes of a block of a text that is kept as it is, until the end of a line.
const BLOCK: usize = 1 << 12;

/// A line that holds something, and what became of it.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// As shown, white space tidied.
    pub text: String,
    /// As compared.
    pub folded: String,
    /// Number of words.
    pub words: usize,
    /// An empty line, or the page's beginning, stands before it.
    pub gap_before: bool,
    /// Why it is dropped, if it is.
    pub dropped: Option<Rule>,
    /// The page tells it twice, as it does with captions.
    pub told_twice: bool,
    /// The owner's list keeps it whatever the rules say.
    pub protected: bool,
}

impl Line {
    /// Whether it reads like running text: a sentence, or many words.
    pub fn is_prose(&self) -> bool {
        self.words >= PROSE_WORDS || (self.words >= SENTENCE_WORDS && self.ends_sentence())
    }

    /// Whether it ends as sentences do, closing quotes and brackets left aside.
    pub fn ends_sentence(&self) -> bool {
        self.text
            .trim_end_matches(['"', '\'', '”', '’', '“', '»', ')', ']'])
            .ends_with(['.', '!', '?', '…', '。', '！', '？'])
    }

    /// Whether it describes a picture: longer than titles are, and signed by whoever took the
    /// picture.
    pub fn is_caption(&self) -> bool {
        let signed = || {
            self.text.ends_with(')')
                || [" - ", " – ", " — "].iter().any(|dash| {
                    let name = self.text.rsplit_once(dash).map_or("", |(_, name)| name);
                    name.contains(['/', '@']) && name.split(' ').count() <= 4
                })
        };
        self.words >= CAPTION_WORDS && signed()
    }

    /// Whether it is still part of the document.
    pub fn is_kept(&self) -> bool {
        self.dropped.is_none()
    }

    /// Drops it, unless it is gone already or protected.
    pub fn drop_for(&mut self, rule: Rule) {
        if !self.protected {
            self.dropped.get_or_insert(rule);
        }
    }
}

/// A text that is too long for a page of a site, with nothing weighed: in blocks of many lines, since an account of
/// every line would take a hundred times its size. Linear.
pub(crate) fn long(content: &str) -> Option<Page> {
    content.lines().nth(MOST_LINES)?;
    let mut page = Page {
        region: Region::Whole,
        ..Page::default()
    };
    let mut block = String::new();
    let mut close = |block: &mut String| {
        if !block.is_empty() {
            page.blocks.push(Block::code(std::mem::take(block)));
        }
    };
    for line in content
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty())
    {
        if block.len() + line.len() > BLOCK {
            close(&mut block);
        }
        if !block.is_empty() {
            block.push('\n');
        }
        block.push_str(line);
    }
    close(&mut block);
    Some(page)
}

/// The lines of a page that hold anything at all. Linear.
pub(crate) fn split(content: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut gap_before = true;
    for raw in content.lines() {
        let text = tidy(raw);
        if text.is_empty() {
            gap_before = true;
            continue;
        }
        let folded = fold(&text);
        let count = count_words(&text);
        lines.push(Line {
            text,
            folded,
            words: count,
            gap_before,
            dropped: None,
            told_twice: false,
            protected: false,
        });
        gap_before = false;
    }
    lines
}
