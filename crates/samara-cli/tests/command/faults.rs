//! Disks that are full, targets that cannot be written, inputs that vanish: plain errors, and what was there
//! before still works.
#![cfg(unix)]

use crate::case::{Case, Ended, says};
use snapbox::str;
use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::process::Command;

/// Somebody who owns nothing: the administrator may write what is read-only.
const NOBODY: u32 = 65_534;

#[test]
fn a_disk_that_is_full_leaves_the_bundle_that_was_there() {
    let case = Case::bundled().having("notes/harvest.txt", "Harvest\n\nThe second harvest of lemon balm is smaller, and has a finer taste than the first.\n");
    let before = case.names("search");
    // No file may grow beyond 64 blocks of 512 bytes, which the module does.
    let script = "trap '' XFSZ; ulimit -f 64; exec \"$0\" build notes -o search -q";
    let ended = Ended::from(
        Command::new("sh")
            .args(["-c", script, env!("CARGO_BIN_EXE_samara")])
            .current_dir(case.path(""))
            .output()
            .unwrap(),
    );
    says(
        &ended.said,
        str![[r#"
error: cannot write search/samara.[HASH].wasm: File too large (os error 27)

"#]],
    );
    assert_eq!(ended.code, 1);
    case.done("check search");
    assert_eq!(case.names("search"), before);
}

#[test]
fn results_that_cannot_be_written_are_an_error() {
    let case = Case::bundled();
    let full = File::options().write(true).open("/dev/full").unwrap();
    let ended = Ended::from(
        case.command()
            .args(["inspect", "search"])
            .stdout(full)
            .output()
            .unwrap(),
    );
    says(
        &ended.said,
        str![[r#"
error: No space left on device (os error 28)

"#]],
    );
    assert_eq!(ended.code, 1);
}

#[test]
fn a_target_that_is_read_only_is_named() {
    let case = Case::notes();
    fs::create_dir(case.path("search")).unwrap();
    fs::set_permissions(case.path(""), Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(case.path("search"), Permissions::from_mode(0o555)).unwrap();
    let mut command = case.command();
    command.args(["build", "notes", "-o", "search", "-q"]);
    // The administrator may write it all the same.
    if File::create(case.path("search/probe")).is_ok() {
        fs::remove_file(case.path("search/probe")).unwrap();
        command.uid(NOBODY).gid(NOBODY);
    }
    let ended = Ended::from(command.output().unwrap());
    says(
        &ended.said,
        str![[r#"
error: cannot write search/samara.manifest: Permission denied (os error 13)

"#]],
    );
    assert_eq!(ended.code, 1);
}

#[test]
fn a_target_below_a_file_is_named() {
    Case::notes().check(
        "build notes -o notes/tea.txt/search",
        1,
        str![],
        str![[r#"
error: -o notes/tea.txt/search: Not a directory (os error 20)

"#]],
    );
    Case::notes().check(
        "build notes -o notes/tea.txt/letters.html --layout single",
        1,
        str![],
        str![[r#"
error: cannot create notes/tea.txt: File exists (os error 17)

"#]],
    );
}

#[test]
fn an_input_that_vanishes_is_named() {
    let case = Case::notes();
    // As if it went away between listing and reading: the name is there, the content is not.
    std::os::unix::fs::symlink("/proc/self/mem", case.path("notes/gone.txt")).unwrap();
    let case = case.having("samara.toml", "follow-links = true");
    let ended = case.run("build notes -o search -q");
    says(
        &ended.said,
        str![[r#"
error: notes/gone.txt: cannot be read (Input/output error (os error 5)); make it readable or move it out of the corpus

"#]],
    );
}

#[test]
fn a_pipe_among_the_documents_is_not_waited_for() {
    let case = Case::notes();
    let made = Command::new("mkfifo")
        .arg(case.path("notes/pipe.txt"))
        .status();
    assert!(made.unwrap().success());
    let said = case.done("build notes -o search").said;
    assert!(
        said.contains("warning: pipe.txt: neither file nor folder, skipped\n"),
        "{said}"
    );
}

#[test]
fn a_module_that_is_missing_is_named() {
    let case = Case::bundled();
    fs::remove_file(case.ending_in("search", ".wasm")).unwrap();
    case.check(
        "search search oven",
        1,
        str![],
        str![[r#"
error: search/samara.[HASH].wasm, which samara.js calls, is missing; deploy the whole folder, or build it again

"#]],
    );
}
