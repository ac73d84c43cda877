//! A folder to call the command in, and what the call came to.

use regex::Regex;
use snapbox::data::Inline;
use snapbox::{Assert, Redactions};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A folder that goes away with the test.
pub struct Case {
    folder: TempDir,
    variables: Vec<(&'static str, &'static str)>,
}

/// How a call ended.
pub struct Ended {
    pub code: i32,
    pub out: String,
    pub said: String,
}

impl Case {
    /// Nothing in it.
    pub fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            variables: Vec::new(),
        }
    }

    /// The notes of `tests/notes` in the folder `notes`.
    pub fn notes() -> Self {
        let case = Self::empty();
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/notes");
        fs::create_dir(case.path("notes")).unwrap();
        for entry in fs::read_dir(source).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), case.path("notes").join(entry.file_name())).unwrap();
        }
        case
    }

    /// The notes, and their bundle in the folder `search`.
    pub fn bundled() -> Self {
        let case = Self::notes();
        case.done("build notes -o search --quiet");
        case
    }

    /// The same with an environment variable.
    pub fn with(mut self, name: &'static str, value: &'static str) -> Self {
        self.variables.push((name, value));
        self
    }

    /// The same with a file.
    pub fn having(self, name: &str, text: &str) -> Self {
        fs::write(self.path(name), text).unwrap();
        self
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Names in a folder, sorted.
    pub fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// The file of a folder whose name ends so.
    pub fn ending_in(&self, folder: &str, ending: &str) -> PathBuf {
        let mut names = self.names(folder).into_iter();
        let name = names.find(|name| name.ends_with(ending)).unwrap();
        self.path(folder).join(name)
    }

    /// The command, to be called in the folder.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_samara"));
        command
            .current_dir(self.folder.path())
            .env_clear()
            .envs(self.variables.iter().copied());
        command
    }

    /// Calls the command. Words are separated by spaces; `_` stands for a space within one.
    pub fn run(&self, words: &str) -> Ended {
        let words = words.split_whitespace().map(|word| word.replace('_', " "));
        Ended::from(self.command().args(words).output().unwrap())
    }

    /// Calls the command and asserts that it was done.
    pub fn done(&self, words: &str) -> Ended {
        let ended = self.run(words);
        assert_eq!(ended.code, 0, "samara {words}: {}", ended.said);
        ended
    }

    /// Calls the command with a text on standard input.
    pub fn given(&self, words: &str, text: &str) -> Ended {
        let mut child = self
            .command()
            .args(words.split_whitespace())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        input.write_all(text.as_bytes()).unwrap();
        drop(input);
        Ended::from(child.wait_with_output().unwrap())
    }

    /// Asserts code, standard output and standard error of a call.
    pub fn check(&self, words: &str, code: i32, out: Inline, said: Inline) {
        let ended = self.run(words);
        says(&ended.out, out);
        says(&ended.said, said);
        assert_eq!(ended.code, code, "samara {words}");
    }

    /// Asserts standard error of a call that is wrong.
    pub fn refused(&self, words: &str, said: Inline) {
        self.check(words, 2, snapbox::str![""], said);
    }
}

/// Asserts a text in which times, hashes, scores and sizes, which change with the engine, do not count.
pub fn says(text: &str, expected: Inline) {
    let mut redactions = Redactions::new();
    for (name, pattern) in [
        ("[HASH]", r"sha384-(?<redacted>[\w+/=]+)"),
        ("[HASH]", r"samara\.(?<redacted>[0-9a-f]{16})\."),
        ("[TIME]", r" in (?<redacted>\d+\.\d m?s)"),
        ("[SCORE]", r#""score": (?<redacted>\d+)"#),
        ("[SIZE]", r"(?<redacted> +\d+(\.\d+)? (B|kB|MB))\b"),
    ] {
        redactions
            .insert(name, Regex::new(pattern).unwrap())
            .unwrap();
    }
    Assert::new()
        .action_env("SNAPSHOTS")
        .redact_with(redactions)
        .eq(text, expected);
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            said: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
