//! Decision trees: their format, and what they say of a block.

use std::sync::LazyLock;

/// A sum of decision trees, written by `training/train.py`: a line a tree, its nodes one space
/// apart, a node being `feature<threshold:left:right` or, for a leaf, its value.
#[derive(Debug)]
pub(crate) struct Trees {
    nodes: Vec<Node>,
    roots: Vec<u32>,
    /// Blocks whose sum lies below are chrome.
    threshold: f32,
}

#[derive(Clone, Copy, Debug)]
enum Node {
    Split {
        feature: u16,
        threshold: f32,
        left: u32,
        right: u32,
    },
    Leaf(f32),
}

/// For lines of plain text.
pub(crate) static LINES: LazyLock<Trees> =
    LazyLock::new(|| Trees::parse(include_str!("lines.trees")));
/// For blocks of HTML.
#[cfg(feature = "extract")]
pub(crate) static MARKUP: LazyLock<Trees> =
    LazyLock::new(|| Trees::parse(include_str!("markup.trees")));

impl Trees {
    /// Panics on a fault in the text, which is part of the program.
    fn parse(source: &str) -> Self {
        let mut trees = Self {
            nodes: Vec::new(),
            roots: Vec::new(),
            threshold: 0.0,
        };
        for line in source
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            if let Some(threshold) = line.strip_prefix("threshold ") {
                trees.threshold = threshold.parse().expect("a number");
                continue;
            }
            let root = u32::try_from(trees.nodes.len()).expect("few nodes");
            trees.roots.push(root);
            trees
                .nodes
                .extend(line.split(' ').map(|node| Node::parse(node, root)));
        }
        trees
    }

    /// How much a block looks like content; 0 is undecided. Logarithmic in the trees' size.
    pub fn score(&self, features: &[f32]) -> f32 {
        let mut sum = 0.0;
        for &root in &self.roots {
            let mut at = root;
            sum += loop {
                match self.nodes[at as usize] {
                    Node::Leaf(value) => break value,
                    Node::Split {
                        feature,
                        threshold,
                        left,
                        right,
                    } => {
                        let value = features.get(usize::from(feature)).copied().unwrap_or(0.0);
                        at = if value <= threshold { left } else { right };
                    }
                }
            };
        }
        sum
    }

    /// Whether a block is content, where others have votes, too; these are added to the sum.
    pub fn keeps(&self, features: &[f32], votes: f32) -> bool {
        self.score(features) + votes >= self.threshold
    }
}

impl Node {
    fn parse(source: &str, root: u32) -> Self {
        let Some((feature, rest)) = source.split_once('<') else {
            return Self::Leaf(source.parse().expect("a number"));
        };
        let parts: Vec<&str> = rest.split(':').collect();
        let child = |part: &str| root + part.parse::<u32>().expect("a number");
        Self::Split {
            feature: feature.parse().expect("a number"),
            threshold: parts[0].parse().expect("a number"),
            left: child(parts[1]),
            right: child(parts[2]),
        }
    }
}
