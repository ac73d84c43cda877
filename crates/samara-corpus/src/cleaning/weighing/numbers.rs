//! Numbers with names: what the trees ask of a block.
//!
//! A number is named where it is computed and nowhere else. Whoever weighs takes the values, the
//! files of trees and the training script take the names.

use std::fmt;

/// Takes numbers with their names.
pub(crate) trait Numbers {
    fn put(&mut self, name: fmt::Arguments<'_>, value: f32);
}

/// The values alone.
impl Numbers for Vec<f32> {
    fn put(&mut self, _: fmt::Arguments<'_>, value: f32) {
        self.push(value);
    }
}

/// The names alone.
impl Numbers for Vec<String> {
    fn put(&mut self, name: fmt::Arguments<'_>, _: f32) {
        self.push(name.to_string());
    }
}

/// Takes a number under a name that may hold values of variables, as `format!` has them.
macro_rules! put {
    ($out:expr, $name:literal, $value:expr) => {
        $out.put(format_args!($name), $value)
    };
}
pub(crate) use put;
