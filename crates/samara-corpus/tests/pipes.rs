//! What lies at the place of a cache's file and is none is let alone. By itself, since a process that is begun has for a moment
//! the locks of the one that begins it.

#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::Command;

use samara_corpus::Records;

fn make_pipe(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status();
    assert!(made.unwrap().success());
}

/// Puts a record there, and says whether that can be.
fn put(path: &Path) -> bool {
    let records = Records::open(path, [7; 16]);
    let mut appended = records.append();
    appended.put([1; 16], &[b"one"]);
    appended.close(records, [].iter()).is_ok()
}

#[test]
fn what_is_no_file_is_let_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    assert!(put(&path("records")));
    make_pipe(&path("pipe"));
    assert!(!put(&path("pipe")));
    make_pipe(&path("locked.lock"));
    assert!(put(&path("locked")), "nobody may put anything");
    assert!(!path("locked").exists());
    fs::write(path("other"), "mine").unwrap();
    std::os::unix::fs::symlink(path("other"), path("link")).unwrap();
    assert!(!put(&path("link")));
    assert_eq!(fs::read(path("other")).unwrap(), b"mine");
}
