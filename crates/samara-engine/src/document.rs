//! What goes into an index: a cleaned document.

use std::collections::BTreeMap;
use std::ops::Range;

/// A cleaned document: what a reader would call its content, and what is known about it.
///
/// All texts are plain text. Paragraphs and other blocks are separated by `\n`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The input's own identifier, or else its `url`. Unique in a corpus.
    pub id: String,
    /// Address on the site, or the path relative to the corpus where it has none.
    pub url: String,
    /// Title, without the site's name.
    pub title: String,
    /// Primary language subtag (`en`, `de`, `zh`), where known.
    pub language: Option<String>,
    /// Text in reading order. Text before the first heading is a section with an empty heading.
    pub sections: Vec<Section>,
    /// Everything else: `source`, `date` (ISO 8601), `author`, `tag`, … A field may have several values.
    pub meta: BTreeMap<String, Vec<String>>,
    /// Documents with the same number are near-duplicates of one another.
    pub similar: Option<u32>,
}

/// A heading and the text beneath it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Heading as shown; empty for the text before the first heading.
    pub heading: String,
    /// Fragment identifier without `#`; empty where the page has none.
    pub anchor: String,
    /// Blocks separated by `\n`.
    pub text: String,
    /// How much the heading counts, where its author has decided on it.
    pub heading_weight: Option<Weight>,
    /// Pieces of the text whose author has decided how much they count: ranges of bytes in ascending order.
    pub weights: Vec<(Range<usize>, Weight)>,
}

/// How much the words of a piece of text count when documents are ranked, beside others that stand where they do:
/// from 0 to 10, in steps of a 24th.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weight(u8);

impl Weight {
    /// Half as much.
    pub const HALF: Weight = Weight(Weight::WHOLE / 2);
    /// A third as much: in a title, as a word of the text.
    #[cfg(feature = "write")]
    pub(crate) const THIRD: Weight = Weight(Weight::WHOLE / 3);
    /// Three times as much: in a text, as a word of the title.
    pub const TRIPLE: Weight = Weight(3 * Weight::WHOLE);
    const WHOLE: u8 = 24;

    /// The weight of a factor, brought between 0 and 10; none where that is 1.
    #[must_use]
    pub fn of(factor: f32) -> Option<Self> {
        let whole = f32::from(Weight::WHOLE);
        let steps = (factor.clamp(0.0, 10.0) * whole).round() as u8;
        (steps != Weight::WHOLE).then_some(Weight(steps))
    }

    /// The weight of so many 24ths, which is what is stored.
    #[must_use]
    pub fn of_steps(steps: u8) -> Self {
        Weight(steps)
    }

    /// In 24ths.
    #[must_use]
    pub fn steps(self) -> u8 {
        self.0
    }
}

impl Document {
    /// Title, headings and text joined by newlines: everything of this document that can be found.
    /// Linear in its length.
    #[must_use]
    pub fn plain_text(&self) -> String {
        let mut parts = vec![self.title.as_str()];
        for section in &self.sections {
            parts.push(&section.heading);
            parts.push(&section.text);
        }
        parts.retain(|part| !part.is_empty());
        parts.join("\n")
    }

    /// Bytes of [`Self::plain_text`]. Linear in the number of sections.
    #[must_use]
    pub fn length(&self) -> usize {
        let sections = self.sections.iter();
        let parts = sections.flat_map(|section| [&section.heading, &section.text]);
        let parts = [&self.title].into_iter().chain(parts);
        let lengths = parts.map(String::len).filter(|&length| length > 0);
        let (count, sum) = lengths.fold((0, 0), |(count, sum), of| (count + 1, sum + of));
        sum + usize::saturating_sub(count, 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_is_that_of_the_text() {
        let section = |heading: &str, text: &str| Section {
            heading: heading.into(),
            text: text.into(),
            ..Section::default()
        };
        for title in ["", "Lamps"] {
            for sections in [
                vec![],
                vec![section("", "")],
                vec![section("Wicks", ""), section("", "Trim them.")],
            ] {
                let document = Document {
                    title: title.into(),
                    sections,
                    ..Document::default()
                };
                assert_eq!(document.length(), document.plain_text().len());
            }
        }
    }
}
