//! Which static data of a compiled module nothing refers to any more, and which functions one export alone leads to.
//!
//! The linker keeps what functions refer to, and cannot know which of them become `unreachable` afterwards
//! ([`crate::panics`]): texts of messages, tables that only formatting reads. With `--emit-relocs` it leaves a list of
//! all references in the module. Here they are followed from the exports, once more, without the silenced functions and
//! without what is handed to them.

use anyhow::{Context, Result, bail};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use wasmparser::{
    BinaryReader, DataKind, DefinedDataSymbol, ElementItems, ElementKind, ExternalKind,
    FunctionBody, KnownCustom, Linking, Name, Operator, Parser, Payload, RelocationType,
    SymbolInfo, TypeRef,
};

/// Addresses of data that only silenced functions lead to, or none at all. `is_silenced` is asked with the symbols of
/// functions. Linear in the module, but for sorting.
///
/// # Errors
/// The module was linked without `--emit-relocs`, or is none.
pub fn unused_data(module: &[u8], is_silenced: &dyn Fn(&str) -> bool) -> Result<Vec<Range<u32>>> {
    let module = Linked::read(module)?;
    let roots = module.exports.iter().map(|&(_, function)| function);
    let is_live = module.live(roots.collect(), is_silenced)?.symbols;
    let (mut used, mut unused) = (Vec::new(), Vec::new());
    for (symbol, is_live) in module.symbols.iter().zip(is_live) {
        if let SymbolInfo::Data {
            symbol: Some(symbol),
            ..
        } = symbol
        {
            let range = module.segment(symbol)?.address + symbol.offset;
            let range = range..range + symbol.size;
            if is_live { &mut used } else { &mut unused }.push(range);
        }
    }
    // Texts that end alike may share their bytes.
    unused.retain(|range| {
        let overlaps = |other: &Range<u32>| other.start < range.end && range.start < other.end;
        !used.iter().any(overlaps)
    });
    Ok(unused)
}

/// Places in the table of functions that nothing but one export leads to; without it they are of no use. wasm-bindgen numbers
/// exports by a hash behind an underscore, which may be left out here. Linear in the module, but for sorting.
///
/// # Errors
/// As [`unused_data`].
pub fn places_behind(
    module: &[u8],
    export: &str,
    is_silenced: &dyn Fn(&str) -> bool,
) -> Result<BTreeSet<u32>> {
    let module = Linked::read(module)?;
    let is_it = |name: &str| {
        let rest = name.strip_prefix(export);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
    };
    let others = module.exports.iter().filter(|(name, _)| !is_it(name));
    let is_live = module.live(others.map(|&(_, function)| function).collect(), is_silenced)?;
    let places = module.places.iter().filter(|&(_, &function)| {
        let is_live = is_live.functions.get(function as usize);
        !is_live.copied().unwrap_or(true)
    });
    Ok(places.map(|(&place, _)| place).collect())
}

/// What can be reached, by the numbers of symbols and functions.
struct Live {
    symbols: Vec<bool>,
    functions: Vec<bool>,
}

/// What the linker says about a module. Functions are numbered as the module numbers them, imports first.
#[derive(Default)]
struct Linked<'m> {
    bytes: &'m [u8],
    imports: u32,
    /// Where the code of each function lies in the file.
    bodies: Vec<Range<u64>>,
    names: HashMap<u32, &'m str>,
    /// Functions by the names that they are exported by; what starts by itself has none.
    exports: Vec<(&'m str, u32)>,
    /// Functions by their places in the table.
    places: HashMap<u32, u32>,
    segments: Vec<Segment>,
    symbols: Vec<SymbolInfo<'m>>,
    /// Where in the file a reference stands, in ascending order, and the symbol that it is to.
    references: Vec<(u64, u32)>,
}

/// A data segment: its address in memory and where its bytes lie in the file.
struct Segment {
    address: u32,
    bytes: Range<u64>,
}

