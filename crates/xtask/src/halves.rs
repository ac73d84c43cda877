//! Cuts a module in two: a first one, and a second one with the functions that nothing but one export leads to, which a page
//! loads when it needs them. Binaryen calls them primary and secondary.
//!
//! Both work on the memory, the tables and the variables of the first: the second imports them, and the functions that it
//! calls, under the names that the first exports them by. Functions that are called by their place in a table are put there
//! when the second starts. Binaryen's `wasm-split` does the same, but it is no part of its package, and what it cuts out is
//! loaded by the function that is missing; here the engine says that it lacks it.

use crate::numbering::Numbering;
use anyhow::{Context, Result, bail, ensure};
use std::collections::{BTreeMap, BTreeSet};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection,
    FunctionSection, ImportSection, Module, RawSection, SectionId, TypeSection,
};
use wasmparser::{
    CompositeInnerType, ElementItems, ElementKind, Export, ExternalKind, FuncType, FunctionBody,
    GlobalType, MemoryType, Operator, Parser, Payload, TableType, TypeRef,
};

/// The name that the second module gives to what it imports from the first one.
const FIRST: &str = "m";

/// A module in two.
pub struct Halves {
    /// What works by itself.
    pub first: Vec<u8>,
    /// What works on the first.
    pub second: Vec<u8>,
}

/// Cuts out what only the export `root` leads to. `places` are those of the table of functions that only it leads to. Linear in
/// the module.
///
/// # Errors
/// The module has no such export, or what its parts have in common is not only memory, tables, variables and functions.
pub fn cut(wasm: &[u8], root: &str, places: &BTreeSet<u32>) -> Result<Halves> {
    let module = Read::of(wasm)?;
    let second = module.only_behind(root, places)?;
    let shared = module.called_from(&second);
    let mut common = Common::default();
    let second_module = module.second(root, &second, &shared, &mut common)?;
    let first_module = module.first(wasm, root, &second, &common)?;
    let halves = Halves {
        first: first_module,
        second: second_module,
    };
    for half in [&halves.first, &halves.second] {
        wasmparser::validate(half).context("half of the module is none by itself")?;
    }
    Ok(halves)
}

/// Functions at places of a table, one after the other.
struct Run {
    table: u32,
    start: u32,
    functions: Vec<u32>,
}

/// A module as it was read. Functions are numbered as the module numbers them, imports first.
#[derive(Default)]
struct Read<'m> {
    types: Vec<FuncType>,
    /// Types of all functions.
    functions: Vec<u32>,
    /// How many functions are imported.
    imported: u32,
    bodies: Vec<FunctionBody<'m>>,
    tables: Vec<TableType>,
    memories: Vec<MemoryType>,
    globals: Vec<GlobalType>,
    exports: Vec<Export<'m>>,
    start: Option<u32>,
    runs: Vec<Run>,
    /// The functions that each function names in its code.
    calls: Vec<BTreeSet<u32>>,
}

/// What the second module takes from the first, by kind and number there: how the first calls it.
#[derive(Default)]
struct Common(BTreeMap<(Kind, u32), String>);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Function,
    Table,
    Memory,
    Global,
}

