//! The steps of cleaning a page of plain text, in their order.

use std::collections::BTreeMap;

use super::rules::{captions, phrases, promotion, tail};
#[cfg(feature = "training")]
use super::sample;
use super::scraped;
use super::weighing::{self, Item, features};
use crate::facts::{evidence, title_line};
use crate::formats::text::Line;
#[cfg(feature = "training")]
use crate::formats::text::split;
use crate::options::Options;
use crate::page::{Block, Kind, Page, Region};
use crate::report::{Dropped, Rule};

/// A heading has at most so many words.
const LONGEST_HEADING: usize = 12;
/// From this weight on a line is content even behind the end of the text. Measured in
/// cross-validation: 0 is best, without the exception the F1 of all sets of lines is .001 lower.
const SURE: f32 = 0.0;

/// Cleans a page of plain text. Linear in its length.
///
/// A page that is not plainly scraped, or has been cleaned before, is left as it is. That makes cleaning twice the same as
/// cleaning once.
pub(crate) fn clean(mut lines: Vec<Line>, options: &Options) -> Page {
    obey_owner(&mut lines, options);
    if !apply_rules(&mut lines) {
        return as_it_is(lines);
    }
    let title = prepare(&mut lines, true);
    let meta = evidence::collect(&mut lines, title, is_phrase);
    judge_lines(&mut lines, title);
    // Captions that chrome stood between, and a title that it hid.
    while captions::drop_repeated(&mut lines) {}
    let title = settle_title(&mut lines);
    let title = title.map(|at| lines.remove(at).text).unwrap_or_default();
    page(title, lines, meta)
}

/// A text that was not scraped: every line of it, but for those that its owner drops. What it is about may stand in its
/// first line, and when it was written in one that says so.
fn as_it_is(mut lines: Vec<Line>) -> Page {
    let restore = |lines: &mut [Line]| {
        for line in lines.iter_mut() {
            line.told_twice = false;
            line.dropped = line.dropped.filter(|rule| *rule == Rule::OwnersList);
        }
    };
    restore(&mut lines);
    let title = title_line::find(&lines);
    let mut meta = evidence::collect(&mut lines, title, is_phrase);
    meta.retain(|key, _| key == "date");
    restore(&mut lines);
    let first = lines.iter().position(Line::is_kept);
    let title = title.filter(|_| title == first);
    let title = title.map(|at| lines.remove(at).text).unwrap_or_default();
    Page {
        region: Region::Whole,
        ..page(title, lines, meta)
    }
}

fn page(title: String, lines: Vec<Line>, meta: BTreeMap<String, Vec<String>>) -> Page {
    let (kept, dropped): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(Line::is_kept);
    let report = |line: Line| {
        Some(Dropped {
            rule: line.dropped?,
            text: line.text,
        })
    };
    Page {
        title,
        blocks: blocks(&kept),
        meta,
        dropped: dropped.into_iter().filter_map(report).collect(),
        ..Page::default()
    }
}

/// Applies the rules that need no title. Returns whether the page is plainly scraped; else only what may be a sign of it is
/// dropped so far.
fn apply_rules(lines: &mut [Line]) -> bool {
    captions::drop_repeated(lines);
    promotion::drop_promotion(lines);
    let scraped = scraped::is_scraped(lines);
    if scraped {
        tail::cut(lines);
        for line in lines {
            if let Some(mark) = phrases::mark(&line.folded, line.words) {
                line.drop_for(mark.rule);
            }
        }
    }
    scraped
}

/// Finds the title and, on a scraped page, drops what stands before it.
fn prepare(lines: &mut [Line], scraped: bool) -> Option<usize> {
    let title = title_line::find(lines);
    if scraped {
        drop_before(lines, title);
    }
    title
}

/// The title among what is left. What stands before it goes, which brings later lines into reach, so
/// that it is searched for until it stays.
fn settle_title(lines: &mut [Line]) -> Option<usize> {
    let mut title = None;
    loop {
        let found = title_line::find(lines);
        if found == title {
            return title;
        }
        title = found;
        drop_before(lines, title);
    }
}

/// Drops what stands before the title of a scraped page.
fn drop_before(lines: &mut [Line], title: Option<usize>) {
    for line in &mut lines[..title.unwrap_or(0)] {
        line.drop_for(Rule::BeforeTitle);
    }
}

fn is_phrase(line: &Line) -> bool {
    phrases::mark(&line.folded, line.words).is_some()
}

/// Weighs what no rule has dropped yet, and brings back what stands behind the end but reads like
/// content all the same; the title is none of it.
fn judge_lines(lines: &mut [Line], title: Option<usize>) {
    let text = title.map(|at| lines[at].text.clone()).unwrap_or_default();
    let numbers = describe(lines, &text);
    let weights = weighing::LINES.weigh(&numbers, &vec![0.0; numbers.len()]);
    for (at, (line, weight)) in lines.iter_mut().zip(weights).enumerate() {
        if line.dropped == Some(Rule::AfterEnd) && weight >= SURE {
            line.dropped = phrases::mark(&line.folded, line.words).map(|mark| mark.rule);
        } else if title != Some(at) && !line.told_twice && !weighing::LINES.keeps(weight) {
            line.drop_for(Rule::Unlike);
        }
    }
}

/// The numbers by which lines are judged.
fn describe(lines: &[Line], title: &str) -> Vec<Vec<f32>> {
    let items: Vec<Item<'_>> = lines
        .iter()
        .map(|line| Item {
            text: &line.text,
            folded: &line.folded,
            words: line.words,
            kind: Kind::Text,
            gap_before: line.gap_before,
            link_words: 0,
            markup: Vec::new(),
            containers: Vec::new(),
        })
        .collect();
    features(&items, title)
}

/// Every line of a page with the numbers by which it is judged.
#[cfg(feature = "training")]
pub(crate) fn sample(content: &str) -> sample::Sample {
    let mut lines = split(content);
    let scraped = apply_rules(&mut lines);
    let title = prepare(&mut lines, scraped);
    evidence::collect(&mut lines, title, is_phrase);
    let text = title.map(|at| lines[at].text.clone()).unwrap_or_default();
    let numbers = describe(&lines, &text);
    let blocks = lines.iter().zip(numbers).enumerate();
    sample::Sample {
        certain: !scraped,
        blocks: blocks
            .map(|(at, (line, features))| sample::Block {
                text: line.text.clone(),
                rule: line.dropped.map(Rule::name),
                is_kept: false,
                vote: 0.0,
                is_title: title == Some(at),
                features,
            })
            .collect(),
        title: text,
    }
}

fn obey_owner(lines: &mut [Line], options: &Options) {
    for line in lines {
        line.protected = options.keeps(&line.folded);
        if options.drops(&line.folded) {
            line.drop_for(Rule::OwnersList);
        }
    }
}

/// Lines as blocks: a short line between paragraphs, without a full stop, is a heading.
fn blocks(lines: &[Line]) -> Vec<Block> {
    let mut prose_seen = false;
    let mut blocks = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let heads_prose = lines.get(at + 1).is_some_and(Line::is_prose);
        blocks.push(if prose_seen && heads_prose && is_heading(line) {
            Block::heading(&line.text, "")
        } else {
            Block::text(&line.text)
        });
        prose_seen |= line.is_prose();
    }
    blocks
}

fn is_heading(line: &Line) -> bool {
    line.gap_before
        && line.words <= LONGEST_HEADING
        && line
            .text
            .starts_with(|c: char| c.is_uppercase() || c.is_numeric())
        && !line
            .text
            .ends_with(['.', ',', ';', ':', '!', '"', '”', ')'])
}
