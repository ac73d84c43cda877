//! Whether a plain text is plainly a page that was scraped from a site.
//!
//! Letters, notes, minutes, poems, logs and licences use the words that sites use: a note has a heading "Contact", a list of
//! things to do says "Print", a song has a refrain. So one word tells nothing, nor does one kind of words. What tells a
//! scraped page are signs that are independent of each other: it invites to comment, and it names lists of other pages,
//! or it tells a caption twice.

use std::collections::HashSet;

use super::rules::phrases;
use crate::formats::text::Line;
use crate::report::Rule;

/// Kinds of signs, those of more than one word counted twice: so many are evidence. Measured on the development sets
/// of lines (lite, full, snip): F1 .923, .901, .915; with any phrase as evidence .935, .906, .919, and of 13 notes
/// without a site around them each lost lines.
const ENOUGH: usize = 4;
/// Of so many lines one at least is a sign: a long book says everything once. At 100 lines/full loses .004 of F1.
const LINES_A_SIGN: usize = 250;
/// Captions have at least so many words…
const CAPTION: usize = 8;
/// …and a page tells no more of them twice. Logs and songs repeat more.
const MOST_CAPTIONS: usize = 3;

/// Whether lines show enough signs of a site around them. Linear.
pub(super) fn is_scraped(lines: &[Line]) -> bool {
    let mut kinds: HashSet<Rule> = HashSet::new();
    let mut of_several_words: HashSet<Rule> = HashSet::new();
    let (mut signs, mut captions) = (0, 0);
    for line in lines {
        if line.dropped == Some(Rule::RepeatedCaption) {
            captions += usize::from(line.words >= CAPTION);
            continue;
        }
        let found = match line.dropped {
            Some(Rule::Promotion) => Some(Rule::Promotion),
            _ => phrases::mark(&line.folded, line.words).map(|mark| mark.rule),
        };
        if let Some(rule) = found {
            signs += 1;
            kinds.insert(rule);
            if line.words > 1 {
                of_several_words.insert(rule);
            }
        }
    }
    if (1..=MOST_CAPTIONS).contains(&captions) {
        signs += captions;
        kinds.insert(Rule::RepeatedCaption);
        of_several_words.insert(Rule::RepeatedCaption);
    }
    // Nothing but labels is somebody's list.
    lines.iter().any(Line::is_prose)
        && signs * LINES_A_SIGN >= lines.len()
        && !of_several_words.is_empty()
        && kinds.len() + of_several_words.len() >= ENOUGH
}
