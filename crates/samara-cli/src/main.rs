//! The `samara` command.

mod bundle;

fn main() {}
