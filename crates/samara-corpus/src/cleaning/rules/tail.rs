//! Where the text ends and the rest of the page begins.

use super::phrases;
use crate::formats::text::Line;
use crate::report::Rule;

/// The share of the prose that must stand before the end.
const BEFORE: f32 = 0.5;
/// The share of the prose that may be lost behind it.
const LOST: f32 = 0.35;
/// Labels behind the text have at most so many words.
const LABEL_WORDS: usize = 4;

/// Drops everything behind the first line that ends the text, if enough prose stands before it and
/// little behind it; then labels that the end has left hanging.
///
/// Of all rules for lines that were measured this one helps most.
pub(crate) fn cut(lines: &mut [Line]) {
    let prose = |line: &Line| {
        if line.is_kept() && line.is_prose() {
            line.words as f32
        } else {
            0.0
        }
    };
    let total: f32 = lines.iter().map(prose).sum();
    let mut before = 0.0;
    let mut end = lines.len();
    for (at, line) in lines.iter().enumerate() {
        let enough = before >= total * BEFORE && total - before <= total * LOST;
        if total > 0.0
            && enough
            && phrases::mark(&line.folded, line.words).is_some_and(|mark| mark.ends)
        {
            end = at;
            break;
        }
        before += prose(line);
    }
    for line in &mut lines[end..] {
        line.drop_for(Rule::AfterEnd);
    }
    drop_labels(&mut lines[..end]);
}

/// Tags stand behind the last paragraph, each a line of its own. One short line alone may be the
/// author's name or a last word, so it stays.
fn drop_labels(lines: &mut [Line]) {
    let Some(last) = lines
        .iter()
        .rposition(|line| line.is_kept() && line.is_prose())
    else {
        return;
    };
    let is_label = |line: &Line| {
        line.words <= LABEL_WORDS
            && !line.ends_sentence()
            && line
                .text
                .starts_with(|c: char| c.is_uppercase() || c.is_numeric())
    };
    let mut rest: Vec<&mut Line> = lines[last + 1..]
        .iter_mut()
        .filter(|line| line.is_kept())
        .collect();
    if rest.len() >= 2 && rest.iter().all(|line| is_label(line)) {
        for line in &mut rest {
            line.drop_for(Rule::TrailingLabels);
        }
    }
}
