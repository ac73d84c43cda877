//! The engine against brute force: on random corpora, every kind of query finds exactly what reading all
//! documents finds.

mod corpus;
mod distance;

mod metadata;
mod mixtures;
mod sections;
mod suggestions;
mod words;
