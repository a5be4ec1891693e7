//! A program that was just written, to be read at once.

use super::ProgramSections;
use quest_types::journal::Program;
use quest_types::journal::program::{Column, Sections};

/// The program in tables. It stays in memory for good: a tool ends soon.
pub fn readable(tables: Vec<u8>, text: String, sections: ProgramSections) -> &'static Program {
    let tables: &'static [u8] = Vec::leak(tables);
    let text: &'static str = String::leak(text);
    let sections = Sections {
        first: sections.first.into(),
        long: sections.long.into(),
        keys: sections.ids.map(usize::from),
        branches: sections.branches.map(usize::from),
        names: sections.names.map(|column| {
            column.map(|from| Column {
                section: from.section.into(),
                size: from.size as usize,
                at: from.at as usize,
            })
        }),
    };
    Box::leak(Box::new(Program::read(tables, text, sections)))
}
