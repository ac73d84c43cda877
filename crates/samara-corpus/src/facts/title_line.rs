//! Which line of a plain text is its title.

use std::collections::HashSet;

use super::date;
use crate::formats::text::Line;

/// Titles are searched for in so many lines from the top.
const DEEPEST: usize = 40;
/// More words than this are no title.
const LONGEST_TITLE: usize = 25;
/// Words that say nothing about what a text is about are shorter than this, with few exceptions.
const SHORTEST_TOPIC: usize = 4;
/// A later line must explain the text better than an earlier one by this much to be its title.
const PATIENCE: f32 = 1.3;

/// The position of the title among the lines that are kept.
///
/// A title says what the text is about, so its words come back in the text; mastheads, sections and
/// labels do not. The first line that does this well is the title, unless a later one does it much
/// better. A page that begins with prose has none.
pub(crate) fn find(lines: &[Line]) -> Option<usize> {
    let kept: Vec<usize> = (0..lines.len()).filter(|&at| lines[at].is_kept()).collect();
    let first_prose = kept.iter().position(|&at| lines[at].is_prose());
    let end = first_prose.unwrap_or(kept.len()).min(DEEPEST);
    let body: HashSet<&str> = kept[end..]
        .iter()
        .flat_map(|&at| lines[at].folded.split(' '))
        .collect();
    let mut best: Option<(usize, f32)> = None;
    for &at in &kept[..end] {
        let score = aboutness(&lines[at], &body);
        let better = best.is_none_or(|(_, so_far)| score > so_far * PATIENCE);
        if score > 0.0 && better {
            best = Some((at, score));
        }
    }
    best.map(|(title, _)| title)
}

/// How many of a line's topical words the body uses, weighed by how much of a title it is.
fn aboutness(line: &Line, body: &HashSet<&str>) -> f32 {
    if line.words > LONGEST_TITLE || line.is_caption() || date::find(&line.text).is_some() {
        return 0.0;
    }
    let topics: Vec<&str> = line
        .folded
        .split(' ')
        .filter(|word| word.chars().count() >= SHORTEST_TOPIC)
        .collect();
    let shared = topics.iter().filter(|word| body.contains(*word)).count();
    let share = shared as f32 / topics.len().max(1) as f32;
    // One word that the text happens to use is weak evidence, five are strong.
    share * (shared as f32 / 4.0).min(1.0)
}
