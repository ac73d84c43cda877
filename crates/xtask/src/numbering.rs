//! Numbers of what code of a module names, where a part of it becomes a module of its own.

use std::collections::BTreeMap;
use wasm_encoder::reencode::{self, Reencode};

/// New numbers of what code names. Where nothing but functions is left out, the rest keeps its numbers.
pub struct Numbering {
    functions: BTreeMap<u32, u32>,
    /// Whether all has new numbers, in the order in which it is named.
    is_new: bool,
    pub types: Vec<u32>,
    pub tables: Vec<u32>,
    pub globals: Vec<u32>,
}

impl Numbering {
    /// Numbers of functions, and of all else where it is new.
    pub fn new(functions: BTreeMap<u32, u32>, is_new: bool) -> Self {
        Numbering {
            functions,
            is_new,
            types: Vec::new(),
            tables: Vec::new(),
            globals: Vec::new(),
        }
    }

    /// The number of a type.
    pub fn type_number(&mut self, of: u32) -> u32 {
        if self.is_new {
            place_in(&mut self.types, of)
        } else {
            of
        }
    }
}

/// The place of a number in a list, to which it is added where it is new.
fn place_in(list: &mut Vec<u32>, number: u32) -> u32 {
    let known = list.iter().position(|&other| other == number);
    known.unwrap_or_else(|| {
        list.push(number);
        list.len() - 1
    }) as u32
}

/// What a half names and does not have.
#[derive(Debug)]
pub struct Lost(&'static str);

impl std::fmt::Display for Lost {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(out, "half a module cannot have {}", self.0)
    }
}

impl std::error::Error for Lost {}

impl Reencode for Numbering {
    type Error = Lost;

    fn function_index(&mut self, function: u32) -> Result<u32, reencode::Error<Lost>> {
        let number = self.functions.get(&function).copied();
        number.ok_or(reencode::Error::UserError(Lost("a function of the other")))
    }

    fn type_index(&mut self, of: u32) -> Result<u32, reencode::Error<Lost>> {
        Ok(self.type_number(of))
    }

    fn table_index(&mut self, table: u32) -> Result<u32, reencode::Error<Lost>> {
        Ok(if self.is_new {
            place_in(&mut self.tables, table)
        } else {
            table
        })
    }

    fn global_index(&mut self, global: u32) -> Result<u32, reencode::Error<Lost>> {
        Ok(if self.is_new {
            place_in(&mut self.globals, global)
        } else {
            global
        })
    }

    fn data_index(&mut self, data: u32) -> Result<u32, reencode::Error<Lost>> {
        if self.is_new {
            return Err(reencode::Error::UserError(Lost("data of the other")));
        }
        Ok(data)
    }

    fn element_index(&mut self, _element: u32) -> Result<u32, reencode::Error<Lost>> {
        Err(reencode::Error::UserError(Lost("a segment by its number")))
    }
}
