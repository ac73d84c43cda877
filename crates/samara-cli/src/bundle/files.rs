//! Writing a bundle so that a site which is being visited, or a build that is interrupted, never
//! meets half of one.
//!
//! Files whose content changes carry a hash of it in their names and are written first; then the
//! manifest, which names old files and new ones; then the entry script, in one rename; then old
//! files are deleted and the manifest forgets them.

use super::assets;
use crate::failure::Misuse;
use anyhow::{Context, Result};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256, Sha384};
use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

/// The stable entry: the script that a page names.
pub const ENTRY: &str = "samara.js";
/// The same for `import`.
pub const MODULE_ENTRY: &str = "samara.mjs";
/// What this folder holds, in JSON, for the next build and for programs. Not named .json, because the
/// folder may lie inside of the corpus.
pub const MANIFEST: &str = "samara.manifest";
/// The page of the single-file layout.
pub const PAGE: &str = "samara.html";

/// What a build leaves for the next one, and for programs that deploy it.
#[derive(Debug, Default, Deserialize, Serialize)]
pub struct Manifest {
    /// Version of the program that wrote it.
    pub version: String,
    /// The script that a page names.
    pub entry: String,
    /// Integrity of the entry, for the attribute of that name.
    pub integrity: String,
    /// The wasm module that the entry loads.
    pub module: String,
    /// Every file of the bundle beside the manifest.
    pub files: BTreeSet<String>,
}

/// Refuses a folder that holds something else than a bundle.
///
/// # Errors
/// The path is a file, or a folder that is neither empty nor a bundle.
pub fn claim(folder: &Path) -> Result<()> {
    let occupied = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_some(),
        Err(error) if error.kind() == ErrorKind::NotFound => false,
        Err(error) => return Err(error).with_context(|| format!("-o {}", folder.display())),
    };
    if occupied && !folder.join(MANIFEST).is_file() {
        let folder = folder.display();
        return Err(Misuse(format!(
            "-o {folder}: this folder holds files that are no bundle; name an empty or new folder, such as {folder}/samara"
        ))
        .into());
    }
    Ok(())
}

/// Writes the bundle of a module and returns its manifest. Linear in the module.
///
/// # Errors
/// The folder cannot be written. What was there before still works then.
pub fn write(folder: &Path, module: &[u8]) -> Result<Manifest> {
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let before = earlier(folder)?;

    let name = module_name(module);
    let script = entry(&name);
    let module_script = assets::MODULE_SCRIPT.replace(assets::ENGINE_NAME, &name);
    let files = BTreeSet::from([ENTRY, MODULE_ENTRY, &name].map(str::to_owned));
    let mut manifest = Manifest {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        entry: ENTRY.to_owned(),
        integrity: format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(&script))),
        module: name.clone(),
        files: files.union(&before.files).cloned().collect(),
    };

    replace(folder, &name, module)?;
    replace(folder, MANIFEST, &json(&manifest)?)?;
    replace(folder, MODULE_ENTRY, module_script.as_bytes())?;
    replace(folder, ENTRY, script.as_bytes())?;

    for old in before.files.difference(&files) {
        remove(folder, old)?;
    }
    manifest.files = files;
    replace(folder, MANIFEST, &json(&manifest)?)?;
    Ok(manifest)
}

/// Writes one file so that a reader finds either the old one or the new one, whole.
pub fn replace(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let path = folder.join(name);
    let write = || {
        let mut file = tempfile::Builder::new()
            .prefix(".samara-")
            .tempfile_in(folder)?;
        file.write_all(bytes)?;
        set_readable(file.as_file())?;
        file.as_file().sync_all()?;
        file.persist(&path).map_err(|failed| failed.error)?;
        Ok::<(), std::io::Error>(())
    };
    write().with_context(|| format!("cannot write {}", path.display()))
}

/// The name of the wasm module that a script of a bundle calls.
pub fn module_name_in(script: &str) -> Option<&str> {
    let (stem, ending) = assets::ENGINE_NAME.split_once('.')?;
    script
        .match_indices(&format!("{stem}."))
        .find_map(|(at, _)| {
            let name = script[at..].split(['"', '\'', '`', ' ']).next()?;
            let hash = name
                .strip_prefix(stem)?
                .strip_suffix(ending)?
                .trim_matches('.');
            (hash.len() == HASH && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
                .then_some(name)
        })
}

/// The entry script, calling a module by its name.
pub fn entry(module_name: &str) -> String {
    assets::SCRIPT.replace(assets::ENGINE_NAME, module_name)
}

/// Letters of a hash in a file's name.
const HASH: usize = 16;

/// The name of a module's file, which changes with its content.
pub fn module_name(module: &[u8]) -> String {
    let hash = Sha256::digest(module);
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    assets::ENGINE_NAME.replace('.', &format!(".{}.", &hash[..HASH]))
}

fn earlier(folder: &Path) -> Result<Manifest> {
    let path = folder.join(MANIFEST);
    match fs::read(&path) {
        Ok(bytes) => serde_json::from_slice(&bytes).with_context(|| {
            format!(
                "{} is damaged; delete it and the files beside it, then build again",
                path.display()
            )
        }),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Manifest::default()),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

/// Deletes a file of an earlier bundle; a name that leads out of the folder is none of ours.
fn remove(folder: &Path, name: &str) -> Result<()> {
    if name.contains(['/', '\\']) || !name.starts_with("samara.") {
        return Ok(());
    }
    match fs::remove_file(folder.join(name)) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot delete {}", folder.join(name).display()))
        }
        _ => Ok(()),
    }
}

fn json(manifest: &Manifest) -> Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(manifest)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Temporary files belong to their owner alone; a web server is somebody else.
#[cfg(unix)]
fn set_readable(file: &fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn set_readable(_: &fs::File) -> std::io::Result<()> {
    Ok(())
}
