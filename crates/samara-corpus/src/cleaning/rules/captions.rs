//! Captions that a page tells twice: once as text, once as the picture's description.

use std::collections::HashMap;

use crate::formats::text::Line;
use crate::report::Rule;

/// Copies stand close together: the picture is between them, or nothing.
const REACH: usize = 3;
/// Shorter lines repeat for good reasons.
const SHORTEST: usize = 5;

/// Drops every caption that has just been told. Copies may differ in case, dashes and quotes. Returns
/// whether there was any. Linear.
pub(crate) fn drop_repeated(lines: &mut [Line]) -> bool {
    let mut last: HashMap<String, (usize, usize)> = HashMap::new();
    let (mut place, mut found) = (0, false);
    for at in 0..lines.len() {
        if !lines[at].is_kept() {
            continue;
        }
        place += 1;
        if lines[at].words < SHORTEST {
            continue;
        }
        if let Some((before, place_before)) = last.insert(lines[at].folded.clone(), (at, place))
            && place - place_before <= REACH
        {
            lines[before].told_twice = true;
            lines[at].drop_for(Rule::RepeatedCaption);
            found |= !lines[at].is_kept();
        }
    }
    found
}
