//! The options of a compilation.

use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::output::{self, Target};
use quest_compiler::driver::{Report, Request, run};
use quest_compiler::names::is_module_name;
use std::env;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// How content is compiled.
///
/// ```no_run
/// // build.rs
/// fn main() -> Result<(), quest_build::Error> {
///     let release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
///     quest_build::Config::new().deny_warnings(release).compile("quest.toml")?;
///     Ok(())
/// }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Config {
    name: Option<String>,
    out_dir: Option<PathBuf>,
    deny_warnings: bool,
    threads: Option<NonZeroUsize>,
}

impl Config {
    /// The options of [`compile`](crate::compile): output into `OUT_DIR`, warnings as the manifest says, as many threads as cargo has
    /// jobs.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives the content a name, so that one build script can compile several manifests. At most one of them has no name.
    ///
    /// Output goes into a folder of this name in the output directory. `include_quests!(winter)` includes the content `winter`: the
    /// module `winter` has its types and its macros. `quests` is the name of content without one.
    ///
    /// ```no_run
    /// // build.rs
    /// fn main() -> Result<(), quest_build::Error> {
    ///     quest_build::Config::new().compile("quest.toml")?;
    ///     quest_build::Config::new().name("winter").compile("winter/quest.toml")?;
    ///     Ok(())
    /// }
    /// ```
    pub fn name(&mut self, name: impl Into<String>) -> &mut Self {
        self.name = Some(name.into());
        self
    }

    /// Writes into this directory instead of `OUT_DIR`. `include_quests!` reads from `OUT_DIR` alone.
    pub fn out_dir(&mut self, directory: impl Into<PathBuf>) -> &mut Self {
        self.out_dir = Some(directory.into());
        self
    }

    /// Makes every warning an error, whatever the manifest says.
    pub fn deny_warnings(&mut self, deny: bool) -> &mut Self {
        self.deny_warnings = deny;
        self
    }

    /// The number of threads to use at most.
    pub fn threads(&mut self, threads: NonZeroUsize) -> &mut Self {
        self.threads = Some(threads);
        self
    }

    /// Compiles the content that a manifest names. `manifest` is the path of `quest.toml`, relative to the package.
    ///
    /// Prints cargo's directives for the files that were read. Mistakes in content are not an error: `include_quests!` shows them when
    /// the crate is compiled, and [`Compiled::diagnostics`] has them as data.
    ///
    /// # Errors
    ///
    /// There is no output directory, the name is not that of a module, another call has written to the same place, or a file cannot
    /// be written.
    pub fn compile(&self, manifest: impl AsRef<Path>) -> Result<Compiled, Error> {
        let manifest = manifest.as_ref();
        let target = self.target(manifest)?;
        // Cargo says how many jobs there are to be at a time.
        let jobs = || env::var("NUM_JOBS").ok().and_then(|jobs| jobs.parse().ok());
        let mut request = Request::build(manifest).with_deny_warnings(self.deny_warnings);
        request.name = self.module().map(str::to_owned);
        request.threads = self.threads.or_else(jobs);
        let report = run(&request, &mut |_| {});
        for path in &report.watched {
            println!("cargo::rerun-if-changed={}", path.display());
        }
        if let Some(directory) = output::watch_missing(manifest, &report.missing) {
            println!("cargo::rerun-if-changed={}", directory.display());
        }
        for variable in &report.variables {
            println!("cargo::rerun-if-env-changed={variable}");
        }
        output::write(&report, &target)?;
        Ok(Compiled { report })
    }

    /// The name of the content, if it is not that of content without one.
    fn module(&self) -> Option<&str> {
        self.name.as_deref().filter(|name| *name != output::UNNAMED)
    }

