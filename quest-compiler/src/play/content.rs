//! Content that can be played, and what its scripts call things.

use super::Vocabulary;
use super::world::PLACES;
use quest_types::Target;
use quest_types::journal::program::Ask;
use quest_types::journal::{Program, SavedIds, SavedKind};
use std::collections::{HashMap, HashSet};

/// What a journal plays, and the words for it.
#[derive(Debug)]
pub struct Content {
    pub program: &'static Program,
    pub words: Vocabulary,
    /// The names of ids by the number of their kind and their row.
    names: HashMap<(u8, u32), String>,
    /// The paths of quests, stages, objectives and branches by row.
    paths: [HashMap<u32, String>; 4],
    asked: Asked,
}

/// What some condition asks for.
#[derive(Debug, Default)]
struct Asked {
    ids: HashSet<(u8, u32)>,
    sorts: HashSet<u8>,
    others: HashSet<(&'static str, &'static str)>,
}

impl Asked {
    fn read(program: &Program) -> Self {
        let mut asked = Self::default();
        for condition in (0..).map_while(|row| program.condition(row)) {
            match (condition.ask, condition.target) {
                (Ask::Place, Target::Link { row, .. }) => {
                    asked.ids.insert((PLACES, row));
                }
                (Ask::World, Target::Link { kind, row }) => {
                    asked.ids.insert((kind, row));
                }
                (Ask::World, Target::Absent) => {
                    asked.sorts.insert(condition.subject);
                }
                (_, Target::Unknown(id) | Target::Text(id)) => {
                    asked.others.insert((condition.sort, id));
                }
                _ => {}
            }
        }
        let objectives = 0..program.objective_count();
        asked.ids.extend(objectives.filter_map(|row| Some((PLACES, program.place(row)?))));
        asked
    }
}

impl Content {
    pub fn new(program: &'static Program, words: Vocabulary) -> Self {
        let names = words.all_ids().map(|(kind, id, row)| ((kind, row), id.to_owned()));
        let paths = std::array::from_fn(|at| {
            words.paths[at].iter().map(|(path, row)| (*row, path.clone())).collect()
        });
        Self { program, names: names.collect(), paths, asked: Asked::read(program), words }
    }

    /// The id in a row of a kind.
    pub(super) fn name_of(&self, kind: u8, row: u32) -> Option<&str> {
        self.names.get(&(kind, row)).map(String::as_str)
    }

    /// Whether a condition asks for something with an id.
    pub(super) fn asks_for(&self, kind: u8, row: u32) -> bool {
        self.asked.ids.contains(&(kind, row))
    }

    /// Whether a condition asks for something of which there is one.
    pub(super) fn asks_for_sort(&self, subject: u8) -> bool {
        self.asked.sorts.contains(&subject)
    }

    /// Whether a condition asks for something that the content does not have.
    pub(super) fn asks_for_other(&self, sort: &str, id: &str) -> bool {
        self.asked.others.contains(&(sort, id))
    }

    /// The ids of a kind that conditions ask for.
    pub(super) fn asked_of(&self, kind: u8) -> impl Iterator<Item = &str> {
        let ids = self.asked.ids.iter().filter(move |(of, _)| *of == kind);
        ids.filter_map(|(kind, row)| self.name_of(*kind, *row))
    }
}

/// The position of a kind among the paths.
const fn at(kind: SavedKind) -> usize {
    match kind {
        SavedKind::Quest => 0,
        SavedKind::Stage => 1,
        SavedKind::Objective => 2,
        SavedKind::Branch => 3,
    }
}

impl SavedIds for Content {
    fn path(&self, kind: SavedKind, row: u32) -> String {
        self.paths[at(kind)].get(&row).cloned().unwrap_or_default()
    }

    fn find(&self, kind: SavedKind, path: &str) -> Option<u32> {
        let (paths, renames) = (&self.words.paths[at(kind)], &self.words.renames[at(kind)]);
        let found = paths.get(path).copied().or_else(|| renames.get(path).copied());
        // Something that it belongs to was renamed, and perhaps it itself as well.
        found.or_else(|| {
            let parent = match kind {
                SavedKind::Quest => return None,
                SavedKind::Stage | SavedKind::Branch => SavedKind::Quest,
                SavedKind::Objective => SavedKind::Stage,
            };
            path.rmatch_indices(':').find_map(|(end, _)| {
                let (parent, own) = (self.path(parent, self.find(parent, &path[..end])?), &path[end + 1..]);
                let path = format!("{parent}:{own}");
                paths.get(&path).or_else(|| renames.get(&path)).copied()
            })
        })
    }
}