impl<'m> Read<'m> {
    fn of(wasm: &'m [u8]) -> Result<Self> {
        let mut module = Read::default();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload.context("cannot read the module")? {
                Payload::TypeSection(groups) => {
                    for group in groups {
                        for of in group?.into_types() {
                            let CompositeInnerType::Func(of) = of.composite_type.inner else {
                                bail!("the module has types that are none of functions");
                            };
                            module.types.push(of);
                        }
                    }
                }
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        match import?.ty {
                            TypeRef::Func(of) => module.functions.push(of),
                            _ => bail!("the module imports more than functions"),
                        }
                    }
                    module.imported = module.functions.len() as u32;
                }
                Payload::FunctionSection(of) => {
                    for of in of {
                        module.functions.push(of?);
                    }
                }
                Payload::TableSection(tables) => {
                    for table in tables {
                        module.tables.push(table?.ty);
                    }
                }
                Payload::MemorySection(memories) => {
                    for memory in memories {
                        module.memories.push(memory?);
                    }
                }
                Payload::GlobalSection(globals) => {
                    for global in globals {
                        module.globals.push(global?.ty);
                    }
                }
                Payload::ExportSection(exports) => {
                    module.exports = exports.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::StartSection { func, .. } => module.start = Some(func),
                Payload::ElementSection(elements) => {
                    for element in elements {
                        module.runs.push(run(element?)?);
                    }
                }
                Payload::CodeSectionEntry(body) => {
                    let mut called = BTreeSet::new();
                    for operator in body.get_operators_reader()? {
                        match operator? {
                            Operator::Call { function_index }
                            | Operator::ReturnCall { function_index }
                            | Operator::RefFunc { function_index } => {
                                called.insert(function_index);
                            }
                            _ => {}
                        }
                    }
                    module.calls.push(called);
                    module.bodies.push(body);
                }
                _ => {}
            }
        }
        Ok(module)
    }

    /// The functions that are of no use without the export and the places in the table that only it leads to.
    fn only_behind(&self, root: &str, places: &BTreeSet<u32>) -> Result<BTreeSet<u32>> {
        let is_root = |export: &&Export| export.name == root && export.kind == ExternalKind::Func;
        ensure!(
            self.exports.iter().any(|export| is_root(&export)),
            "the module exports no {root}"
        );
        let mut to_visit: Vec<u32> = self.start.into_iter().collect();
        for export in &self.exports {
            if export.kind == ExternalKind::Func && export.name != root {
                to_visit.push(export.index);
            }
        }
        for run in &self.runs {
            let places = run.functions.iter().zip(run.start..).filter(|(_, place)| {
                // Other tables hold no functions that code calls by their places.
                run.table != 0 || !places.contains(place)
            });
            to_visit.extend(places.map(|(&function, _)| function));
        }
        let mut of_first = BTreeSet::new();
        while let Some(function) = to_visit.pop() {
            if of_first.insert(function)
                && let Some(body) = function.checked_sub(self.imported)
            {
                to_visit.extend(self.calls.get(body as usize).into_iter().flatten());
            }
        }
        let all = self.imported..self.functions.len() as u32;
        Ok(all
            .filter(|function| !of_first.contains(function))
            .collect())
    }

    /// What these functions call of the others.
    fn called_from(&self, functions: &BTreeSet<u32>) -> BTreeSet<u32> {
        let called = functions
            .iter()
            .flat_map(|function| &self.calls[(function - self.imported) as usize]);
        called
            .copied()
            .filter(|function| !functions.contains(function))
            .collect()
    }

    /// How the first module calls what the second takes from it: as it does already, or by a new name.
    fn name(&self, common: &mut Common, kind: Kind, number: u32) -> String {
        let exported = self.exports.iter().find(|export| {
            let of = match export.kind {
                ExternalKind::Func => Kind::Function,
                ExternalKind::Table => Kind::Table,
                ExternalKind::Memory => Kind::Memory,
                ExternalKind::Global => Kind::Global,
                _ => return false,
            };
            (of, export.index) == (kind, number)
        });
        let new = format!("{}", common.0.len());
        let name = exported.map_or(new, |export| export.name.to_owned());
        common.0.entry((kind, number)).or_insert(name).clone()
    }

    fn second(
        &self,
        root: &str,
        own: &BTreeSet<u32>,
        shared: &BTreeSet<u32>,
        common: &mut Common,
    ) -> Result<Vec<u8>> {
        let numbers = shared.iter().chain(own).copied().zip(0..).collect();
        let mut numbering = Numbering::new(numbers, true);
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        let mut imports = ImportSection::new();
        for &function in shared {
            let of = numbering.type_number(self.functions[function as usize]);
            let name = self.name(common, Kind::Function, function);
            imports.import(FIRST, &name, EntityType::Function(of));
        }
        for &function in own {
            functions.function(numbering.type_number(self.functions[function as usize]));
            let body = self.bodies[(function - self.imported) as usize].clone();
            numbering.parse_function_body(&mut code, body)?;
        }
        let mut elements = ElementSection::new();
        for run in &self.runs {
            for own in run.parts(|function| own.contains(&function)) {
                let table = numbering.table_index(own.table)?;
                own.put(&mut elements, table, &mut numbering)?;
            }
        }
        for &number in &numbering.tables {
            let name = self.name(common, Kind::Table, number);
            let of = RoundtripReencoder.table_type(self.tables[number as usize])?;
            imports.import(FIRST, &name, EntityType::Table(of));
        }
        for &number in &numbering.globals {
            let name = self.name(common, Kind::Global, number);
            let of = RoundtripReencoder.global_type(self.globals[number as usize])?;
            imports.import(FIRST, &name, EntityType::Global(of));
        }
        for (number, &of) in (0..).zip(&self.memories) {
            let name = self.name(common, Kind::Memory, number);
            let of = RoundtripReencoder.memory_type(of)?;
            imports.import(FIRST, &name, EntityType::Memory(of));
        }
        let mut exports = ExportSection::new();
        for export in &self.exports {
            if export.name == root {
                let number = numbering.function_index(export.index)?;
                exports.export(root, ExportKind::Func, number);
            }
        }
        let mut types = TypeSection::new();
        for &of in &numbering.types {
            let of = RoundtripReencoder.func_type(self.types[of as usize].clone())?;
            types.ty().func_type(&of);
        }
        let mut module = Module::new();
        module
            .section(&types)
            .section(&imports)
            .section(&functions)
            .section(&exports)
            .section(&elements)
            .section(&code);
        Ok(module.finish())
    }

    fn first(
        &self,
        wasm: &[u8],
        root: &str,
        second: &BTreeSet<u32>,
        common: &Common,
    ) -> Result<Vec<u8>> {
        let all = 0..self.functions.len() as u32;
        let kept: Vec<u32> = all.filter(|function| !second.contains(function)).collect();
        let mut numbering = Numbering::new(kept.iter().copied().zip(0..).collect(), false);
        let mut module = Module::new();
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload?;
            match &payload {
                Payload::FunctionSection(_) => {
                    let mut functions = FunctionSection::new();
                    for &function in kept.iter().filter(|&&function| function >= self.imported) {
                        functions.function(self.functions[function as usize]);
                    }
                    module.section(&functions);
                }
                Payload::ExportSection(_) => {
                    let mut exports = ExportSection::new();
                    for export in self.exports.iter().filter(|export| export.name != root) {
                        numbering.parse_export(&mut exports, *export)?;
                    }
                    for ((kind, number), name) in &common.0 {
                        let is_new = !self.exports.iter().any(|export| export.name == name);
                        if is_new {
                            let (kind, number) = match kind {
                                Kind::Function => {
                                    (ExportKind::Func, numbering.function_index(*number)?)
                                }
                                Kind::Table => (ExportKind::Table, *number),
                                Kind::Memory => (ExportKind::Memory, *number),
                                Kind::Global => (ExportKind::Global, *number),
                            };
                            exports.export(name, kind, number);
                        }
                    }
                    module.section(&exports);
                }
                Payload::StartSection { func, .. } => {
                    let function_index = numbering.function_index(*func)?;
                    module.section(&wasm_encoder::StartSection { function_index });
                }
                Payload::ElementSection(_) => {
                    let mut elements = ElementSection::new();
                    for run in &self.runs {
                        for kept in run.parts(|function| !second.contains(&function)) {
                            kept.put(&mut elements, kept.table, &mut numbering)?;
                        }
                    }
                    module.section(&elements);
                }
                Payload::CodeSectionStart { .. } => {
                    let mut code = CodeSection::new();
                    for &function in kept.iter().filter(|&&function| function >= self.imported) {
                        let body = self.bodies[(function - self.imported) as usize].clone();
                        numbering.parse_function_body(&mut code, body)?;
                    }
                    module.section(&code);
                }
                payload => {
                    if let Some((id, range)) = payload.as_section()
                        && id != SectionId::Code as u8
                    {
                        let data = &wasm[range.start as usize..range.end as usize];
                        module.section(&RawSection { id, data });
                    }
                }
            }
        }
        Ok(module.finish())
    }
}

