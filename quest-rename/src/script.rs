//! Where scripts name ids (`docs/play.md`).

use crate::path::{IdRow, Ids};
use quest_compiler::check::find_path;
use quest_compiler::play::Words;
use quest_compiler::project::is_cache;
use quest_compiler::schema::{Journal, KindId};
use std::collections::HashMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The number of the kind of places among the kinds of a journal, from 1.
const PLACES: u8 = 1;

/// A line of a script.
#[derive(Clone, Copy)]
pub(crate) struct Line<'t> {
    pub(crate) text: &'t str,
    /// The quest that was spoken of last.
    pub(crate) quest: Option<u32>,
}

/// What a line names.
#[derive(Default)]
pub(crate) struct Named {
    /// The parts of the line that name the id in question.
    pub(crate) parts: Vec<Range<usize>>,
    /// The quest that the line speaks of.
    quest: Option<u32>,
}

/// A word of a line, and where it is.
type Word<'t> = (&'t str, usize);

/// Reads lines of scripts for what names an id.
pub(crate) struct Lines<'c, 'a> {
    ids: Ids<'c, 'a>,
    wanted: IdRow,
    /// What a script can say; nothing if the content has no journal.
    journal: Option<(&'c Journal, Words)>,
}

impl<'c, 'a> Lines<'c, 'a> {
    pub(crate) fn new(ids: Ids<'c, 'a>, wanted: IdRow) -> Self {
        let journal = ids.model.journal.as_ref().map(|journal| (journal, Words::new(ids.model, journal)));
        Self { ids, wanted, journal }
    }

    /// The parts of a script that name the id.
    pub(crate) fn in_script(&self, script: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        // Each player speaks of quests of their own.
        let mut players: HashMap<&str, Option<u32>> = HashMap::new();
        let mut player = "";
        let mut at = 0;
        for text in script.split_inclusive('\n') {
            let quest = players.entry(player).or_default();
            let named = self.find(Line { text, quest: *quest });
            *quest = named.quest.or(*quest);
            found.extend(named.parts.into_iter().map(|part| at + part.start..at + part.end));
            if let [("player", _), (name, _)] = words(text).as_slice() {
                player = name;
            }
            at += text.len();
        }
        found
    }

    /// What a line names.
    pub(crate) fn find(&self, line: Line<'_>) -> Named {
        let words = words(line.text);
        let words = match words.as_slice() {
            [("refused", _), rest @ ..] => rest,
            all => all,
        };
        let mut reader = LineReader { lines: self, quest: line.quest, named: Named::default() };
        reader.read(words);
        reader.named
    }
}

/// The words of a line before its comment.
fn words(line: &str) -> Vec<Word<'_>> {
    let text = line.split('#').next().unwrap_or_default();
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|sign: char| !sign.is_whitespace()) {
        let at = text.len() - rest.len() + start;
        let word = rest.get(start..).and_then(|word| word.split_whitespace().next()).unwrap_or_default();
        words.push((word, at));
        rest = text.get(at + word.len()..).unwrap_or_default();
    }
    words
}

struct LineReader<'l, 'c, 'a> {
    lines: &'l Lines<'c, 'a>,
    quest: Option<u32>,
    named: Named,
}

