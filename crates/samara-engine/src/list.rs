//! What the standard library does with lists, small. Its `collect` first asks how much there will be, and has loops for
//! each case, and so has its `retain`: fifty of them made up 3 % of the compressed module.

/// What can be put into a list.
pub(crate) trait ToList: Iterator + Sized {
    /// All that is left. Linear.
    fn list(self) -> Vec<Self::Item> {
        let mut list = Vec::new();
        for item in self {
            list.push(item);
        }
        list
    }
}

impl<I: Iterator> ToList for I {}

/// What can be taken out of a list.
pub(crate) trait Keep<T> {
    /// Leaves what passes the test, in its order. Linear.
    fn keep(&mut self, passes: &mut dyn FnMut(&T) -> bool);
}

impl<T> Keep<T> for Vec<T> {
    fn keep(&mut self, passes: &mut dyn FnMut(&T) -> bool) {
        let mut kept = 0;
        for place in 0..self.len() {
            if passes(&self[place]) {
                self.swap(kept, place);
                kept += 1;
            }
        }
        self.truncate(kept);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_made_as_by_the_standard_library() {
        let odd = |number: &u32| number % 2 == 1;
        for end in [0, 1, 2, 9] {
            let mut list = (0..end).list();
            assert_eq!(list, Vec::from_iter(0..end));
            list.keep(&mut |number| odd(number));
            assert_eq!(list, Vec::from_iter((0..end).filter(odd)));
        }
    }
}
