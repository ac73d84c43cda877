//! The title of a page, and what stands above it.

use std::collections::HashSet;

use super::line::Line;
use crate::date;
use crate::rule::Rule;

/// Titles are searched for in so many lines from the top.
const DEEPEST: usize = 40;
/// More words than this are no title.
const LONGEST_TITLE: usize = 25;
/// Words that say nothing about what a text is about are shorter than this, with few exceptions.
const SHORTEST_TOPIC: usize = 4;
/// A later line must explain the text better than an earlier one by this much to be its title.
const PATIENCE: f32 = 1.3;

/// The position of the title; on a scraped page drops what stands before it.
///
/// A title says what the text is about, so its words come back in the text; mastheads, sections and
/// labels do not. The first line that does this well is the title, unless a later one does it much
/// better. A page that begins with prose has none.
pub(crate) fn find_title(lines: &mut [Line], scraped: bool) -> Option<usize> {
    let first_prose = lines
        .iter()
        .position(|line| line.is_kept() && line.is_prose());
    let end = first_prose.unwrap_or(lines.len()).min(DEEPEST);
    let body: HashSet<&str> = lines
        .iter()
        .skip(end)
        .filter(|line| line.is_kept())
        .flat_map(|line| line.folded.split(' '))
        .collect();
    let mut best: Option<(usize, f32)> = None;
    for (at, line) in lines[..end].iter().enumerate() {
        let score = aboutness(line, &body);
        let better = best.is_none_or(|(_, so_far)| score > so_far * PATIENCE);
        if line.is_kept() && score > 0.0 && better {
            best = Some((at, score));
        }
    }
    let (title, _) = best?;
    if scraped {
        for line in &mut lines[..title] {
            line.drop_for(Rule::BeforeTitle);
        }
    }
    Some(title)
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
