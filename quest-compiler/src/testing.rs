//! Small projects for unit tests of the stages.

use crate::driver::{Checked, Loaded, Request, Typed};
use quest_test::TempProject;

/// Checks a project of one schema and one content file whose content has no errors, and shows it to `look`.
pub(crate) fn with_checked(schema: &str, content: &str, look: impl FnOnce(&Checked<'_>)) {
    let manifest = "[[documents]]\nschema = \"game.schema.json\"\ncontent = \"content.json\"\n";
    let files = [("quest.toml", manifest), ("game.schema.json", schema), ("content.json", content)];
    let project = TempProject::with(files);
    let request = Request::check(project.manifest());
    let loaded = Loaded::read(&request, &mut |_| {});
    let files = loaded.project.as_ref().expect("the manifest is valid");
    let typed = match Typed::of(files, &loaded) {
        Ok(typed) => typed,
        Err(untyped) => panic!("the schema has errors: {:?}", titles(&untyped.diagnostics)),
    };
    let checked = Checked::of(&typed, &request, typed.diagnostics.clone(), &mut |_| {});
    assert!(checked.diagnostics.is_empty(), "the content has errors: {:?}", titles(&checked.diagnostics));
    look(&checked);
}

fn titles(diagnostics: &[crate::diagnostics::Diagnostic]) -> Vec<&str> {
    diagnostics.iter().map(|diagnostic| diagnostic.title.as_str()).collect()
}
