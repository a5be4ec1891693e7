//! What scripts call the things of the content.

use crate::check::{Renamed, Resolved};
use crate::narrow::{narrow_u8, narrow_u32};
use crate::schema::{About, Journal, KindId, Mapping, Model, Shape, Subject};
use heck::ToKebabCase;
use quest_format::program as format;
use quest_types::journal::Key;
use std::collections::HashMap;

/// Something that can happen.
#[derive(Debug)]
pub struct EventWord {
    /// `kill`, `npc-death`.
    pub name: String,
    class: u8,
    variant: u8,
    /// The numbers of the kinds of its target; none if it has no target.
    pub kinds: Vec<u8>,
}

/// What scripts call what can happen, and what can be asked.
#[derive(Debug)]
pub struct Words {
    pub events: Vec<EventWord>,
    /// What the world can be asked about: its name, and the number of its kind if it has ids.
    pub subjects: Vec<(String, Option<u8>)>,
}

impl Words {
    pub fn new(model: &Model, journal: &Journal) -> Self {
        let mut events = Vec::new();
        let failures = journal.failures.as_ref().map(|(_, about)| (about, format::CLASS_FAILURE));
        for (about, class) in [(&journal.event, format::CLASS_OBJECTIVE)].into_iter().chain(failures) {
            events_of(model, journal, about, class, &mut events);
        }
        let number =
            |kind: &KindId| journal.kinds.iter().position(|known| known == kind).map(|at| narrow_u8(at + 1));
        let subjects = journal.subjects.iter().map(|subject| match subject {
            Subject::Kind(kind) => (model.kind(*kind).noun().to_owned(), number(kind)),
            Subject::Sort { name, .. } => (name.to_kebab_case(), None),
        });
        Self { events, subjects: subjects.collect() }
    }

    /// The word of an event.
    pub fn event(&self, class: u8, variant: u8) -> Option<&str> {
        let mut events = self.events.iter();
        events.find(|event| event.class == class && event.variant == variant).map(|event| event.name.as_str())
    }
}

/// Names for all that a script can speak of.
#[derive(Debug)]
pub struct Vocabulary {
    pub events: Vec<EventWord>,
    /// What the world can be asked about: its name, and the number of its kind if it has ids.
    pub subjects: Vec<(String, Option<u8>)>,
    /// The sorts of conditions, for ids that nobody knows.
    pub sorts: Vec<String>,
    /// Ids by kind number.
    ids: HashMap<u8, HashMap<String, u32>>,
    /// Paths of quests, stages, objectives and branches.
    pub paths: [HashMap<String, u32>; 4],
    /// The paths that these had in earlier releases.
    pub renames: [HashMap<String, u32>; 4],
}

impl Vocabulary {
    pub fn new(model: &Model, journal: &Journal, resolved: &Resolved<'_>) -> Self {
        let Words { events, subjects } = Words::new(model, journal);
        let prerequisites = journal.prerequisites.as_ref().and_then(|(_, about)| about.as_ref());
        let sorts = prerequisites.map(|about| model.target(about.target).mappings.iter());
        let ids = journal.kinds.iter().zip(1..).map(|(kind, number)| {
            let list = resolved.ids.of(*kind).list.iter().zip(0..);
            (number, list.map(|(id, row)| (id.text.to_string(), row)).collect())
        });
        let kinds = journal.saved_kinds();
        let paths = std::array::from_fn(|at| match kinds.get(at) {
            Some(kind) => {
                let rows = 0..narrow_u32(resolved.ids.of(*kind).list.len());
                rows.map(|row| (path(model, resolved, *kind, row), row)).collect()
            }
            None => HashMap::new(),
        });
        Self {
            events,
            subjects,
            sorts: sorts.into_iter().flatten().map(|(sort, _)| sort.clone()).collect(),
            ids: ids.collect(),
            paths,
            renames: std::array::from_fn(|_| HashMap::new()),
        }
    }

    /// The same with what the manifest says is called otherwise now.
    #[must_use]
    pub fn with_renames(mut self, journal: &Journal, renames: &[Renamed]) -> Self {
        for (kind, known) in journal.saved_kinds().iter().zip(&mut self.renames) {
            let of_kind = renames.iter().filter(|renamed| renamed.kind == *kind);
            known.extend(of_kind.map(|renamed| (renamed.old.clone(), renamed.row)));
        }
        self
    }

    /// The key of an event about something; what is wrong with it otherwise.
    pub fn key(&self, event: &EventWord, target: Option<&str>) -> Result<Key, String> {
        let (class, variant) = (event.class, event.variant);
        let Some(target) = target.filter(|_| !event.kinds.is_empty()) else {
            return match target {
                Some(target) => Err(format!("`{}` is about nothing, and not about `{target}`", event.name)),
                None if event.kinds.is_empty() => Ok(Key { class, variant, kind: 0, row: 0 }),
                None => Err(format!("`{}` does not say whom or what", event.name)),
            };
        };
        for kind in &event.kinds {
            if let Some(row) = self.id(*kind, target) {
                return Ok(Key { class, variant, kind: *kind, row });
            }
        }
        let known = event.kinds.iter().filter_map(|kind| self.ids.get(kind)).flat_map(HashMap::keys);
        Err(unknown(target, known.map(String::as_str)))
    }

    pub fn id(&self, kind: u8, id: &str) -> Option<u32> {
        self.ids.get(&kind)?.get(id).copied()
    }

    /// All ids: the number of their kind, their text, their row.
    #[cfg(feature = "play")]
    pub(super) fn all_ids(&self) -> impl Iterator<Item = (u8, &str, u32)> {
        self.ids.iter().flat_map(|(kind, ids)| ids.iter().map(|(id, row)| (*kind, id.as_str(), *row)))
    }

    pub fn ids(&self, kind: u8) -> impl Iterator<Item = &str> {
        self.ids.get(&kind).into_iter().flat_map(HashMap::keys).map(String::as_str)
    }
}

/// Nothing is called so.
pub(super) fn unknown<'a>(written: &str, known: impl Iterator<Item = &'a str>) -> String {
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    let help = crate::diagnostics::did_you_mean(written, known.into_iter());
    let help = help.map(|help| format!("; {help}")).unwrap_or_default();
    format!("nothing is called `{written}`{help}")
}

fn path(model: &Model, resolved: &Resolved<'_>, kind: KindId, row: u32) -> String {
    let id = resolved.ids.id(kind, row);
    match model.kind(kind).parent {
        Some(parent) => format!("{}:{}", path(model, resolved, parent, id.parent), id.text),
        None => id.text.to_string(),
    }
}

fn events_of(model: &Model, journal: &Journal, about: &About, class: u8, out: &mut Vec<EventWord>) {
    let target = model.target(about.target);
    let Shape::Enum(_) = model.record(target.record).fields[target.by].shape else { return };
    for (at, ((sort, mapping), kinds)) in target.mappings.iter().zip(&target.kinds).enumerate() {
        if about.time == Some(at) {
            continue;
        }
        let numbers = kinds.iter().filter_map(|kind| journal.kinds.iter().position(|known| known == kind));
        out.push(EventWord {
            name: sort.to_kebab_case(),
            class,
            variant: narrow_u8(at),
            kinds: match mapping {
                Mapping::Kinds(_) => numbers.map(|at| narrow_u8(at + 1)).collect(),
                Mapping::Text | Mapping::Nothing => Vec::new(),
            },
        });
    }
}
