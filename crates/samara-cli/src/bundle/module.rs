//! An index inside a wasm module: putting one into the prebuilt engine without compiling anything,
//! and finding it again in any module that Samara built.
//!
//! The engine holds a *descriptor* in its memory: [`MAGIC`], then the address and the length of the
//! index, each a little-endian `u32`. Data segments are written into memory in order when a module
//! is instantiated, so an index is put in by two more of them: the index itself, behind the end of
//! what was the module's memory (the allocator asks for new pages from there on), and eight bytes
//! over the descriptor.

use anyhow::{Context, Result, bail, ensure};
use std::ops::Range;
use wasm_encoder::{
    ConstExpr, DataCountSection, DataSection, MemorySection, MemoryType, RawSection, Section,
    SectionId,
};
use wasmparser::{Data, DataKind, Operator, Parser, Payload};

/// What the descriptor begins with.
pub const MAGIC: [u8; 16] = *b"samara:index:at\0";
/// Bytes of a page of wasm memory.
const PAGE: u64 = 65_536;
/// The largest memory that 32-bit addresses reach, in bytes.
const LARGEST_MEMORY: u64 = 1 << 32;
/// Length of magic and version, before the first section.
const HEADER: usize = 8;

/// A copy of `engine` with `index` in its memory. Linear in both.
///
/// # Errors
/// `engine` is no module with a descriptor, or the index does not fit into 4 GiB beside it.
pub fn put_index(engine: &[u8], index: &[u8]) -> Result<Vec<u8>> {
    let layout = Layout::read(engine)?;
    let address = layout.memory.minimum * PAGE;
    let end = address + index.len() as u64;
    if end > LARGEST_MEMORY {
        bail!(
            "an index of {} bytes is more than a browser can address; split the corpus",
            index.len()
        );
    }
    let location = Location {
        address: u32::try_from(address)?,
        length: u32::try_from(index.len())?,
    };

    let mut data = DataSection::new();
    for segment in &layout.segments {
        data.raw(segment);
    }
    data.active(0, &address_of(location.address), index.iter().copied());
    data.active(
        0,
        &address_of(layout.descriptor()? + MAGIC.len() as u32),
        location.bytes(),
    );

    let mut module = Vec::with_capacity(engine.len() + index.len() + 64);
    module.extend_from_slice(&engine[..HEADER]);
    for &(id, content) in &layout.sections {
        if id == SectionId::Memory as u8 {
            let mut memories = MemorySection::new();
            memories.memory(MemoryType {
                minimum: end.div_ceil(PAGE),
                ..layout.memory
            });
            memories.append_to(&mut module);
        } else if id == SectionId::DataCount as u8 {
            DataCountSection { count: data.len() }.append_to(&mut module);
        } else if id == SectionId::Data as u8 {
            data.append_to(&mut module);
        } else {
            RawSection { id, data: content }.append_to(&mut module);
        }
    }
    wasmparser::validate(&module)
        .context("the engine does not take an index; this is a fault of samara itself")?;
    Ok(module)
}

/// The index inside a module, or nothing if it carries none. Linear in the module.
///
/// # Errors
/// This is no module with a descriptor, or the descriptor points outside of its memory.
pub fn index_of(module: &[u8]) -> Result<Option<Vec<u8>>> {
    let layout = Layout::read(module)?;
    let at = layout.descriptor()? as usize + MAGIC.len();
    // Bytes of memory that no segment writes are zero.
    let mut location = [0; 8];
    layout
        .image
        .iter()
        .skip(at)
        .zip(&mut location)
        .for_each(|(from, to)| *to = *from);
    let Location { address, length } = Location::parse(location);
    if length == 0 {
        return Ok(None);
    }
    let index = layout
        .image
        .get(address as usize..)
        .and_then(|rest| rest.get(..length as usize));
    Ok(Some(
        index
            .context("the module is damaged: its index lies outside of its memory")?
            .to_vec(),
    ))
}

/// Whether a module has a place for an index: the engine of an index in blocks has none. Linear in the module.
///
/// # Errors
/// The module is damaged.
pub fn has_place(module: &[u8]) -> Result<bool> {
    Ok(Layout::read(module)?.descriptor.is_some())
}

/// The text of a custom section, such as `samara-build`.
pub fn custom_section(module: &[u8], name: &str) -> Option<String> {
    Parser::new(0)
        .parse_all(module)
        .map_while(Result::ok)
        .find_map(|payload| match payload {
            Payload::CustomSection(section) if section.name() == name => {
                String::from_utf8(section.data().to_vec()).ok()
            }
            _ => None,
        })
}

/// Where an index lies in memory, in bytes.
struct Location {
    address: u32,
    length: u32,
}

impl Location {
    fn bytes(&self) -> [u8; 8] {
        (u64::from(self.length) << 32 | u64::from(self.address)).to_le_bytes()
    }

    fn parse(bytes: [u8; 8]) -> Self {
        let both = u64::from_le_bytes(bytes);
        Location {
            address: both as u32,
            length: (both >> 32) as u32,
        }
    }
}

/// What has to be known of a module before an index goes in or comes out.
struct Layout<'a> {
    /// Id and content of every section.
    sections: Vec<(u8, &'a [u8])>,
    memory: MemoryType,
    /// The data segments, encoded.
    segments: Vec<&'a [u8]>,
    /// The initial memory, up to the last byte that a data segment writes.
    image: Vec<u8>,
    /// Address of the descriptor, if there is one.
    descriptor: Option<u32>,
}

