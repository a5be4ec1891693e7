//! Reading the files that a manifest names, and finding those that its patterns match.

use super::parse::parse;
use crate::diagnostics::{Diagnostic, code};
use crate::project::located::Located;
use crate::project::manifest::Manifest;
use crate::project::path::{display, join, missing_directory, names, near_path, parent};
use crate::project::pattern;
use crate::project::read::{FileText, ReadError, Reason, add_text, io_words, read_bytes};
use crate::project::schemas::candidates;
use crate::source::{Document, Format, Node};
use crate::text::{Files, Span};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// Reads the files of a project. What cannot be read is reported at the entry of the manifest that names it.
pub(super) struct FileReader<'r> {
    /// The directory of the manifest.
    pub(super) directory: &'r Path,
    pub(super) files: &'r mut Files,
    pub(super) diagnostics: &'r mut Vec<Diagnostic>,
    /// Every path on which the result depends.
    pub(super) watched: Vec<PathBuf>,
    /// The paths that patterns led to and that have been reported: several patterns can lead to one.
    reported: HashSet<PathBuf>,
}

impl<'r> FileReader<'r> {
    pub(super) fn new(
        directory: &'r Path,
        files: &'r mut Files,
        diagnostics: &'r mut Vec<Diagnostic>,
    ) -> Self {
        Self { directory, files, diagnostics, watched: Vec::new(), reported: HashSet::new() }
    }

    /// Reads and parses a file that the manifest names, in the format that its name tells if no other is given.
    pub(super) fn document(&mut self, named: &Located, format: Option<Format>) -> Option<Document> {
        let path = join(self.directory, &named.text);
        let text = self.text(&path, display(&path), named, "named here")?;
        Some(parse(text, format, self.files, self.diagnostics))
    }

    /// Reads a file; `named` is the entry of the manifest for it.
    pub(super) fn text(
        &mut self,
        path: &Path,
        name: String,
        named: &Located,
        label: &str,
    ) -> Option<FileText> {
        self.watched.push(path.to_owned());
        match read_bytes(path, self.files) {
            Ok(bytes) => add_text(name, bytes, self.files, self.diagnostics),
            Err(error) => {
                self.unreadable(path, &name, &error, named, label);
                None
            }
        }
    }

    fn unreadable(&mut self, path: &Path, name: &str, error: &ReadError, named: &Located, label: &str) {
        let missing = missing_directory(self.directory, &parent(&named.text))
            .filter(|_| error.reason == Reason::Missing);
        let words = match &missing {
            Some(missing) => format!("there is no directory `{}`", display(&join(self.directory, missing))),
            None => error.words.clone(),
        };
        let help = match error.reason {
            Reason::Missing => near_path(self.directory, missing.as_deref().unwrap_or(&named.text)),
            Reason::Directory => Some(match names(path).iter().find(|name| name.ends_with(".json")) {
                Some(inside) => {
                    let directory = named.text.trim_end_matches('/');
                    format!("name a file in it, such as `{directory}/{inside}`")
                }
                None => "name a file".to_owned(),
            }),
            Reason::Link => Some("remove the link, or let it lead to a file".to_owned()),
            Reason::Other => None,
        };
        self.diagnostics.push(
            Diagnostic::new(&code::UNREADABLE, format!("`{name}` cannot be read: {words}"))
                .label(named.span, label)
                .maybe_help(help),
        );
    }

    /// The schema file that a document names in `$schema`, and where it does so.
    pub(super) fn named_schema(
        &mut self,
        manifest: &Manifest,
        root: Node<'_>,
        file: &Path,
    ) -> Option<(PathBuf, Span)> {
        let Some(named) = root.get("$schema").filter(|named| named.is_text()) else {
            self.diagnostics.push(
                Diagnostic::new(&code::NO_DOCUMENT, "this file does not say which schema it follows")
                    .label(root.label(), "has no `$schema`")
                    .help("add `\"$schema\": \"<path of the schema>\"` as its first property"),
            );
            return None;
        };
        let text = named.text().unwrap_or_default();
        let found = candidates(&text, &text, file, &manifest.schemas);
        let found = found.into_iter().map(|(path, _)| path);
        let mut paths: Vec<PathBuf> = found.collect();
        let exists = paths.iter().position(|path| path.is_file()).unwrap_or(0);
        if paths.is_empty() {
            return None;
        }
        Some((paths.swap_remove(exists), named.span()))
    }

    /// Reads the schema file that a document names.
    pub(super) fn schema_at(&mut self, path: &Path, place: Span) -> Option<Document> {
        self.watched.push(path.to_owned());
        match read_bytes(path, self.files) {
            Ok(bytes) => {
                let text = add_text(display(path), bytes, self.files, self.diagnostics)?;
                Some(parse(text, None, self.files, self.diagnostics))
            }
            Err(error) => {
                let title = format!("the schema `{}` cannot be read: {}", display(path), error.words);
                self.diagnostics.push(
                    Diagnostic::new(&code::UNREADABLE, title).label(place, "named here").help(
                        "a `$schema` that is a path counts from the folder of the file in which it stands",
                    ),
                );
                None
            }
        }
    }

    /// The files that a pattern matches; nothing but a diagnostic if there are none.
    pub(super) fn matches(&mut self, pattern: &Located) -> Vec<pattern::File> {
        let matched = match pattern::find(self.directory, &pattern.text, &self.files.unsaved) {
            Ok(matched) => matched,
            Err(words) => {
                self.diagnostics.push(
                    Diagnostic::new(&code::MANIFEST, format!("`{}` is not a pattern", pattern.text))
                        .label(pattern.span, words)
                        .help("`*` stands for any part of a name, `**` for any directories, `[ab]` for one of some characters"),
                );
                return Vec::new();
            }
        };
        let base = join(self.directory, &pattern::base(&pattern.text));
        self.watched.extend(pattern::watched(base, &matched.caches));
        if matched.is_endless {
            self.diagnostics.push(
                Diagnostic::new(&code::MANIFEST, format!("`{}` leads to too many directories", pattern.text))
                    .label(pattern.span, "looks into thousands of them")
                    .help("begin the pattern with the folder of the content: `content/**/*.json`"),
            );
            return Vec::new();
        }
        if matched.files.is_empty() && matched.errors.is_empty() && matched.circles.is_empty() {
            self.diagnostics.push(pattern::no_match(self.directory, pattern, &matched));
            return Vec::new();
        }
        for (path, error) in &matched.errors {
            let words = format!("cannot be read: {}", io_words(error));
            self.unusable(path, &words, pattern, "matches files in it", None);
        }
        for path in &matched.circles {
            let words = "is a link to a directory in which it stands";
            let help = "remove the link: the files behind it are found without it";
            self.unusable(path, words, pattern, "looks into it", Some(help));
        }
        // A pattern such as `*.json` means files, one such as `*` whatever there is.
        if pattern.text.rsplit('/').next().is_some_and(|last| last.contains('.')) {
            for path in &matched.directories {
                let words = "cannot be read: it is a directory";
                let help = "rename the directory, or write a pattern that does not match it";
                self.unusable(path, words, pattern, "matches it", Some(help));
            }
        }
        matched.files
    }

    /// Reports something that a pattern leads to, unless another pattern did so before.
    fn unusable(&mut self, path: &Path, words: &str, pattern: &Located, label: &str, help: Option<&str>) {
        if self.reported.insert(path.to_owned()) {
            self.diagnostics.push(
                Diagnostic::new(&code::UNREADABLE, format!("`{}` {words}", display(path)))
                    .label(pattern.span, label)
                    .maybe_help(help.map(str::to_owned)),
            );
        }
    }
}
