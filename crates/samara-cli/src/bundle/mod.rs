//! A bundle: what is deployed.

pub mod module;
