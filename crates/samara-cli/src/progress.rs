//! How far a long piece of work has come, on a terminal and nowhere else.

use crate::output::Talk;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::Duration;

/// How often what has no end that is known shows that it goes on.
const TICK: Duration = Duration::from_millis(100);

/// A line on standard error that goes away when it is dropped.
pub struct Progress(ProgressBar);

impl Progress {
    /// Steps that can be counted, named by a word such as "Reading".
    pub fn counted(talk: Talk, name: &'static str) -> Self {
        let bar = Self::new(talk, name);
        bar.0.set_style(style("{msg} [{wide_bar}] {pos}/{len}"));
        bar
    }

    /// Work whose length nobody knows.
    pub fn endless(talk: Talk, name: &'static str) -> Self {
        let bar = Self::new(talk, name);
        bar.0.set_style(style("{spinner} {msg} {elapsed}"));
        bar.0.enable_steady_tick(TICK);
        bar
    }

    fn new(talk: Talk, name: &'static str) -> Self {
        // Draws nothing where standard error is no terminal.
        let target = if talk.quiet {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr()
        };
        Self(ProgressBar::with_draw_target(Some(0), target).with_message(name))
    }

    /// So many of so many are done; may be called from any thread.
    pub fn at(&self, done: usize, all: usize) {
        self.0.set_length(all as u64);
        self.0.set_position(done as u64);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template)
        .expect("the templates of this file are correct")
        .progress_chars("=> ")
}