    /// Where the output goes.
    fn target(&self, manifest: &Path) -> Result<Target, Error> {
        let name = self.module();
        if let Some(name) = name.filter(|name| !is_module_name(name)) {
            return Err(Error::Name(name.to_owned()));
        }
        match (&self.out_dir, env::var_os("OUT_DIR")) {
            (Some(directory), _) => Target::in_directory(directory, name, manifest),
            (None, Some(directory)) => Target::in_out_dir(Path::new(&directory), name, manifest),
            (None, None) => Err(Error::NotABuildScript),
        }
    }
}

/// Compiled content.
#[derive(Debug)]
pub struct Compiled {
    report: Report,
}

impl Compiled {
    /// The mistakes that were found, sorted by file and place.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let found = self.report.diagnostics.list.iter();
        found.map(|diagnostic| Diagnostic::of(diagnostic, &self.report.files)).collect()
    }

    /// The number of errors. If there are any, the crate that includes the result does not compile.
    pub fn errors(&self) -> usize {
        self.report.errors()
    }

    /// The number of warnings.
    pub fn warnings(&self) -> usize {
        self.report.warnings()
    }
}

#[cfg(test)]
mod tests {
    use super::Config;
    use crate::error::Error;
    use std::fs;
    use std::path::Path;

    const SCHEMA: &str = r#"{ "$schema": "http://json-schema.org/draft-07/schema#", "type": "object",
        "properties": { "id": { "type": "string", "x-key": "errand" } }, "required": ["id"] }"#;

    /// A project with one errand, and the path of its manifest.
    fn project(directory: &Path, id: &str) -> std::path::PathBuf {
        fs::write(directory.join("errand.schema.json"), SCHEMA).unwrap();
        fs::write(directory.join(format!("{id}.json")), format!(r#"{{ "id": "{id}" }}"#)).unwrap();
        let manifest = directory.join(format!("{id}.toml"));
        let text = format!("[[documents]]\nschema = \"errand.schema.json\"\ncontent = \"{id}.json\"\n");
        fs::write(&manifest, text).unwrap();
        manifest
    }

    #[test]
    fn no_call_overwrites_what_another_wrote() {
        let folder = tempfile::tempdir().unwrap();
        let (milk, bread) = (project(folder.path(), "milk"), project(folder.path(), "bread"));
        let out = folder.path().join("out");
        let mut config = Config::new();
        config.out_dir(&out);
        assert_eq!(config.compile(&milk).unwrap().errors(), 0);
        let written = fs::read_to_string(out.join("quests.text")).unwrap();

        let refused = config.compile(&bread).unwrap_err();
        assert!(matches!(&refused, Error::SamePlace { other, .. } if *other == milk), "{refused:?}");
        assert!(refused.to_string().contains("give it a name of its own"), "{refused}");
        assert_eq!(fs::read_to_string(out.join("quests.text")).unwrap(), written);

        config.name("bakery").compile(&bread).unwrap();
        let bakery = fs::read_to_string(out.join("bakery/quests.rs")).unwrap();
        assert!(bakery.contains("module = bakery"), "{bakery}");
        assert_eq!(fs::read_to_string(out.join("quests.text")).unwrap(), written);
        // The folder of a name, given as a directory.
        let same = Config::new().out_dir(out.join("bakery")).compile(&milk).unwrap_err();
        assert!(matches!(same, Error::SamePlace { .. }), "{same:?}");
    }

    #[test]
    fn a_name_is_that_of_a_module() {
        let folder = tempfile::tempdir().unwrap();
        let manifest = project(folder.path(), "salt");
        for name in ["", "Winter", "winter-2", "_winter", "a__b", "type", "self", "../up", "größe"] {
            let refused = Config::new().out_dir(folder.path()).name(name).compile(&manifest).unwrap_err();
            assert!(matches!(&refused, Error::Name(said) if said == name), "{name}: {refused:?}");
        }
        // Content without a name has the name `quests`.
        Config::new().out_dir(folder.path()).name("quests").compile(&manifest).unwrap();
        assert!(folder.path().join("quests.rs").is_file());
    }
}
