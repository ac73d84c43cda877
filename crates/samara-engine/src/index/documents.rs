//! Reading documents out of an index.

use super::Index;
use crate::Document;
use crate::segment::{Control, DocId, TextBuilder, Token};

impl Index<'_> {
    /// The documents, as they were added but for their near-duplicate numbers, which are counted from 0, and the weights
    /// of their pieces.
    pub fn documents(&self) -> impl Iterator<Item = Document> + '_ {
        (0..self.len() as u32).map(|number| self.document(DocId(number)))
    }

    /// A document, read back from the stream. Linear in its length. Of an index in blocks, what stands in blocks that are
    /// not there is missing.
    ///
    /// # Panics
    /// If the index has no document of this number.
    #[must_use]
    pub fn document(&self, id: DocId) -> Document {
        let mut document = Document {
            id: self.id(id).to_owned(),
            url: self.url(id).to_owned(),
            similar: self.group(id),
            ..Document::default()
        };
        for (name, values) in self.metadata(id) {
            match (name, values.first()) {
                (_, None) => {}
                ("lang", Some(&language)) => document.language = Some(language.to_owned()),
                _ => {
                    let values = values.into_iter().map(str::to_owned).collect();
                    document.meta.insert(name.to_owned(), values);
                }
            }
        }
        let Some(stored) = self.text(id) else {
            return document;
        };
        let mut anchors = self.anchors(id).into_iter();
        let mut text = TextBuilder::default();
        let mut part = None;
        let shown = stored
            .segment
            .tokens(stored.document)
            .take_while(|token| *token != Token::Control(Control::Fields));
        for token in shown.chain([Token::Control(Control::End)]) {
            let Token::Control(control) = token else {
                stored.segment.push_token(token, &self.letters, &mut text);
                continue;
            };
            let finished = core::mem::take(&mut text).text;
            match (part, document.sections.last_mut()) {
                (None, _) => document.title = finished,
                (Some(Control::Heading), Some(section)) => section.heading = finished,
                (_, Some(section)) => section.text = finished,
                (_, None) => {}
            }
            if control == Control::Heading || (control == Control::Body && part.is_none()) {
                let anchor = anchors.next().unwrap_or_default().to_owned();
                document.sections.push(crate::Section {
                    anchor,
                    ..crate::Section::default()
                });
            }
            part = Some(control);
        }
        document
    }

    /// Title of a document. Linear in its length.
    pub(crate) fn title(&self, id: DocId) -> String {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded() {
            return loaded.title(id);
        }
        self.segment.title(id, &self.letters)
    }

    /// Appends what a token says, with the space that goes without saying.
    pub(crate) fn push_token(&self, token: Token, out: &mut TextBuilder) {
        self.segment.push_token(token, &self.letters, out);
    }
}
