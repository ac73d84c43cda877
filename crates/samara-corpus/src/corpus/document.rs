//! From a page to its document.

use samara_engine::{Document, Section};

use crate::facts::address;
use crate::page::{Block, Kind, Page};

/// The document of a page: headings open sections.
pub(super) fn document(page: Page) -> Document {
    let url = page.url.unwrap_or_else(|| address::of_path(&page.path));
    Document {
        id: page.id.unwrap_or_else(|| url.clone()),
        url,
        title: page.title,
        language: page.language,
        sections: sections(page.blocks),
        meta: page.meta,
        similar: None,
    }
}

fn sections(blocks: Vec<Block>) -> Vec<Section> {
    let headings = blocks.iter().filter(|block| block.kind == Kind::Heading);
    let mut sections: Vec<Section> = Vec::with_capacity(headings.count().max(1));
    for block in blocks {
        if block.kind == Kind::Heading {
            sections.push(Section {
                heading: block.text,
                anchor: block.anchor,
                heading_weight: block.weights.first().map(|(_, weight)| *weight),
                ..Section::default()
            });
            continue;
        }
        let begun = sections.last().map(|section| &*section.anchor);
        if begun.is_none() || block.goes_on.as_deref().is_some_and(|on| begun != Some(on)) {
            sections.push(Section {
                anchor: block.goes_on.unwrap_or_default(),
                ..Section::default()
            });
        }
        if let Some(section) = sections.last_mut() {
            if !section.text.is_empty() {
                section.text.push('\n');
            }
            let start = section.text.len();
            let weights = block.weights.into_iter();
            let weights =
                weights.map(|(piece, weight)| (start + piece.start..start + piece.end, weight));
            section.weights.extend(weights);
            if start == 0 {
                section.text = block.text;
            } else {
                section.text.push_str(&block.text);
            }
        }
    }
    for section in &mut sections {
        section.text.shrink_to_fit();
    }
    sections.shrink_to_fit();
    sections
}
