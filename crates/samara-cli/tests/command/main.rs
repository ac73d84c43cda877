//! What the command prints, what it writes, and with which code it ends. `SNAPSHOTS=overwrite cargo test` writes
//! what it prints now into these files.

mod case;

mod build;
mod bundle;
mod check;
mod clean;
mod config;
mod faults;
mod help;
mod inspect;
mod interrupted;
mod limits;
mod offline;
mod pagefind;
mod parts;
mod search;
mod serve;
mod settings;
mod split;
mod suggest;
mod terminal;