/// The functions of an active segment.
fn run(element: wasmparser::Element) -> Result<Run> {
    let ElementKind::Active {
        table_index,
        offset_expr,
    } = element.kind
    else {
        bail!("the module has segments of functions that lie in no table");
    };
    let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
        bail!("the module computes a place in a table");
    };
    let ElementItems::Functions(functions) = element.items else {
        bail!("the module computes what is in a table");
    };
    Ok(Run {
        table: table_index.unwrap_or(0),
        start: value as u32,
        functions: functions.into_iter().collect::<Result<_, _>>()?,
    })
}

impl Run {
    /// What is left where only such functions are kept.
    fn parts(&self, is_kept: impl Fn(u32) -> bool) -> Vec<Run> {
        let places: Vec<(u32, u32)> = (self.start..)
            .zip(self.functions.iter().copied())
            .filter(|&(_, function)| is_kept(function))
            .collect();
        let rows = places.chunk_by(|one, other| one.0 + 1 == other.0);
        rows.map(|row| Run {
            table: self.table,
            start: row[0].0,
            functions: row.iter().map(|&(_, function)| function).collect(),
        })
        .collect()
    }

    fn put(
        &self,
        elements: &mut ElementSection,
        table: u32,
        numbering: &mut Numbering,
    ) -> Result<()> {
        let numbers: Vec<u32> = self
            .functions
            .iter()
            .map(|&function| numbering.function_index(function))
            .collect::<Result<_, _>>()?;
        elements.active(
            (table != 0).then_some(table),
            &ConstExpr::i32_const(self.start as i32),
            Elements::Functions(numbers.into()),
        );
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        Function, GlobalSection, ImportSection, Instruction, MemorySection, RefType, TableSection,
        ValType,
    };

