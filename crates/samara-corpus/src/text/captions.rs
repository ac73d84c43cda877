//! Captions that a page tells twice: once as text, once as the picture's description.

use std::collections::HashMap;

use super::line::Line;
use crate::rule::Rule;

/// Copies stand close together: the picture is between them, or nothing.
const REACH: usize = 3;
/// Shorter lines repeat for good reasons.
const SHORTEST: usize = 5;

/// Drops every caption that has just been told. Copies may differ in case, dashes and quotes.
pub(crate) fn drop_repeated(lines: &mut [Line]) {
    let mut last: HashMap<String, usize> = HashMap::new();
    for at in 0..lines.len() {
        if lines[at].words < SHORTEST {
            continue;
        }
        if let Some(before) = last.insert(lines[at].folded.clone(), at)
            && at - before <= REACH
        {
            lines[before].told_twice = true;
            lines[at].drop_for(Rule::RepeatedCaption);
        }
    }
}
