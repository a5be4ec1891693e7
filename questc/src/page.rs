//! A page about a kind of diagnostic: `quest-compiler/explain/<id>-<name>.md`. The tests and the reference page read it in the same way.

use quest_compiler::tool::Code;

/// What a page says.
#[derive(Debug)]
pub(crate) struct Page<'t> {
    /// Such as `Q2001`.
    pub(crate) id: &'t str,
    /// Such as `unknown-reference`.
    pub(crate) name: &'t str,
    /// What it means, why it matters and how to mend it: paragraphs of short lines.
    pub(crate) prose: &'t str,
    /// `Given`, `Wrong` and `Right`, as far as they are there.
    pub(crate) sections: Vec<Section<'t>>,
}

/// The files of an example.
#[derive(Debug)]
pub(crate) struct Section<'t> {
    pub(crate) title: &'t str,
    pub(crate) files: Vec<File<'t>>,
}

/// A fenced block, whose info string is a language and the name of the file.
#[derive(Debug)]
pub(crate) struct File<'t> {
    pub(crate) name: &'t str,
    pub(crate) text: &'t str,
}

impl<'t> Page<'t> {
    /// Reads a page. The error says what is not as it must be.
    pub(crate) fn read(text: &'t str) -> Result<Self, String> {
        let (heading, rest) = text.split_once('\n').unwrap_or((text, ""));
        let title = heading.strip_prefix("# ").and_then(|title| title.split_once(' '));
        let (id, name) = title.ok_or_else(|| format!("`{heading}` is not `# <id> <name>`"))?;
        let (prose, mut rest) = rest.split_at(rest.find("\n## ").unwrap_or(rest.len()));
        let mut sections: Vec<Section<'t>> = Vec::new();
        while let Some((line, after)) = rest.split_once('\n') {
            rest = after;
            if let Some(title) = line.strip_prefix("## ") {
                sections.push(Section { title, files: Vec::new() });
            } else if let Some(info) = line.strip_prefix("```") {
                let (_, name) =
                    info.split_once(' ').ok_or_else(|| format!("`{line}` does not name a file"))?;
                let (text, after) = rest.split_once("```\n").ok_or_else(|| format!("`{line}` has no end"))?;
                rest = after;
                let section = sections.last_mut().ok_or_else(|| format!("`{line}` is in no section"))?;
                section.files.push(File { name, text });
            } else if !line.is_empty() {
                return Err(format!("`{line}` is in no file"));
            }
        }
        Ok(Page { id, name, prose: prose.trim(), sections })
    }

    /// The first sentence.
    pub(crate) fn summary(&self) -> String {
        let paragraph = self.prose.split("\n\n").next().unwrap_or_default().replace('\n', " ");
        let end = paragraph.find(". ").map_or(paragraph.len(), |end| end + 1);
        paragraph.get(..end).unwrap_or_default().to_owned()
    }
}

/// The level of a code, and what a manifest can do about it.
pub(crate) fn level(code: &Code) -> String {
    if code.fixed {
        return format!("Level: {}. It cannot be changed.", code.level);
    }
    let other = if code.level == "error" { "warn" } else { "deny" };
    format!("Level: {}. A manifest can set another: `{} = \"{other}\"` in `[lints]`.", code.level, code.name)
}