impl LineReader<'_, '_, '_> {
    fn read(&mut self, words: &[Word<'_>]) {
        let texts: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        match (texts.as_slice(), words) {
            (["accept" | "discover" | "skip" | "fail" | "claim" | "reset", ..], [_, quest])
            | (["given", _, "turned", "in"], [_, quest, ..])
            | (["expect", "ended", _], [.., quest]) => self.path(0, *quest),
            (["turn", "in", ..], [_, _, quest, ..]) if !matches!(quest.0, "pick" | "without") => {
                self.path(0, *quest);
            }
            (["advance", ..], [_, _, objective]) | (["reveal", _], [_, objective]) => {
                self.path(2, *objective)
            }
            (["update", _], [_, stage]) | (["expect", "stage", _], [_, _, stage]) => self.path(1, *stage),
            (["expect", "branch", _], [_, _, branch]) => self.path(3, *branch),
            (["expect", "reward" | "log", ..], [_, _, rest @ ..]) => self.labels(rest),
            (["expect", "lost", _], [_, _, path]) => (0..4).for_each(|kind| self.path(kind, *path)),
            (["expect", _, count], [_, objective, _]) if count.contains('/') => self.path(2, *objective),
            (["expect", ..], [_, quest, _, ..]) => self.path(0, *quest),
            (["know" | "changed", ..], [_, subject, id, ..]) => self.subject(subject.0, *id),
            (["at", _], [_, place]) => self.id(PLACES, *place),
            (
                [
                    "expect" | "know" | "changed" | "player" | "world" | "save" | "restore" | "turns"
                    | "pass",
                    ..,
                ],
                _,
            ) => {}
            (_, [event, rest @ ..]) => self.event(event.0, rest),
            _ => {}
        }
    }

    /// A path of a quest, stage, objective or branch.
    fn path(&mut self, kind: usize, (word, at): Word<'_>) {
        let (ids, wanted) = (self.lines.ids, self.lines.wanted);
        let Some((journal, _)) = &self.lines.journal else { return };
        let Some(kind) = journal.saved_kinds().get(kind).copied() else { return };
        let Some(row) = self.row(kind, word) else { return };
        if kind == journal.quest {
            self.named.quest = Some(row);
        }
        if let Some(part) = ids.locate(word, (kind, row), wanted, ":") {
            self.named.parts.push(at + part.start..at + part.end);
        }
    }

    /// The id that a path names: a whole one, one in the quest that was spoken of, or the end of only one in that quest.
    fn row(&self, kind: KindId, word: &str) -> Option<u32> {
        let ids = self.lines.ids;
        let find = |path: &str| find_path(ids.model, ids.tables(), kind, path);
        let (journal, _) = self.lines.journal.as_ref()?;
        if let Some(row) = find(word) {
            return Some(row);
        }
        let quest = (journal.quest, self.quest?);
        if let Some(row) = find(&format!("{}:{word}", ids.text(quest))) {
            return Some(row);
        }
        let rows = 0..u32::try_from(ids.tables().of(kind).list.len()).unwrap_or(u32::MAX);
        let ends = |row: &u32| ids.path((kind, *row)).ends_with(&format!(":{word}"));
        let mut fitting = rows.filter(|row| ids.is_within((kind, *row), quest)).filter(ends);
        fitting.next().filter(|_| fitting.next().is_none())
    }

    /// An id of the kind with a number.
    fn id(&mut self, number: u8, (word, at): Word<'_>) {
        let Some((journal, _)) = &self.lines.journal else { return };
        let kind = usize::from(number).checked_sub(1).and_then(|at| journal.kinds.get(at));
        if kind == Some(&self.lines.wanted.0) && word == self.lines.ids.text(self.lines.wanted) {
            self.named.parts.push(at..at + word.len());
        }
    }

    fn subject(&mut self, name: &str, id: Word<'_>) {
        let Some((_, words)) = &self.lines.journal else { return };
        let kind = words.subjects.iter().find(|(known, _)| known == name).and_then(|(_, kind)| *kind);
        if let Some(kind) = kind {
            self.id(kind, id);
        }
    }

    /// `kill 3 enemy-x at location-y`.
    fn event(&mut self, name: &str, words: &[Word<'_>]) {
        let Some((_, known)) = &self.lines.journal else { return };
        let Some(event) = known.events.iter().find(|event| event.name == name) else { return };
        let targets = match words {
            [before @ .., ("at", _), place] => {
                self.id(PLACES, *place);
                before
            }
            all => all,
        };
        for target in targets {
            event.kinds.iter().for_each(|kind| self.id(*kind, *target));
        }
    }

    /// What a reward or a line of the log says: ids are whole words.
    fn labels(&mut self, words: &[Word<'_>]) {
        let (ids, wanted) = (self.lines.ids, self.lines.wanted);
        for (word, at) in words {
            let bare = word.trim_end_matches(['.', ',', ';', ')', '`', '\'', '"']);
            let bare = bare.trim_start_matches(['(', '`', '\'', '"']);
            let at = at + word.find(bare).unwrap_or(0);
            if bare == ids.text(wanted) {
                self.named.parts.push(at..at + bare.len());
            }
        }
    }
}

/// A script with more folders above it than this is not found.
const MAX_DEPTH: usize = 12;

/// The scripts of a project: files that end in `.play` in the folder of the manifest and those below, apart from folders with a
/// manifest of their own and build output.
pub(crate) fn scripts(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    scripts_below(directory, 0, &mut found);
    found.sort();
    found
}

fn scripts_below(directory: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(directory) else { return };
    for entry in entries.filter_map(Result::ok) {
        let path = entry.path();
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_file() && path.extension().is_some_and(|extension| extension == "play") {
            found.push(path);
        } else if kind.is_dir()
            && depth < MAX_DEPTH
            && !is_passed_over(&path)
            && !path.join("quest.toml").exists()
        {
            scripts_below(&path, depth + 1, found);
        }
    }
}

/// Whether a folder holds nothing that people write: hidden folders, build output, packages of others.
pub fn is_passed_over(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    name.starts_with('.') || name == "node_modules" || is_cache(path)
}
