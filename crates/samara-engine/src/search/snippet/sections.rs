//! The sections of a document that say most about a query.

use core::iter;
use core::ops::Range;

use super::page::{Bits, Page, Passages};
use super::writer::Writer;
use crate::answer::SectionHit;
use crate::list::ToList;
use crate::order::{self, descending};
use crate::search::collect::thousandths;
use crate::search::reading::Part;
use crate::segment::{Control, DocId};
use crate::text::concat;

/// Words of a passage of a section.
const SECTION_PASSAGE: usize = 20;
/// Sections listed beneath a hit.
const MOST_SECTIONS: usize = 6;

impl Page<'_> {
    /// All that the document says, section by section: a heading is the first line of its section.
    pub(super) fn whole(&self, document: DocId) -> Passages {
        let parts = &self.reading.parts;
        let url = self.index.url(document);
        let mut anchors = self.index.anchors(document).into_iter();
        let mut passages = Passages::default();
        for (place, part) in parts.iter().enumerate() {
            let body = parts.get(place + 1);
            let body = body.filter(|part| part.control == Some(Control::Body));
            match part.control {
                None => {
                    passages.title = Writer::whole(self, part);
                    if let Some(lead) = body {
                        let lead = Writer::lines(self, &[lead]);
                        match anchors.next() {
                            Some(anchor) if !anchor.is_empty() => {
                                passages.sections.push(SectionHit {
                                    title: String::new(),
                                    url: concat(&[url, "#", anchor]),
                                    snippet: lead,
                                });
                            }
                            _ => passages.snippet = lead,
                        }
                    }
                }
                Some(Control::Heading) => {
                    let anchor = anchors.next().unwrap_or_default();
                    let sign = if anchor.is_empty() { "" } else { "#" };
                    let parts: Vec<&Part> = iter::once(part).chain(body).list();
                    passages.sections.push(SectionHit {
                        title: Writer::whole(self, part).text,
                        url: concat(&[url, sign, anchor]),
                        snippet: Writer::lines(self, &parts),
                    });
                }
                Some(_) => {}
            }
        }
        passages
    }

    pub(super) fn sections(&self, document: DocId) -> Vec<SectionHit> {
        let anchors = self.index.anchors(document);
        let mut found: Vec<(usize, usize)> = Vec::new();
        let mut keys = Vec::new();
        let mut number = 0;
        for (place, part) in self.reading.parts.iter().enumerate().skip(1) {
            let is_start = part.control == Some(Control::Heading)
                || (part.control == Some(Control::Body) && place == 1);
            if !is_start {
                continue;
            }
            number += 1;
            if part.control != Some(Control::Heading) || part.positions.is_empty() {
                continue;
            }
            let heading = self.bits(&part.positions);
            let body = self
                .reading
                .parts
                .get(place + 1)
                .map_or(0, |body| self.bits(&body.positions));
            let worth =
                self.highlighting.worth(heading | body) + self.highlighting.worth(heading) * 0.5;
            if worth > 0.0 {
                keys.push(descending(thousandths(worth), found.len() as u32));
                found.push((place, number - 1));
            }
        }
        order::sort(&mut keys);
        let mut sections = Vec::new();
        for key in keys.into_iter().take(MOST_SECTIONS) {
            let (place, number) = found[order::second(key) as usize];
            let anchor = anchors.get(number).copied().unwrap_or_default();
            if anchor.is_empty() {
                continue;
            }
            let mut writer = Writer::new(self);
            if let Some(body) = self.reading.parts.get(place + 1) {
                let positions = match self.best_window(&[body], SECTION_PASSAGE, Bits::MAX, None) {
                    Some((_, positions)) => self.framed(body, positions, SECTION_PASSAGE),
                    None => beginning(body, SECTION_PASSAGE),
                };
                writer.passage(body, positions);
            }
            sections.push(SectionHit {
                title: Writer::whole(self, &self.reading.parts[place]).text,
                url: concat(&[self.index.url(document), "#", anchor]),
                snippet: writer.finish(),
            });
        }
        sections
    }
}

/// So many words from the start of a part.
pub(super) fn beginning(part: &Part, words: usize) -> Range<usize> {
    let start = part.positions.start;
    start..part.positions.end.min(start + words)
}
