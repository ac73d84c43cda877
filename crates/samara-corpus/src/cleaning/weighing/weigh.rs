//! The two weighings of a page's blocks: each by itself, then beside its neighbours.

use std::sync::LazyLock;

use super::features;
use super::neighbours::{self, neighbours};
#[cfg(feature = "extract")]
use super::signs;
use super::trees::Trees;

/// Weighs the blocks of a page.
#[derive(Debug)]
pub(crate) struct Judge {
    /// Where a block's number of words stands among its numbers.
    words: usize,
    alone: Trees,
    beside: Trees,
    /// Blocks of less weight are chrome.
    threshold: f32,
    /// What the first weighing counts beside the second, between 0 and 1.
    share: f32,
}

/// For lines of plain text.
pub(crate) static LINES: LazyLock<Judge> =
    LazyLock::new(|| Judge::parse(include_str!("lines.trees"), &of_lines()));
/// For blocks of HTML.
#[cfg(feature = "extract")]
pub(crate) static MARKUP: LazyLock<Judge> =
    LazyLock::new(|| Judge::parse(include_str!("markup.trees"), &of_markup()));

/// The names of the numbers by which lines are weighed.
pub(crate) fn of_lines() -> Vec<String> {
    features::names(Vec::new())
}

/// The names of the numbers by which blocks of HTML are weighed.
#[cfg(feature = "extract")]
pub(crate) fn of_markup() -> Vec<String> {
    features::names(signs::names())
}

/// The names of the numbers by which blocks are weighed for the second time.
pub(crate) fn of_neighbours() -> Vec<String> {
    let mut names = neighbours::names();
    names.extend(["alone".to_string(), "vote".to_string()]);
    names
}

impl Judge {
    /// Reads what `training/train.py` writes: lines `threshold NUMBER` and `alone NUMBER`, a line `numbers` with names,
    /// the trees of the first weighing, a line `beside`, names and trees of the second. `names` are those of the numbers
    /// that are computed. Panics on a fault in the text, which is part of the program.
    fn parse(source: &str, names: &[String]) -> Self {
        let lines = source
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'));
        let mut judge = Self {
            words: place("words", names),
            alone: Trees::default(),
            beside: Trees::default(),
            threshold: 0.0,
            share: 0.0,
        };
        let (mut first, mut places) = (true, Vec::new());
        for line in lines {
            if let Some(number) = line.strip_prefix("threshold ") {
                judge.threshold = number.parse().expect("a number");
            } else if let Some(number) = line.strip_prefix("alone ") {
                judge.share = number.parse().expect("a number");
            } else if let Some(known) = line.strip_prefix("numbers ") {
                let computed = if first {
                    names.to_vec()
                } else {
                    of_neighbours()
                };
                places = known
                    .split(' ')
                    .map(|name| place(name, &computed))
                    .collect();
            } else if line == "beside" {
                first = false;
            } else {
                let trees = if first {
                    &mut judge.alone
                } else {
                    &mut judge.beside
                };
                trees.add(line, &places);
            }
        }
        judge
    }

    /// How much each block of a page looks like content, by its numbers alone. Linear in the page, logarithmic in the
    /// trees' size.
    pub fn alone(&self, numbers: &[Vec<f32>]) -> Vec<f32> {
        let score = |numbers: &Vec<f32>| self.alone.score(numbers);
        numbers.iter().map(score).collect()
    }

    /// How much each block of a page looks like content, by its numbers and by the votes of others: by both weighings.
    /// Linear in the page, logarithmic in the trees' size.
    pub fn weigh(&self, numbers: &[Vec<f32>], votes: &[f32]) -> Vec<f32> {
        let alone: Vec<f32> = self
            .alone(numbers)
            .iter()
            .zip(votes)
            .map(|(alone, vote)| alone + vote)
            .collect();
        let words: Vec<f32> = numbers.iter().map(|numbers| numbers[self.words]).collect();
        let mut weights = neighbours(&alone, &words);
        for ((numbers, alone), vote) in weights.iter_mut().zip(&alone).zip(votes) {
            numbers.extend([alone - vote, *vote]);
        }
        weights
            .iter()
            .zip(alone)
            .map(|(numbers, alone)| {
                self.share * alone + (1.0 - self.share) * self.beside.score(numbers)
            })
            .collect()
    }

    /// Whether a block of such a weight is content.
    pub fn keeps(&self, weight: f32) -> bool {
        weight >= self.threshold
    }
}

/// Where the number of this name stands. Trees may know fewer numbers than are computed, in another order.
fn place(name: &str, names: &[String]) -> usize {
    let found = names.iter().position(|known| known == name);
    found.unwrap_or_else(|| panic!("the trees ask for {name}, which is not computed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_find_their_numbers_by_name() {
        let names = ["words".to_string(), "linked".to_string()];
        let source =
            "threshold 0\nalone 1\nnumbers linked words\n0<.5:1:2 1 -1\nbeside\nnumbers vote\n0";
        let judge = Judge::parse(source, &names);
        let weights = judge.weigh(&[vec![9.0, 0.0], vec![0.0, 1.0]], &[0.0, 0.0]);
        assert_eq!(weights, [1.0, -1.0]);
    }
}
