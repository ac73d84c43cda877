//! Where a path really leads.

use std::io;
use std::path::{Path, PathBuf};

/// The path without links and detours. It exists.
///
/// # Errors
/// There is nothing at this path, or it cannot be asked.
#[cfg(not(target_family = "wasm"))]
pub fn real_path(path: &Path) -> io::Result<PathBuf> {
    std::fs::canonicalize(path)
}

/// The same where the system has no such call: link by link.
///
/// # Errors
/// There is nothing at this path, or its links lead in a circle.
#[cfg(target_family = "wasm")]
pub fn real_path(path: &Path) -> io::Result<PathBuf> {
    use std::path::Component;

    /// As many links as Linux follows.
    const MOST_LINKS: usize = 40;
    std::fs::metadata(path)?;
    let mut left: Vec<PathBuf> = Vec::new();
    let put = |path: &Path, left: &mut Vec<PathBuf>| {
        left.extend(
            path.components()
                .rev()
                .map(|part| PathBuf::from(part.as_os_str())),
        );
    };
    put(&std::path::absolute(path)?, &mut left);
    let mut real = PathBuf::from("/");
    let mut links = 0;
    while let Some(part) = left.pop() {
        match part.components().next() {
            Some(Component::RootDir) => real = PathBuf::from("/"),
            Some(Component::ParentDir) => drop(real.pop()),
            Some(Component::Normal(name)) => match std::fs::read_link(real.join(name)) {
                Ok(target) => {
                    links += 1;
                    if links > MOST_LINKS {
                        return Err(io::Error::other("its links lead in a circle"));
                    }
                    put(&target, &mut left);
                }
                // No link.
                Err(_) => real.push(name),
            },
            _ => {}
        }
    }
    Ok(real)
}
