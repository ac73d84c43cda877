//! The two weighings of a page's blocks: each by itself, then beside its neighbours.

use std::sync::LazyLock;

use super::features::WORDS;
use super::neighbours::neighbours;
use super::trees::Trees;

/// Weighs the blocks of a page.
#[derive(Debug)]
pub(crate) struct Judge {
    alone: Trees,
    beside: Trees,
    /// Blocks of less weight are chrome.
    threshold: f32,
    /// What the first weighing counts beside the second, between 0 and 1.
    share: f32,
}

/// For lines of plain text.
pub(crate) static LINES: LazyLock<Judge> =
    LazyLock::new(|| Judge::parse(include_str!("lines.trees")));
/// For blocks of HTML.
#[cfg(feature = "extract")]
pub(crate) static MARKUP: LazyLock<Judge> =
    LazyLock::new(|| Judge::parse(include_str!("markup.trees")));

impl Judge {
    /// Reads what `training/train.py` writes: lines `threshold NUMBER` and `alone NUMBER`, the trees of the first
    /// weighing, a line `beside`, the trees of the second. Panics on a fault in the text, which is part of the program.
    fn parse(source: &str) -> Self {
        let lines = source
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'));
        let (mut alone, mut beside) = (Trees::default(), Trees::default());
        let (mut threshold, mut share, mut first) = (0.0, 0.0, true);
        for line in lines {
            if let Some(number) = line.strip_prefix("threshold ") {
                threshold = number.parse().expect("a number");
            } else if let Some(number) = line.strip_prefix("alone ") {
                share = number.parse().expect("a number");
            } else if line == "beside" {
                first = false;
            } else {
                (if first { &mut alone } else { &mut beside }).add(line);
            }
        }
        Self {
            alone,
            beside,
            threshold,
            share,
        }
    }

    /// How much each block of a page looks like content, by its numbers and by the votes of others: by both weighings.
    /// Linear in the page, logarithmic in the trees' size.
    pub fn weigh(&self, numbers: &[Vec<f32>], votes: &[f32]) -> Vec<f32> {
        let alone: Vec<f32> = numbers
            .iter()
            .zip(votes)
            .map(|(numbers, vote)| self.alone.score(numbers) + vote)
            .collect();
        let words: Vec<f32> = numbers.iter().map(|numbers| numbers[WORDS]).collect();
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
