//! Files that are exchanged as a whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// What the name of a file begins with until it is whole: that, the name of the file, and the number of the process.
const UNFINISHED: char = '.';

/// Writes a file beside the one that it replaces in one step. `write` waits for the disk where that matters: after a power cut,
/// what is only kept to save work tells by itself that it is not whole.
///
/// # Errors
/// It cannot be written. What was there before is still there.
pub fn exchange(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> io::Result<()> {
    // WASI gives processes no numbers.
    let process = if cfg!(target_family = "wasm") {
        0
    } else {
        std::process::id()
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let unfinished = path.with_file_name(format!("{UNFINISHED}{name}.{process}"));
    let written = || {
        let mut out = BufWriter::new(File::create(&unfinished)?);
        write(&mut out)?;
        out.flush()?;
        drop(out);
        fs::rename(&unfinished, path)
    };
    written().inspect_err(|_| drop(fs::remove_file(&unfinished)))
}

/// The name of the file that one of this name was to become, if it is unfinished.
pub(super) fn finished(name: &str) -> Option<&str> {
    let (name, process) = name.strip_prefix(UNFINISHED)?.rsplit_once('.')?;
    process.parse::<u32>().is_ok().then_some(name)
}
