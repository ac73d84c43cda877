//! The runner that `cargo test --target wasm32-unknown-unknown` hands each test module to:
//! wasm-bindgen's own, linked as a library at the version of the module's `wasm-bindgen`.

use std::process::ExitCode;

fn main() -> ExitCode {
    match wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
