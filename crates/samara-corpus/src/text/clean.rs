//! The steps of cleaning a page of plain text, in their order.

use std::collections::{BTreeMap, HashSet};

use samara_engine::Section;

use super::line::{Line, split};
use super::{captions, evidence, head, phrases, promotion, tail};
use crate::fold::fold;
use crate::options::Options;
use crate::report::Dropped;
use crate::rule::Rule;

/// A heading has at most so many words.
const LONGEST_HEADING: usize = 12;

/// What is left of a page, and what is not.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cleaned {
    pub title: String,
    pub sections: Vec<Section>,
    pub meta: BTreeMap<String, Vec<String>>,
    pub dropped: Vec<Dropped>,
}

/// Cleans a page of plain text. Linear in its length.
pub(crate) fn clean(content: &str, options: &Options) -> Cleaned {
    let mut lines = split(content);
    obey_owner(&mut lines, options);
    captions::drop_repeated(&mut lines);
    tail::cut(&mut lines);
    for line in &mut lines {
        if let Some(mark) = phrases::mark(line) {
            line.drop_for(mark.rule);
        }
    }
    promotion::drop_promotion(&mut lines);
    let title = head::find_title(&mut lines);
    let meta = evidence::collect(&mut lines, title);
    let title_text = title.map(|at| lines.remove(at).text).unwrap_or_default();
    let (kept, dropped): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(Line::is_kept);
    Cleaned {
        title: title_text,
        sections: sections(&kept),
        meta,
        dropped: dropped
            .into_iter()
            .filter_map(|line| {
                Some(Dropped {
                    rule: line.dropped?,
                    text: line.text,
                })
            })
            .collect(),
    }
}

fn obey_owner(lines: &mut [Line], options: &Options) {
    let folded = |list: &[String]| list.iter().map(|text| fold(text)).collect::<HashSet<_>>();
    let (keep, drop) = (folded(&options.keep), folded(&options.drop));
    for line in lines {
        line.protected = keep.contains(&line.folded);
        if drop.contains(&line.folded) {
            line.drop_for(Rule::OwnersList);
        }
    }
}

/// Headings open sections: a short line between paragraphs, without a full stop.
fn sections(lines: &[Line]) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut prose_seen = false;
    for (at, line) in lines.iter().enumerate() {
        let heads_prose = lines.get(at + 1).is_some_and(Line::is_prose);
        if prose_seen && heads_prose && is_heading(line) {
            sections.push(Section {
                heading: line.text.clone(),
                ..Section::default()
            });
        } else {
            if sections.is_empty() {
                sections.push(Section::default());
            }
            let section = sections.last_mut().expect("one was just added");
            if !section.text.is_empty() {
                section.text.push('\n');
            }
            section.text.push_str(&line.text);
        }
        prose_seen |= line.is_prose();
    }
    sections
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
