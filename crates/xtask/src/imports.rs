//! Short names for what the module imports.
//!
//! wasm-bindgen tells its imports apart by hashes of sixteen digits, which no compression shortens, in the module and
//! in the glue alike, and repeats with each of them the name of a script. The page's own bundler may rename what lies
//! on one side only, so both are renamed here.

use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;
use walrus::Module;

/// What the glue gives its imports in, as wasm-bindgen calls it and as it is called here.
const SCRIPT: [&str; 2] = ["./samara_bg.js", "m"];

/// Renames the imports of the module and what the glue gives them.
///
/// # Errors
/// The files cannot be read or written, or the glue does not give what the module imports: wasm-bindgen has changed.
pub fn shorten(wasm: &Path, glue: &Path) -> Result<()> {
    let mut module =
        Module::from_file(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let mut text =
        fs::read_to_string(glue).with_context(|| format!("cannot read {}", glue.display()))?;
    let [script, short_script] = SCRIPT;
    ensure!(
        text.matches(script).count() == 1,
        "{} names {script} not once",
        glue.display()
    );
    text = text.replace(script, short_script);
    for (number, import) in module.imports.iter_mut().enumerate() {
        ensure!(
            import.module == script,
            "the module imports from {}",
            import.module
        );
        import.module = short_script.to_owned();
        let short = name(number);
        text = rename(&text, &import.name, &short)
            .with_context(|| format!("{} gives no import {}", glue.display(), import.name))?;
        import.name = short;
    }
    module
        .emit_wasm_file(wasm)
        .with_context(|| format!("cannot write {}", wasm.display()))?;
    fs::write(glue, text).with_context(|| format!("cannot write {}", glue.display()))
}

/// A short name that nothing else in the glue has.
fn name(number: usize) -> String {
    format!(
        "_{}",
        char::from_digit(number as u32 % 36, 36).unwrap_or('_')
    ) + &"_".repeat(number / 36)
}

/// `glue` with the one property `long` of its imports called `short`.
fn rename(glue: &str, long: &str, short: &str) -> Result<String> {
    let property = format!(" {long}: ");
    ensure!(
        glue.matches(&property).count() == 1,
        "it stands there not once"
    );
    ensure!(!glue.contains(&format!(" {short}: ")), "{short} is taken");
    Ok(glue.replace(&property, &format!(" {short}: ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_differ() {
        let names: HashSet<String> = (0..100).map(name).collect();
        assert_eq!(names.len(), 100);
    }

    #[test]
    fn a_property_is_renamed_and_nothing_else() {
        let glue = "{ __wbg_new_1: function() {}, __wbg_new_12: () => __wbg_new_1(), }";
        let renamed = rename(glue, "__wbg_new_1", "_0").unwrap();
        assert_eq!(
            renamed,
            "{ _0: function() {}, __wbg_new_12: () => __wbg_new_1(), }"
        );
        assert!(rename(&renamed, "__wbg_new_1", "_1").is_err());
        assert!(rename(&renamed, "__wbg_new_12", "_0").is_err());
    }
}
