//! Which module defines what a path names.

use super::modules::{ModuleId, Modules};

/// Imports that lead to imports. More than this is a circle.
const MAX_IMPORTS: usize = 16;

impl Modules {
    /// The module that defines what `path`, written in module `from`, names. `None` if that is outside the crate, or a local name.
    ///
    /// Re-exports are followed, so that a name that `mod.rs` passes on leads to the file which defines it.
    pub(super) fn resolve(&self, from: ModuleId, path: &[String]) -> Option<ModuleId> {
        self.resolve_within(from, path, MAX_IMPORTS)
    }

    fn resolve_within(&self, from: ModuleId, path: &[String], imports: usize) -> Option<ModuleId> {
        let imports = imports.checked_sub(1)?;
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => self.walk(0, rest, imports),
            "self" => self.walk(from, rest, imports),
            "super" => self.walk(self.list[from].parent?, rest, imports),
            "Self" => None,
            _ => self.enter(from, first, rest, imports),
        }
    }

    /// Follows `path` from a module that is known. A name that is not found, such as one that a macro defines, is taken for its own.
    fn walk(&self, module: ModuleId, path: &[String], imports: usize) -> Option<ModuleId> {
        match path.split_first() {
            None => Some(module),
            Some((first, rest)) if first == "super" => self.walk(self.list[module].parent?, rest, imports),
            Some((first, rest)) => self.enter(module, first, rest, imports).or(Some(module)),
        }
    }

    /// What `name` in `module` leads to. `None` if the module has no such name.
    fn enter(&self, module: ModuleId, name: &str, rest: &[String], imports: usize) -> Option<ModuleId> {
        let here = &self.list[module];
        if let Some(child) = here.children.get(name) {
            return self.walk(*child, rest, imports);
        }
        if here.items.contains(name) {
            return Some(module);
        }
        if let Some(import) = here.imports.get(name) {
            // `use x::x;` would lead to itself.
            let path: Vec<String> = import.iter().chain(rest).cloned().collect();
            let itself = import.first().is_some_and(|first| first == name);
            return if itself { None } else { self.resolve_within(module, &path, imports) };
        }
        here.globs.iter().find_map(|glob| {
            let target = self.resolve_within(module, glob, imports)?;
            let leads = target != module && self.has(target, name);
            if leads { self.enter(target, name, rest, imports.checked_sub(1)?) } else { None }
        })
    }

    fn has(&self, module: ModuleId, name: &str) -> bool {
        let module = &self.list[module];
        module.children.contains_key(name) || module.items.contains(name) || module.imports.contains_key(name)
    }
}

#[cfg(test)]
mod tests {
    use super::super::modules::Modules;

    fn read(lib: &str) -> Modules {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lib.rs");
        std::fs::write(&path, lib).unwrap();
        Modules::read(&path).unwrap()
    }

    #[track_caller]
    fn leads(modules: &Modules, from: &str, path: &str, to: Option<&str>) {
        let from = modules.list.iter().position(|module| module.path == from).unwrap();
        let path: Vec<String> = path.split("::").map(str::to_owned).collect();
        let found = modules.resolve(from, &path).map(|id| modules.list[id].path.as_str());
        assert_eq!(found, to, "{path:?}");
    }

    const CRATE: &str = "
        mod a { pub mod deep { pub struct Deep; } pub use deep::Deep; pub use self::deep as nickname; pub fn f() {} }
        mod b { use crate::a::{self, Deep as Other}; use std::fmt; use super::c::*; mod inner {} }
        mod c { pub const C: u8 = 0; pub use crate::a::f; }
    ";

    #[test]
    fn paths_lead_to_the_module_that_defines_the_name() {
        let modules = read(CRATE);
        leads(&modules, "b", "crate::a::f", Some("a"));
        leads(&modules, "b", "super::a::deep::Deep", Some("a::deep"));
        leads(&modules, "b", "self::inner", Some("b::inner"));
        leads(&modules, "b::inner", "super::super::c::C", Some("c"));
    }

    #[test]
    fn imports_and_re_exports_are_followed() {
        let modules = read(CRATE);
        leads(&modules, "b", "crate::a::Deep", Some("a::deep"));
        leads(&modules, "b", "Other::new", Some("a::deep"));
        leads(&modules, "b", "a::nickname::Deep", Some("a::deep"));
        leads(&modules, "b", "C", Some("c"));
        leads(&modules, "b", "f", Some("a"));
    }

    #[test]
    fn what_is_outside_leads_nowhere() {
        let modules = read(CRATE);
        leads(&modules, "b", "fmt::Display", None);
        leads(&modules, "b", "std::fmt", None);
        leads(&modules, "b", "local", None);
        let circle = read("mod a { pub use crate::b::X; } mod b { pub use crate::a::X; }");
        // Where a circle of imports ends does not matter, as long as it ends.
        assert!(circle.resolve(1, &["X".to_owned()]).is_some());
    }
}
