//! Takes the texts of panics out of the compiled module.
//!
//! A panic ends the module's instance, and in a browser nobody hears its message: the standard library prints to
//! a standard error that is not there. What puts the message together (bounds, slices, all of `core::fmt`) is
//! 8 % of the compressed module (measured), and cannot be left out when compiling, since the standard library comes
//! compiled. So every function that only reports a panic becomes the instruction that it ends with: `unreachable`.
//! The checks that lead to it stay where they are. The data that only these functions read (texts, tables of characters
//! that can be printed; another 5 %) and the places in the source that they would name (file, line, column; another
//! 3 %) are overwritten with zeros, which take no room.

use anyhow::{Result, ensure};
use std::ops::Range;
use walrus::ir::Value;
use walrus::{ConstExpr, DataKind, FunctionBuilder, FunctionId, FunctionKind, Module};

/// Parts of the symbols of functions that report a panic or format its message. Nothing else in the module formats:
/// the engine puts its error messages together from texts.
const REPORTS: [&str; 15] = [
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
    // A module that is called after it was freed, or within one of its own calls.
    "12wasm_bindgen9throw_str",
];

/// Whether a function of this symbol only reports a panic.
pub fn is_report(symbol: &str) -> bool {
    REPORTS.iter().any(|part| symbol.contains(part))
}

/// Makes every function that reports a panic `unreachable` and overwrites data: `unused` addresses, and places in the
/// source. What the linker noted about the module holds no more and goes.
pub fn silence(module: &mut Module, unused: Vec<Range<u32>>) -> Result<()> {
    let reports: Vec<FunctionId> = module
        .funcs
        .iter_local()
        .filter(|(id, _)| is_report(module.funcs.get(*id).name.as_deref().unwrap_or_default()))
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
    let notes: Vec<_> = module
        .customs
        .iter()
        .filter(|(_, section)| section.name() == "linking" || section.name().starts_with("reloc."))
        .map(|(id, _)| id)
        .collect();
    for id in notes {
        module.customs.delete(id);
    }

    let mut segments: Vec<Segment> = Vec::new();
    let mut ids = Vec::new();
    for data in module.data.iter() {
        if let DataKind::Active {
            offset: ConstExpr::Value(Value::I32(address)),
            ..
        } = data.kind
        {
            segments.push((address as u32, data.value.clone()));
            ids.push(data.id());
        }
    }
    // Places first: those that nothing refers to any longer lead to paths as well.
    erase_places(&mut segments);
    for range in unused {
        erase(&mut segments, range);
    }
    for (id, (_, bytes)) in ids.into_iter().zip(segments) {
        module.data.get_mut(id).value = bytes;
    }
    Ok(())
}

/// A piece of memory as the module begins: its address and its bytes.
type Segment = (u32, Vec<u8>);

/// Overwrites a range of addresses.
fn erase(segments: &mut [Segment], range: Range<u32>) {
    for (address, bytes) in segments {
        let end = *address + bytes.len() as u32;
        let (from, to) = (range.start.max(*address), range.end.min(end));
        if from < to {
            bytes[(from - *address) as usize..(to - *address) as usize].fill(0);
        }
    }
}

/// Overwrites every `core::panic::Location`, and the paths that they point to: four words, the first two of which
/// are address and length of the path of a Rust file.
fn erase_places(segments: &mut [Segment]) {
    let mut places = Vec::new();
    let mut paths = Vec::new();
    for (number, (address, bytes)) in segments.iter().enumerate() {
        let aligned = (address.wrapping_neg() % 4) as usize;
        for start in (aligned..bytes.len().saturating_sub(15)).step_by(4) {
            let word = |place: usize| {
                let at = start + 4 * place;
                u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
            };
            let is_place = (1..1 << 16).contains(&word(2)) && (1..1 << 8).contains(&word(3));
            if let (true, Some(path)) = (is_place, path(segments, word(0), word(1))) {
                places.push((number, start, 16));
                paths.push(path);
            }
        }
    }
    for (number, start, length) in places.into_iter().chain(paths) {
        segments[number].1[start..start + length].fill(0);
    }
}

/// Where the path of a Rust file lies, if one lies there: number of the segment, start, length.
fn path(segments: &[Segment], address: u32, length: u32) -> Option<(usize, usize, usize)> {
    let length = length as usize;
    let of = |(number, (first, bytes)): (usize, &Segment)| {
        let start = address.checked_sub(*first)? as usize;
        let text = bytes.get(start..start.checked_add(length)?)?;
        let in_path = |byte: &u8| byte.is_ascii_alphanumeric() || b"/._-+".contains(byte);
        (text.ends_with(b".rs") && text.iter().all(in_path)).then_some((number, start, length))
    };
    segments.iter().enumerate().find_map(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: [u32; 4]) -> Vec<u8> {
        words.into_iter().flat_map(u32::to_le_bytes).collect()
    }

    #[test]
    fn places_and_their_paths_become_zeros_and_nothing_else_does() {
        let texts = b"src/lib.rs words".to_vec();
        let data = [
            words([100, 10, 7, 5]),
            words([111, 5, 7, 5]),
            words([100, 10, 0, 5]),
        ]
        .concat();
        let mut segments = [(100, texts), (200, data)];
        erase_places(&mut segments);
        let [(_, texts), (_, data)] = segments;
        assert_eq!(texts, b"\0\0\0\0\0\0\0\0\0\0 words");
        let expected = [words([0; 4]), words([111, 5, 7, 5]), words([100, 10, 0, 5])];
        assert_eq!(data, expected.concat());
    }
}
