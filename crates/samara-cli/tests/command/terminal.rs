//! Colours and progress are for terminals alone.
#![cfg(target_os = "linux")]

use crate::case::Case;
use std::process::Command;

/// What a terminal would show of a call.
fn shown(case: &Case, words: &str, no_color: Option<&str>) -> String {
    let call = format!("{} {words}", env!("CARGO_BIN_EXE_samara"));
    let mut script = Command::new("script");
    script
        .args(["--quiet", "--return", "--command", &call, "/dev/null"])
        .current_dir(case.path(""))
        .env_remove("NO_COLOR")
        .env("TERM", "xterm");
    if let Some(value) = no_color {
        script.env("NO_COLOR", value);
    }
    let output = script
        .output()
        .expect("`script` of util-linux is installed");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn results_are_bold_unless_no_color_says_no() {
    let case = Case::bundled();
    const BOLD: &str = "\x1b[1m";
    for words in ["search search oven", "clean notes -q"] {
        assert!(shown(&case, words, None).contains(BOLD), "{words}");
        assert!(shown(&case, words, Some("")).contains(BOLD), "{words}");
        assert!(!shown(&case, words, Some("1")).contains(BOLD), "{words}");
        assert!(!case.done(words).out.contains('\x1b'), "{words}");
    }
    assert!(shown(&case, "bulid", None).contains('\x1b'));
    assert!(!shown(&case, "bulid", Some("1")).contains('\x1b'));
}

#[test]
fn progress_is_shown_and_goes_away_quietly() {
    let case = Case::notes();
    assert!(shown(&case, "build notes -o search", None).contains("Reading ["));
    assert_eq!(shown(&case, "build notes -o search --quiet", None), "");
    assert!(!case.done("build notes -o search").said.contains("Reading"));
}
