//! What a program is made of.

use crate::Outcome;
use object::{Object as _, ObjectSection as _, SectionKind};
use std::fs;
use std::path::Path;

/// Sizes in bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sizes {
    pub(crate) file: u64,
    /// Addresses that the loader has to write before the program starts.
    pub(crate) relocations: usize,
    /// Data that can only be read after relocations were written into it.
    pub(crate) relocated: u64,
}

/// Reads them from a program.
pub(crate) fn sizes(program: &Path) -> Outcome<Sizes> {
    let bytes = fs::read(program)?;
    let file = object::File::parse(&*bytes)?;
    let relocations = file.dynamic_relocations().map_or(0, Iterator::count);
    let named = |section: &object::Section<'_, '_>| {
        section.kind() == SectionKind::ReadOnlyDataWithRel
            || section.name().is_ok_and(|name| name.starts_with(".data.rel.ro"))
    };
    let relocated = file.sections().filter(named).map(|section| section.size()).sum();
    Ok(Sizes { file: bytes.len() as u64, relocations, relocated })
}