impl<'a> Layout<'a> {
    fn read(module: &'a [u8]) -> Result<Self> {
        const DAMAGED: &str = "the wasm module is damaged; build it again";
        ensure!(module.starts_with(b"\0asm"), "this is no wasm module");
        let slice = |range: Range<u64>| {
            // The section of code may announce more bytes than there are.
            module
                .get(range.start as usize..range.end as usize)
                .context(DAMAGED)
        };
        let mut sections = Vec::new();
        let mut memories = Vec::new();
        let mut segments = Vec::new();
        let mut image = Vec::new();
        for payload in Parser::new(0).parse_all(module) {
            let payload = payload.context(DAMAGED)?;
            if let Some((id, range)) = payload.as_section() {
                sections.push((id, slice(range)?));
            }
            match payload {
                Payload::MemorySection(section) => {
                    for memory in section {
                        memories.push(memory.context(DAMAGED)?);
                    }
                }
                Payload::DataSection(section) => {
                    for segment in section {
                        let segment = segment.context(DAMAGED)?;
                        let memory = memories
                            .first()
                            .map_or(0, |memory| memory.initial.saturating_mul(PAGE));
                        write(&segment, &mut image, memory.min(LARGEST_MEMORY))?;
                        segments.push(slice(segment.range)?);
                    }
                }
                _ => {}
            }
        }
        let [memory] = memories[..] else {
            bail!(
                "this is no module of Samara: it has {} memories",
                memories.len()
            );
        };
        let descriptor = image
            .windows(MAGIC.len())
            .position(|window| window == MAGIC);
        Ok(Self {
            sections,
            memory: MemoryType {
                minimum: memory.initial,
                maximum: memory.maximum,
                memory64: memory.memory64,
                shared: memory.shared,
                page_size_log2: memory.page_size_log2,
            },
            segments,
            image,
            descriptor: descriptor.map(u32::try_from).transpose()?,
        })
    }

    fn descriptor(&self) -> Result<u32> {
        self.descriptor
            .context("this is no module of Samara: it has no place for an index")
    }
}

/// Writes a segment at its address, as instantiation would.
fn write(segment: &Data<'_>, image: &mut Vec<u8>, memory: u64) -> Result<()> {
    let DataKind::Active { offset_expr, .. } = &segment.kind else {
        return Ok(());
    };
    let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
        bail!("this is no module of Samara: a data segment has no fixed address");
    };
    let start = value.cast_unsigned() as usize;
    let end = start + segment.data.len();
    ensure!(
        end as u64 <= memory,
        "the wasm module is damaged: a data segment lies outside of its memory"
    );
    if image.len() < end {
        image.resize(end, 0);
    }
    image[start..end].copy_from_slice(segment.data);
    Ok(())
}

fn address_of(address: u32) -> ConstExpr {
    ConstExpr::i32_const(address.cast_signed())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        CodeSection, CustomSection, Function, FunctionSection, Module, TypeSection,
    };

    /// A module of one page whose descriptor stands at 1024, with a custom section behind its data.
    fn engine(with_count: bool) -> Vec<u8> {
        let mut memories = MemorySection::new();
        memories.memory(MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        let mut data = DataSection::new();
        data.active(0, &address_of(1024), MAGIC).active(
            0,
            &address_of(2048),
            *b"data of the engine",
        );
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut functions = FunctionSection::new();
        functions.function(0);
        let mut function = Function::new([]);
        function.instructions().end();
        let mut code = CodeSection::new();
        code.function(&function);
        let mut module = Module::new();
        module
            .section(&types)
            .section(&functions)
            .section(&memories);
        if with_count {
            module.section(&DataCountSection { count: data.len() });
        }
        module
            .section(&code)
            .section(&data)
            .section(&CustomSection {
                name: "samara-build".into(),
                data: b"1a2b".into(),
            });
        module.finish()
    }

    #[test]
    fn an_index_put_in_is_found_again() {
        for with_count in [false, true] {
            for length in [1, 65_536, 200_000] {
                let index: Vec<u8> = (0..length).map(|byte| byte as u8).collect();
                let module = put_index(&engine(with_count), &index).unwrap();
                assert_eq!(index_of(&module).unwrap(), Some(index));
            }
        }
    }

    #[test]
    fn a_second_index_replaces_the_first() {
        let first = put_index(&engine(true), b"first").unwrap();
        let second = put_index(&first, b"second").unwrap();
        assert_eq!(index_of(&second).unwrap().unwrap(), b"second");
    }

    #[test]
    fn an_engine_without_an_index_has_none() {
        assert_eq!(index_of(&engine(true)).unwrap(), None);
    }

    #[test]
    fn the_index_lies_behind_the_memory_of_the_engine() {
        let module = put_index(&engine(true), &[7; 65_537]).unwrap();
        let layout = Layout::read(&module).unwrap();
        assert_eq!(layout.memory.minimum, 3);
        assert_eq!(layout.image[65_536..65_536 + 65_537], [7; 65_537]);
        assert_eq!(layout.image[2048..2066], *b"data of the engine");
    }

    #[test]
    fn the_build_number_stays() {
        let module = put_index(&engine(true), b"index").unwrap();
        assert_eq!(
            custom_section(&module, "samara-build").as_deref(),
            Some("1a2b")
        );
    }

    #[test]
    fn a_module_cut_anywhere_is_an_error() {
        let module = put_index(&engine(true), b"index").unwrap();
        let whole = module.len() - "samara-build1a2b".len() - 3;
        for length in 0..whole {
            assert!(index_of(&module[..length]).is_err(), "cut at {length}");
        }
    }
}
