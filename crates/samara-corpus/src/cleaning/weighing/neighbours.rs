//! What the weights of the blocks around say of a block.
//!
//! A paragraph between two that look like content is content, a date between two teasers is none: blocks are
//! weighed a second time by what their neighbours came to at first (stacked sequential learning, Cohen and
//! Carvalho, 2005). `training/train.py` computes the same numbers.

use super::numbers::{Numbers, put};

/// Neighbours looked at one by one on either side.
const NEAR: usize = 5;
/// Blocks on either side whose mean is taken.
const WINDOWS: [usize; 3] = [3, 8, 20];
/// A long block counts like one of so many words.
const LONGEST: f32 = 60.0;
/// What stands before the first block and behind the last: hardly content.
const OUTSIDE: f32 = -4.0;
/// From this weight on a block is good, and surely so, and below this surely none.
const GOOD: f32 = 0.5;
const SURELY: f32 = 1.0;
const SURELY_NOT: f32 = -1.0;
/// Distances are counted up to here.
const FAR: usize = 50;

/// For every block, numbers about its weight and its neighbours'; `words` are its words. Linear.
pub(crate) fn neighbours(weights: &[f32], words: &[f32]) -> Vec<Vec<f32>> {
    let page = Weighed::of(weights, words);
    (0..weights.len())
        .map(|at| {
            let mut out = Vec::new();
            page.block(at, &mut out);
            out
        })
        .collect()
}

/// The names of these numbers, in their order.
pub(crate) fn names() -> Vec<String> {
    let mut names = Vec::new();
    Weighed::of(&[0.0], &[1.0]).block(0, &mut names);
    names
}

/// A page whose blocks have been weighed once.
struct Weighed<'a> {
    weights: &'a [f32],
    /// Words, words times weights, and words of good blocks, before each.
    size: Sums,
    mass: Sums,
    good: Sums,
    /// Blocks since the last that is surely content, or surely chrome, and until the next.
    content: [Vec<f32>; 2],
    chrome: [Vec<f32>; 2],
    /// The largest weight so far, and from here on.
    best: [Vec<f32>; 2],
}

impl<'a> Weighed<'a> {
    fn of(weights: &'a [f32], words: &[f32]) -> Self {
        let words: Vec<f32> = words
            .iter()
            .map(|words| words.clamp(1.0, LONGEST))
            .collect();
        let pairs = || weights.iter().zip(&words);
        let either_way = |is: fn(f32) -> bool| {
            let before = distances(weights.iter().map(|&weight| is(weight)));
            let mut behind = distances(weights.iter().rev().map(|&weight| is(weight)));
            behind.reverse();
            [before, behind]
        };
        let mut best_behind = best(weights.iter().rev());
        best_behind.reverse();
        Self {
            weights,
            size: Sums::of(words.iter().copied()),
            mass: Sums::of(pairs().map(|(weight, words)| weight * words)),
            good: Sums::of(pairs().map(
                |(weight, words)| {
                    if *weight > GOOD { *words } else { 0.0 }
                },
            )),
            content: either_way(|weight| weight > SURELY),
            chrome: either_way(|weight| weight < SURELY_NOT),
            best: [best(weights.iter()), best_behind],
        }
    }

    /// The mean weight of a word from one block to before another.
    fn mean(&self, from: usize, to: usize) -> f32 {
        self.mass.between(from, to) / self.size.between(from, to).max(1.0)
    }

    fn block(&self, at: usize, out: &mut impl Numbers) {
        let all = self.weights.len();
        put!(out, "weight", self.weights[at]);
        for step in 1..=NEAR {
            for (side, near) in [
                ("before", at.checked_sub(step)),
                ("behind", Some(at + step)),
            ] {
                let weight = near.and_then(|near| self.weights.get(near));
                put!(
                    out,
                    "{side}-{step}-weight",
                    weight.copied().unwrap_or(OUTSIDE)
                );
            }
        }
        for reach in WINDOWS {
            let (from, to) = (at.saturating_sub(reach), (at + reach + 1).min(all));
            put!(out, "around-{reach}-weight", self.mean(from, to));
            put!(out, "around-{reach}-weight-before", self.mean(from, at));
            put!(out, "around-{reach}-weight-behind", self.mean(at + 1, to));
        }
        put!(out, "weight-before", self.mean(0, at));
        put!(out, "weight-behind", self.mean(at + 1, all));
        put!(out, "page-weight", self.mean(0, all));
        let good = self.good.between(0, all);
        let goods = good.max(1.0);
        put!(out, "good-before", self.good.between(0, at) / goods);
        put!(out, "good-behind", self.good.between(at + 1, all) / goods);
        put!(out, "page-good", good / self.size.between(0, all).max(1.0));
        put!(out, "since-content", self.content[0][at]);
        put!(out, "until-content", self.content[1][at]);
        put!(out, "since-chrome", self.chrome[0][at]);
        put!(out, "until-chrome", self.chrome[1][at]);
        put!(out, "best-before", self.best[0][at]);
        put!(out, "best-behind", self.best[1][at]);
    }
}

/// Sums of everything before each place.
struct Sums(Vec<f64>);

impl Sums {
    fn of(numbers: impl Iterator<Item = f32>) -> Self {
        let mut sums = vec![0.0];
        let mut sum = 0.0;
        for number in numbers {
            sum += f64::from(number);
            sums.push(sum);
        }
        Self(sums)
    }

    fn between(&self, from: usize, to: usize) -> f32 {
        (self.0[to] - self.0[from]) as f32
    }
}

/// Blocks since the last one of a kind.
fn distances(kind: impl Iterator<Item = bool>) -> Vec<f32> {
    let mut distance = FAR;
    kind.map(|is| {
        let before = distance;
        distance = if is { 1 } else { (distance + 1).min(FAR) };
        before as f32
    })
    .collect()
}

/// The largest weight so far.
fn best<'a>(weights: impl Iterator<Item = &'a f32>) -> Vec<f32> {
    weights
        .scan(f32::NEG_INFINITY, |best, weight| {
            *best = best.max(*weight);
            Some(*best)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_described_by_its_neighbours() {
        let numbers = neighbours(&[2.0, -2.0, 1.5], &[10.0, 1.0, 500.0]);
        let middle = &numbers[1];
        assert_eq!(middle[..5], [-2.0, 2.0, 1.5, OUTSIDE, OUTSIDE]);
        // Means of the window, of what stands before and of what stands behind.
        assert_eq!(middle[11..14], [(20.0 - 2.0 + 90.0) / 71.0, 2.0, 1.5]);
        let end = middle.len();
        assert_eq!(middle[end - 6..], [1.0, 1.0, 50.0, 50.0, 2.0, 1.5]);
        assert!(neighbours(&[], &[]).is_empty());
    }
}