impl<'m> Linked<'m> {
    fn read(module: &'m [u8]) -> Result<Self> {
        let mut linked = Linked {
            bytes: module,
            ..Linked::default()
        };
        let (mut code, mut data) = (0, 0);
        for payload in Parser::new(0).parse_all(module) {
            match payload.context("cannot read the compiled module")? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        linked.imports += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::ExportSection(exports) => {
                    for export in exports {
                        let export = export?;
                        if export.kind == ExternalKind::Func {
                            linked.exports.push((export.name, export.index));
                        }
                    }
                }
                Payload::StartSection { func, .. } => linked.exports.push(("", func)),
                Payload::ElementSection(elements) => {
                    for element in elements {
                        let element = element?;
                        if let ElementKind::Active { offset_expr, .. } = element.kind
                            && let Operator::I32Const { value } =
                                offset_expr.get_operators_reader().read()?
                            && let ElementItems::Functions(functions) = element.items
                        {
                            for (place, function) in (value as u32..).zip(functions) {
                                linked.places.insert(place, function?);
                            }
                        }
                    }
                }
                Payload::CodeSectionStart { range, .. } => code = range.start,
                Payload::CodeSectionEntry(body) => linked.bodies.push(body.range()),
                Payload::DataSection(segments) => {
                    data = segments.range().start;
                    for segment in segments {
                        let segment = segment?;
                        let DataKind::Active { offset_expr, .. } = segment.kind else {
                            bail!("the compiled module has data without an address");
                        };
                        let offset = offset_expr.get_operators_reader().read()?;
                        let Operator::I32Const { value } = offset else {
                            bail!("the compiled module computes an address of its data");
                        };
                        let start = segment.range.end - segment.data.len() as u64;
                        linked.segments.push(Segment {
                            address: value as u32,
                            bytes: start..segment.range.end,
                        });
                    }
                }
                Payload::CustomSection(section) => match section.as_known() {
                    KnownCustom::Linking(parts) => {
                        for part in parts.subsections() {
                            if let Linking::SymbolTable(symbols) = part? {
                                linked.symbols = symbols.into_iter().collect::<Result<_, _>>()?;
                            }
                        }
                    }
                    KnownCustom::Reloc(relocations) => {
                        let section = match section.name() {
                            "reloc.CODE" => code,
                            "reloc.DATA" => data,
                            _ => continue,
                        };
                        for reference in relocations.entries() {
                            let reference = reference?;
                            let to_symbol = !matches!(
                                reference.ty,
                                RelocationType::TypeIndexLeb | RelocationType::EventIndexLeb
                            );
                            if to_symbol {
                                let place = section + u64::from(reference.offset);
                                linked.references.push((place, reference.index));
                            }
                        }
                    }
                    KnownCustom::Name(names) => {
                        for names in names {
                            if let Name::Function(names) = names? {
                                for name in names {
                                    let name = name?;
                                    linked.names.insert(name.index, name.name);
                                }
                            }
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        linked.references.sort_unstable();
        if linked.references.is_empty() || linked.symbols.is_empty() {
            bail!(
                "the compiled module does not list its references: it has to be linked with --emit-relocs"
            );
        }
        Ok(linked)
    }

    fn segment(&self, symbol: &DefinedDataSymbol) -> Result<&Segment> {
        let segment = self.segments.get(symbol.index as usize);
        segment.context("the compiled module names data that it does not have")
    }

    /// The code of a function without the constants that it hands to silenced ones: texts, and places in the source.
    fn spoken(
        &self,
        body: &Range<u64>,
        is_silenced: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<Range<u64>>> {
        let code = &self.bytes[body.start as usize..body.end as usize];
        let body_of = FunctionBody::new(BinaryReader::new(code, body.start));
        let mut spoken = Vec::new();
        let mut start = body.start;
        // Where what is directly before the next instruction begins to do nothing but push values.
        let mut pushes = None;
        let mut operators = body_of.get_operators_reader()?;
        while !operators.eof() {
            let (operator, at) = operators.read_with_offset()?;
            match operator {
                Operator::I32Const { .. } | Operator::LocalGet { .. } | Operator::I32Add => {
                    pushes.get_or_insert(at);
                    continue;
                }
                Operator::Call { function_index } => {
                    let name = self.names.get(&function_index);
                    if let (Some(from), true) = (pushes, name.is_some_and(|name| is_silenced(name)))
                    {
                        spoken.push(start..from);
                        start = at;
                    }
                }
                _ => {}
            }
            pushes = None;
        }
        spoken.push(start..body.end);
        Ok(spoken)
    }

    /// What can be reached from these functions.
    fn live(&self, mut to_visit: Vec<u32>, is_silenced: &dyn Fn(&str) -> bool) -> Result<Live> {
        let mut symbols = vec![false; self.symbols.len()];
        let mut functions = vec![false; self.imports as usize + self.bodies.len()];
        let mut bytes: Vec<Range<u64>> = Vec::new();
        loop {
            while let Some(function) = to_visit.pop() {
                let is_known = functions
                    .get_mut(function as usize)
                    .is_none_or(|live| std::mem::replace(live, true));
                let is_silent = self
                    .names
                    .get(&function)
                    .is_some_and(|name| is_silenced(name));
                // Imports have no code.
                let body = function.checked_sub(self.imports);
                let body = body.and_then(|body| self.bodies.get(body as usize));
                if let (false, false, Some(body)) = (is_known, is_silent, body) {
                    bytes.extend(self.spoken(body, is_silenced)?);
                }
            }
            let Some(range) = bytes.pop() else {
                return Ok(Live { symbols, functions });
            };
            let from = self
                .references
                .partition_point(|(place, _)| *place < range.start);
            let inside = self.references[from..]
                .iter()
                .take_while(|(place, _)| *place < range.end);
            for &(_, symbol) in inside {
                let is_known = symbols
                    .get_mut(symbol as usize)
                    .is_none_or(|live| std::mem::replace(live, true));
                match &self.symbols.get(symbol as usize) {
                    _ if is_known => {}
                    Some(SymbolInfo::Func { index, .. }) => to_visit.push(*index),
                    Some(SymbolInfo::Data {
                        symbol: Some(symbol),
                        ..
                    }) => {
                        let start = self.segment(symbol)?.bytes.start + u64::from(symbol.offset);
                        bytes.push(start..start + u64::from(symbol.size));
                    }
                    _ => {}
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        CodeSection, ConstExpr, CustomSection, DataSection, DataSymbolDefinition, ElementSection,
        Elements, ExportKind, ExportSection, Function, FunctionSection, Instruction,
        LinkingSection, Module, NameMap, NameSection, SymbolTable, TypeSection, ValType,
    };

    /// References in section number `section`: type, place in the section, symbol; the addend, where the type has one,
    /// is 0. All numbers are below 128.
    fn relocations(module: &mut Module, name: &str, section: u8, entries: &[&[u8]]) {
        let mut data = vec![section, entries.len() as u8];
        data.extend(entries.concat());
        module.section(&CustomSection {
            name: name.into(),
            data: data.into(),
        });
    }

    /// `main`, which is exported, calls `report` with the address of the last of four words of data, and refers to the
    /// first of them, which refers to the third; `report` refers to the second. `extend`, exported as well, refers to `later` by
    /// its place in the table, 7; `report` has place 8.
    fn module() -> Vec<u8> {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        types.ty().function([], []);
        types.ty().function([ValType::I32], []);
        module.section(&types);
        let mut functions = FunctionSection::new();
        functions.function(0).function(1).function(0).function(0);
        module.section(&functions);
        let mut exports = ExportSection::new();
        exports.export("main", ExportKind::Func, 0);
        exports.export("extend_0123456789abcdef", ExportKind::Func, 2);
        module.section(&exports);
        let mut elements = ElementSection::new();
        let in_table = Elements::Functions([3, 1][..].into());
        elements.active(None, &ConstExpr::i32_const(7), in_table);
        module.section(&elements);
        let mut code = CodeSection::new();
        let mut main = Function::new([]);
        main.instruction(&Instruction::I32Const(28));
        main.instruction(&Instruction::Call(1));
        main.instruction(&Instruction::I32Const(16));
        main.instruction(&Instruction::Drop)
            .instruction(&Instruction::End);
        let mut report = Function::new([]);
        report.instruction(&Instruction::I32Const(20));
        report
            .instruction(&Instruction::Drop)
            .instruction(&Instruction::End);
        let mut extend = Function::new([]);
        extend.instruction(&Instruction::I32Const(7));
        extend
            .instruction(&Instruction::Drop)
            .instruction(&Instruction::End);
        let mut later = Function::new([]);
        later.instruction(&Instruction::End);
        code.function(&main).function(&report);
        code.function(&extend).function(&later);
        module.section(&code);
        let mut data = DataSection::new();
        data.active(
            0,
            &ConstExpr::i32_const(16),
            [24, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3],
        );
        module.section(&data);

        let mut symbols = SymbolTable::new();
        symbols
            .function(0, 0, Some("main"))
            .function(0, 1, Some("report"));
        for (place, name) in ["kept", "lost", "deep", "said"].into_iter().enumerate() {
            let offset = 4 * place as u32;
            let definition = DataSymbolDefinition {
                index: 0,
                offset,
                size: 4,
            };
            symbols.data(0, name, Some(definition));
        }
        symbols
            .function(0, 2, Some("extend"))
            .function(0, 3, Some("later"));
        let mut linking = LinkingSection::new();
        linking.symbol_table(&symbols);
        module.section(&linking);
        // Behind the number of functions, a function's size and its (no) locals.
        let (said, call, first, second, place) = (4, 6, 8, 14, 20);
        relocations(
            &mut module,
            "reloc.CODE",
            3,
            &[
                &[4, said, 5, 0],
                &[0, call, 1],
                &[4, first, 2, 0],
                &[4, second, 3, 0],
                &[1, place, 7],
            ],
        );
        relocations(&mut module, "reloc.DATA", 4, &[&[5, 6, 4, 0]]);
        let mut names = NameSection::new();
        let mut functions = NameMap::new();
        functions.append(0, "main");
        functions.append(1, "report");
        names.functions(&functions);
        module.section(&names);
        module.finish()
    }

    #[test]
    fn data_that_only_silenced_functions_lead_to_is_unused() {
        let module = module();
        assert_eq!(unused_data(&module, &|_| false).unwrap(), []);
        let silenced = unused_data(&module, &|name| name == "report").unwrap();
        // What they are called with is no longer needed either.
        assert_eq!(silenced, [20..24, 28..32]);
    }

    #[test]
    fn places_of_functions_that_one_export_leads_to_are_told() {
        let module = module();
        let behind = |export| places_behind(&module, export, &|_| false).unwrap();
        assert_eq!(behind("extend"), BTreeSet::from([7]));
        assert_eq!(behind("main"), BTreeSet::from([8]));
        // A name that only begins alike is another export.
        assert_eq!(behind("ext"), BTreeSet::new());
        // What is silenced leads nowhere.
        let silent = places_behind(&module, "extend", &|name| name == "main");
        assert_eq!(silent.unwrap(), BTreeSet::from([7, 8]));
    }

    #[test]
    fn a_module_without_references_is_refused() {
        let empty = Module::new().finish();
        let error = unused_data(&empty, &|_| false).unwrap_err();
        assert!(error.to_string().contains("--emit-relocs"), "{error}");
    }
}
