//! What the owner of a corpus may decide.

/// How a corpus is read. The default is right for most.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Lines never dropped, compared without regard to case and punctuation.
    pub keep: Vec<String>,
    /// Lines always dropped, compared likewise.
    pub drop: Vec<String>,
}
