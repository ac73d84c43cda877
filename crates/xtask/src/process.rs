//! Running programs: every failure names the program, and a missing one names its remedy.

use anyhow::{Context, Result, bail};
use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::Command;

/// Runs a program to its end, with its output shown.
///
/// # Errors
/// The program is missing (the error ends with `remedy`) or ends with a failure.
pub fn run(command: &mut Command, remedy: &str) -> Result<()> {
    let name = name(command);
    let status = command
        .status()
        .map_err(|error| explain(&name, &error, remedy))?;
    if !status.success() {
        bail!("`{name}` ended with {status}");
    }
    Ok(())
}

/// Runs a program to its end and returns its standard output; its standard error is shown.
///
/// # Errors
/// As for [`run`], or output that is not UTF-8.
pub fn output(command: &mut Command, remedy: &str) -> Result<String> {
    let name = name(command);
    let output = command
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(|error| explain(&name, &error, remedy))?;
    if !output.status.success() {
        bail!("`{name}` ended with {}", output.status);
    }
    String::from_utf8(output.stdout)
        .with_context(|| format!("`{name}` printed bytes that are not UTF-8"))
}

/// The first of these programs that stands on the search path.
pub fn find(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
        .find(|candidate| candidate.is_file())
}

/// The command as a person would write it, without the paths of its programs.
fn name(command: &Command) -> String {
    let program = command.get_program().to_string_lossy();
    let program = program
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or_default()
        .to_owned();
    let arguments = command
        .get_args()
        .map(|argument| argument.to_string_lossy().into_owned());
    std::iter::once(program)
        .chain(arguments)
        .collect::<Vec<_>>()
        .join(" ")
}

fn explain(name: &str, error: &std::io::Error, remedy: &str) -> anyhow::Error {
    match error.kind() {
        ErrorKind::NotFound => anyhow::anyhow!("`{name}`: program not found; {remedy}"),
        _ => anyhow::anyhow!("`{name}` could not start: {error}"),
    }
}
