//! Takes the texts of panics out of the compiled module.
//!
//! A panic ends the module's instance, and in a browser nobody hears its message: the standard library prints to
//! a standard error that is not there. What puts the message together (bounds, slices, all of `core::fmt`) is
//! 8 % of the compressed module (measured), and cannot be left out when compiling, since the standard library comes
//! compiled. So every function that only reports a panic becomes the instruction that it ends with: `unreachable`.
//! The checks that lead to it stay where they are.

use anyhow::{Result, ensure};
use walrus::{FunctionBuilder, FunctionId, FunctionKind, Module};

/// Parts of the symbols of functions that report a panic or format its message. Nothing else in the module formats:
/// the engine puts its error messages together from texts.
const REPORTS: [&str; 14] = [
    "4core9panicking",
    "3std9panicking",
    "4core3fmt",
    "3fmt5Debug",
    "3fmt7Display",
    "17rust_begin_unwind",
    "10rust_panic",
    "16slice_error_fail",
    "16slice_index_fail",
    "13unwrap_failed",
    "13expect_failed",
    "7raw_vec12handle_error",
    "17capacity_overflow",
    "18handle_alloc_error",
];

/// Makes every function that reports a panic `unreachable`. What only they used is gone, too.
pub fn silence(module: &mut Module) -> Result<()> {
    let reports: Vec<FunctionId> = module
        .funcs
        .iter_local()
        .filter(|(id, _)| {
            let name = module.funcs.get(*id).name.as_deref().unwrap_or_default();
            REPORTS.iter().any(|part| name.contains(part))
        })
        .map(|(id, _)| id)
        .collect();
    ensure!(
        !reports.is_empty(),
        "the compiled module has no names of functions: profile `wasm` needs `strip = \"none\"`"
    );
    for id in reports {
        let of = module.types.get(module.funcs.get(id).ty());
        let (params, results) = (of.params().to_vec(), of.results().to_vec());
        let arguments = params
            .iter()
            .map(|&param| module.locals.add(param))
            .collect();
        let mut body = FunctionBuilder::new(&mut module.types, &params, &results);
        body.func_body().unreachable();
        module.funcs.get_mut(id).kind = FunctionKind::Local(body.local_func(arguments));
    }
    walrus::passes::gc::run(module);
    Ok(())
}