    /// Functions: 0 is imported; 1 `main` calls 2; 2 calls 0 and whatever has the place 4 in the table; 3 `extend` calls 4; 4
    /// calls 2 and 6, and reads a variable; 5 lies at place 4, 2 at 3; 6 is called by 4 and 1. The first type is nobody's.
    fn module() -> Vec<u8> {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        types.ty().function([ValType::F64], []);
        types.ty().function([], []);
        types.ty().function([ValType::I32], []);
        let mut imports = ImportSection::new();
        imports.import("host", "log", EntityType::Function(2));
        let mut functions = FunctionSection::new();
        [1, 1, 1, 1, 1, 1].iter().for_each(|&of| {
            functions.function(of);
        });
        let mut tables = TableSection::new();
        tables.table(wasm_encoder::TableType {
            element_type: RefType::FUNCREF,
            minimum: 5,
            maximum: Some(5),
            table64: false,
            shared: false,
        });
        let mut memories = MemorySection::new();
        memories.memory(wasm_encoder::MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        let mut globals = GlobalSection::new();
        let mutable = wasm_encoder::GlobalType {
            val_type: ValType::I32,
            mutable: true,
            shared: false,
        };
        globals.global(mutable, &ConstExpr::i32_const(64));
        let mut exports = ExportSection::new();
        exports.export("memory", ExportKind::Memory, 0);
        exports.export("main", ExportKind::Func, 1);
        exports.export("extend", ExportKind::Func, 3);
        let mut elements = ElementSection::new();
        let in_table = Elements::Functions([2, 5][..].into());
        elements.active(None, &ConstExpr::i32_const(3), in_table);
        let mut code = CodeSection::new();
        let by_place = Instruction::CallIndirect {
            type_index: 1,
            table_index: 0,
        };
        let bodies: [&[Instruction]; 6] = [
            &[Instruction::Call(2), Instruction::Call(6)],
            &[
                Instruction::I32Const(1),
                Instruction::Call(0),
                Instruction::I32Const(4),
                by_place.clone(),
            ],
            &[Instruction::Call(4)],
            &[
                Instruction::Call(2),
                Instruction::Call(6),
                Instruction::GlobalGet(0),
                Instruction::I32Load(wasm_encoder::MemArg {
                    offset: 0,
                    align: 2,
                    memory_index: 0,
                }),
                by_place,
            ],
            &[],
            &[],
        ];
        for body in bodies {
            let mut function = Function::new([]);
            for instruction in body {
                function.instruction(instruction);
            }
            function.instruction(&Instruction::End);
            code.function(&function);
        }
        module
            .section(&types)
            .section(&imports)
            .section(&functions)
            .section(&tables)
            .section(&memories)
            .section(&globals)
            .section(&exports)
            .section(&elements)
            .section(&code);
        module.finish()
    }

    /// Names of what a module takes, or gives.
    fn names(wasm: &[u8], gives: bool) -> Vec<String> {
        let mut names = Vec::new();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload.unwrap() {
                Payload::ImportSection(imports) if !gives => {
                    let all = imports.into_imports().map(Result::unwrap);
                    names.extend(all.map(|import| format!("{}.{}", import.module, import.name)));
                }
                Payload::ExportSection(exports) if gives => {
                    names.extend(exports.into_iter().map(|of| of.unwrap().name.to_owned()));
                }
                _ => {}
            }
        }
        names
    }

    fn functions(wasm: &[u8]) -> usize {
        Read::of(wasm).map_or_else(|_| 0, |module| module.bodies.len())
    }

    #[test]
    fn what_one_export_leads_to_is_cut_out() {
        let halves = cut(&module(), "extend", &BTreeSet::from([4])).unwrap();
        assert_eq!(functions(&halves.first), 3);
        assert_eq!(names(&halves.second, true), ["extend"]);
        let given = names(&halves.first, true);
        assert!(given.contains(&"main".into()) && !given.contains(&"extend".into()));
        let taken = names(&halves.second, false);
        // Two functions, the table, the stack pointer and the memory.
        assert_eq!(taken.len(), 5, "{taken:?}");
        assert!(taken.contains(&"m.memory".into()));
        for name in taken {
            assert!(given.contains(&name[2..].to_owned()), "{name}");
        }
        assert_eq!(names(&halves.first, false), ["host.log"]);
        // Each puts its own functions into the table.
        let first = Read::of(&halves.first).unwrap();
        assert_eq!(first.runs.len(), 1);
        assert_eq!((first.runs[0].start, first.runs[0].functions.len()), (3, 1));
    }

    #[test]
    fn what_is_called_by_its_place_stays_unless_that_place_is_behind_the_export() {
        let halves = cut(&module(), "extend", &BTreeSet::new()).unwrap();
        assert_eq!(functions(&halves.first), 4);
        // A function that the first half calls as well, at a place that it does not.
        let halves = cut(&module(), "extend", &BTreeSet::from([3, 4])).unwrap();
        assert_eq!(functions(&halves.first), 3);
    }

    #[test]
    fn a_module_without_the_export_is_refused() {
        let error = cut(&module(), "more", &BTreeSet::new()).err().unwrap();
        assert!(error.to_string().contains("more"), "{error}");
    }
}
