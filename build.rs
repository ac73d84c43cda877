//! Compiles the corpus into the index that the module embeds.
//!
//! The corpus is `seeds/`, or the folder that `SAMARA_CORPUS` names. A file that cannot be read or is no text
//! stops the build; an empty one, or one whose kind is not read, is left out with a warning. Reruns when the
//! corpus or the code of these two crates changed.

use std::error::Error;
use std::process::ExitCode;

fn main() -> ExitCode {
    match compile() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // An instruction to cargo is one line.
            println!("cargo::error={}", error.to_string().replace('\n', " "));
            ExitCode::FAILURE
        }
    }
}

#[cfg(feature = "corpus")]
fn compile() -> Result<(), Box<dyn Error>> {
    use std::path::PathBuf;
    use std::{env, fs};

    println!("cargo::rerun-if-env-changed=SAMARA_CORPUS");
    let corpus = env::var_os("SAMARA_CORPUS").map_or_else(|| PathBuf::from("seeds"), PathBuf::from);
    println!("cargo::rerun-if-changed={}", corpus.display());

    let corpus = samara_corpus::read(&[corpus], &samara_corpus::Options::default())?;
    for warning in &corpus.report.warnings {
        println!("cargo::warning={}: {}", warning.path, warning.reason);
    }
    let mut writer = samara_engine::IndexWriter::new();
    corpus
        .documents
        .into_iter()
        .for_each(|document| writer.add(document));
    let index = PathBuf::from(env::var("OUT_DIR")?).join("index.samara");
    fs::write(index, writer.finish()?)?;
    Ok(())
}

#[cfg(not(feature = "corpus"))]
fn compile() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}
