//! Decision trees: their format, and what they say of a block.

/// A sum of decision trees, written by `training/train.py`: a line a tree, its nodes one space
/// apart, a node being `number<threshold:left:right` (which number, counted in the file's line of names) or, for a leaf, its value.
#[derive(Debug, Default)]
pub(crate) struct Trees {
    nodes: Vec<Node>,
    roots: Vec<u32>,
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

impl Trees {
    /// Adds a tree, given as its line. `places` says where the numbers stand that the line counts. Panics on a fault
    /// in it.
    pub fn add(&mut self, line: &str, places: &[usize]) {
        let root = u32::try_from(self.nodes.len()).expect("few nodes");
        self.roots.push(root);
        self.nodes
            .extend(line.split(' ').map(|node| Node::parse(node, root, places)));
    }

    /// The sum for a block of such numbers: 0 is undecided. Logarithmic in the trees' size.
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
}

impl Node {
    fn parse(source: &str, root: u32, places: &[usize]) -> Self {
        let Some((feature, rest)) = source.split_once('<') else {
            return Self::Leaf(source.parse().expect("a number"));
        };
        let parts: Vec<&str> = rest.split(':').collect();
        let child = |part: &str| root + part.parse::<u32>().expect("a number");
        let feature = places[feature.parse::<usize>().expect("a number")];
        Self::Split {
            feature: u16::try_from(feature).expect("few numbers"),
            threshold: parts[0].parse().expect("a number"),
            left: child(parts[1]),
            right: child(parts[2]),
        }
    }
}
