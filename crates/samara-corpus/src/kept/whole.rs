//! Files that are there as a whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Writes a file beside the one that it replaces in one step. Whoever needs it on the disk by then waits for that in `write`: what
/// is only kept to save work tells by itself that it is whole.
///
/// # Errors
/// It cannot be written. What was there before is still there.
pub(super) fn write(
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
    let unfinished = path.with_file_name(format!(".{name}.{process}"));
    let written = || {
        let mut out = BufWriter::new(File::create(&unfinished)?);
        write(&mut out)?;
        out.flush()?;
        fs::rename(&unfinished, path)
    };
    written().inspect_err(|_| drop(fs::remove_file(&unfinished)))
}
