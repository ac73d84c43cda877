//! The forms that a bundle may have.

use clap::ValueEnum;
use serde::Deserialize;

/// How a bundle is deployed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// Script and module beside one another.
    #[default]
    Embedded,
    /// One page that holds everything.
    Single,
}
