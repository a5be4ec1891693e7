//! The proposals for a project whose content has schemas: ids, references, and what an overlay says of them.

use crate::address::{Addresses, OverlayEntry};
use crate::kinds::{Kind, KindIndex, kinds, make_global};
use crate::observe::{Entry, Observed, PlaceId, Step, TextId, observe};
use crate::references::{Proposal, references};
use quest_compiler::driver::{Project, schema_graph};
use quest_compiler::schema::{SchemaId, Schemas};
use quest_compiler::source::Document;
use quest_compiler::text::Files;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashSet};

/// An annotation for one place, with the reasons for it.
#[derive(Clone, Debug)]
pub(crate) struct Proposed {
    /// The name of the schema file, as messages say it.
    pub(crate) schema: String,
    /// The address of the place in an overlay.
    pub(crate) address: String,
    /// What the overlay says of it.
    pub(crate) body: Value,
    /// The counts that speak for it, and the values that do not fit.
    pub(crate) reason: String,
    /// Whether it is sure enough to be written; the others are only mentioned.
    pub(crate) accepted: bool,
}

/// All annotations that content suggests.
#[derive(Debug, Default)]
pub(crate) struct Proposals {
    /// In the order of schema files and addresses.
    pub(crate) annotations: Vec<Proposed>,
    /// Ids of kinds that nothing defines but references name, by kind.
    pub(crate) undefined: BTreeMap<String, Vec<String>>,
}

/// What was found in the content of a project.
pub(crate) struct Found<'p> {
    project: &'p Project,
    files: &'p Files,
    schemas: Schemas,
    roots: Vec<SchemaId>,
}

/// Places, kinds and references.
pub(crate) struct View<'v, 'a> {
    pub(crate) files: &'v Files,
    pub(crate) observed: &'v Observed<'a>,
    pub(crate) addresses: &'v Addresses<'v>,
    pub(crate) kinds: &'v [Kind],
    pub(crate) references: &'v [Proposal],
}

impl<'p> Found<'p> {
    /// Reads the schemas of a project; `None` if one cannot be used, and the diagnostics of a check say why.
    pub(crate) fn of(project: &'p Project, files: &'p Files) -> Option<Self> {
        let (schemas, roots) = schema_graph(project, files, &mut Vec::new())?;
        Some(Self { project, files, schemas, roots })
    }

    /// Looks for ids and references, and shows them.
    pub(crate) fn with<T>(&self, look: impl FnOnce(&View<'_, '_>) -> T) -> T {
        let input = &self.project.input;
        let entries: Vec<Entry<'_>> = input
            .entries
            .iter()
            .map(|entry| Entry {
                value: input.documents[entry.document as usize].node(entry.at),
                root: self.roots[entry.root as usize],
            })
            .collect();
        let observed = observe(&self.schemas, &entries);
        let addresses = Addresses::of(&self.schemas, schema_documents(self.project));
        let stem = |schema: SchemaId| stem(self.files.name(self.schemas.get(schema).span.file)).to_owned();
        let kinds = kinds(&observed, &addresses, &stem);
        let (kinds, references) = confirmed(&observed, kinds);
        look(&View {
            files: self.files,
            observed: &observed,
            addresses: &addresses,
            kinds: &kinds,
            references: &references,
        })
    }
}

/// Proposes annotations for the schemas of a project.
///
/// `None` if a schema cannot be used; the diagnostics of a check say why.
pub(crate) fn propose(project: &Project, files: &Files) -> Option<Proposals> {
    Some(Found::of(project, files)?.with(|view| view.proposals()))
}

/// The documents that a project's schemas are written in.
pub(crate) fn schema_documents(project: &Project) -> impl Iterator<Item = &Document> {
    project.input.schemas.iter().chain(project.referred.schemas.iter().map(|(document, _)| document))
}

/// The names of the files that a project's schemas are written in.
pub(crate) fn schema_names<'p>(project: &'p Project, files: &'p Files) -> impl Iterator<Item = &'p str> {
    schema_documents(project).map(|document| files.name(document.file))
}

fn stem(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.split('.').next().unwrap_or(file)
}

/// The kinds that are certain or that references confirm, and the references to them.
fn confirmed(observed: &Observed<'_>, mut kinds: Vec<Kind>) -> (Vec<Kind>, Vec<Proposal>) {
    let mut repeats: HashSet<PlaceId> = HashSet::new();
    for kind in &kinds {
        if observed.place(kind.place).step == Step::Names
            && kinds.iter().any(|other| repeats_ids(kind, other))
        {
            repeats.insert(kind.place);
        }
    }
    drop_kinds(&mut kinds, |kind| !repeats.contains(&kind.place));
    loop {
        let references = references(observed, &kinds);
        let named: HashSet<KindIndex> = references
            .iter()
            .filter(|proposal| proposal.accepted && proposal.hits >= 2)
            .flat_map(|proposal| proposal.targets.iter().map(|target| target.kind))
            .collect();
        let parents: HashSet<KindIndex> = kinds.iter().filter_map(|kind| kind.parent).collect();
        let before = kinds.len();
        let confirmed: HashSet<PlaceId> = kinds
            .iter()
            .enumerate()
            .filter(|(at, kind)| {
                let at = KindIndex(*at);
                kind.certain || named.contains(&at) || parents.contains(&at)
            })
            .map(|(_, kind)| kind.place)
            .collect();
        drop_kinds(&mut kinds, |kind| confirmed.contains(&kind.place));
        if kinds.len() < before {
            continue;
        }
        let named_elsewhere = references.iter().filter(|proposal| proposal.accepted && proposal.everywhere);
        let mut targets =
            named_elsewhere.flat_map(|proposal| proposal.targets.iter().map(|target| target.kind));
        match targets.find(|kind| kinds[kind.0].parent.is_some() && !kinds[kind.0].given) {
            Some(kind) => make_global(&mut kinds, kind),
            None => return (kinds, references),
        }
    }
}

/// Whether the names of a map are the ids of other objects, and not ids that it gives to its values.
fn repeats_ids(map: &Kind, other: &Kind) -> bool {
    let known = |id: &String| other.ids.contains_key(&(None, id.clone()));
    map.place != other.place
        && other.certain
        && other.parent.is_none()
        && map.prefix == other.prefix
        && !map.given
        && map.ids.keys().filter(|(_, id)| known(id)).count() * 20 >= map.ids.len() * 19
}

/// Drops kinds, and numbers the parents of the others anew.
fn drop_kinds(kinds: &mut Vec<Kind>, keep: impl Fn(&Kind) -> bool) {
    let mut next = 0;
    let renumbered: Vec<Option<KindIndex>> = kinds
        .iter()
        .map(|kind| {
            let at = KindIndex(next);
            next += usize::from(keep(kind));
            keep(kind).then_some(at)
        })
        .collect();
    kinds.retain(|kind| keep(kind));
    for kind in kinds {
        kind.parent = kind.parent.and_then(|parent| renumbered[parent.0]);
    }
}

/// Values that do not fit, of which a reason names at most so many.
const MOST_NAMED: usize = 5;

impl View<'_, '_> {
    fn proposals(&self) -> Proposals {
        let mut proposals = Proposals::default();
        for kind in self.kinds.iter().filter(|kind| !kind.given) {
            proposals.annotations.extend(self.key(kind));
        }
        for reference in self.references {
            if reference.accepted {
                self.undefined(reference, &mut proposals.undefined);
            }
            proposals.annotations.extend(self.reference(reference));
        }
        proposals
            .annotations
            .sort_by(|one, other| (&one.schema, &one.address).cmp(&(&other.schema, &other.address)));
        proposals
    }

    fn key(&self, kind: &Kind) -> Option<Proposed> {
        let annotation = if kind.prefix.is_empty() {
            json!(kind.name)
        } else {
            json!({ "kind": kind.name, "prefix": kind.prefix })
        };
        let entry = match kind.only {
            Some(schema) => self.key_of_one_sort(kind, schema, annotation)?,
            None => self.addresses.entry(self.observed, kind.place, ("x-key", annotation), "string")?,
        };
        let within =
            kind.parent.map_or_else(String::new, |parent| format!(" in each {}", self.kinds[parent.0].name));
        let reason = format!("{}, all different{within}", count(kind.count, "value"));
        Some(self.proposed(entry, reason, true))
    }

    /// The key of objects that share the schema of the property with other sorts of objects.
    fn key_of_one_sort(&self, kind: &Kind, schema: SchemaId, annotation: Value) -> Option<OverlayEntry> {
        let Step::Property(name) = self.observed.place(kind.place).step else { return None };
        let (file, address) = self.addresses.schema(schema)?;
        let body = json!({ "properties": { self.observed.text(name): { "x-key": annotation } } });
        Some(OverlayEntry { file, address, body })
    }

    fn reference(&self, proposal: &Proposal) -> Option<Proposed> {
        let place = self.observed.place(proposal.place);
        let types = if place.integers > 0 { "integer" } else { "string" };
        let annotation = self.annotation(proposal);
        let entry = self.addresses.entry(self.observed, proposal.place, ("x-ref", annotation), types)?;
        let names: Vec<&str> =
            proposal.targets.iter().map(|target| self.kinds[target.kind.0].name.as_str()).collect();
        let total = proposal.hits + proposal.misses.len();
        let mut reason =
            format!("{} of {} are ids of {}", proposal.hits, count(total, "value"), names.join(" or "));
        if !proposal.misses.is_empty() {
            reason.push_str(&format!("; not {}", self.list(&proposal.misses)));
        }
        Some(self.proposed(entry, reason, proposal.accepted))
    }

    fn annotation(&self, proposal: &Proposal) -> Value {
        let kind = |target: &crate::references::Target| {
            let name = &self.kinds[target.kind.0].name;
            if target.prefix.is_empty() {
                json!(name)
            } else {
                json!({ "kind": name, "prefix": target.prefix })
            }
        };
        if let Some((by, mapping)) = &proposal.by {
            let to: Map<String, Value> = mapping
                .iter()
                .map(|(sort, kind)| (self.observed.text(*sort).to_owned(), json!(self.kinds[kind.0].name)))
                .collect();
            return json!({ "by": self.observed.text(*by), "to": to });
        }
        let to = match proposal.targets.as_slice() {
            [only] => kind(only),
            several => several.iter().map(kind).collect(),
        };
        let mut fields = Map::new();
        if let Some(within) = proposal.within {
            fields.insert("in".to_owned(), json!(self.observed.text(within)));
        }
        if let Some(none) = proposal.none {
            fields.insert("none".to_owned(), json!(self.observed.text(none)));
        }
        if !proposal.misses.is_empty() && !self.can_be_listed(proposal) {
            fields.insert("unknown".to_owned(), json!("warn"));
        }
        if fields.is_empty() {
            return to;
        }
        fields.insert("to".to_owned(), to);
        fields.sort_keys();
        Value::Object(fields)
    }

    /// Whether ids that nothing defines can be listed in the manifest.
    fn can_be_listed(&self, proposal: &Proposal) -> bool {
        let integers = self.observed.place(proposal.place).integers > 0;
        let kind = |target: &crate::references::Target| &self.kinds[target.kind.0];
        !integers
            && proposal.targets.len() == 1
            && proposal.targets.iter().all(|target| kind(target).parent.is_none())
    }

    /// Collects the ids that a reference names and nothing defines.
    fn undefined(&self, proposal: &Proposal, undefined: &mut BTreeMap<String, Vec<String>>) {
        if !self.can_be_listed(proposal) {
            return;
        }
        let Some(target) = proposal.targets.first() else { return };
        let kind = &self.kinds[target.kind.0];
        for miss in &proposal.misses {
            let text = self.observed.text(*miss);
            let text = text.strip_prefix(target.prefix.as_str()).unwrap_or(text);
            let ids = undefined.entry(kind.name.clone()).or_default();
            if !ids.iter().any(|known| known == text) && !text.is_empty() {
                ids.push(text.to_owned());
            }
        }
    }

    fn proposed(&self, entry: OverlayEntry, reason: String, accepted: bool) -> Proposed {
        let OverlayEntry { file, address, body } = entry;
        Proposed { schema: self.files.name(file).to_owned(), address, body, reason, accepted }
    }

    fn list(&self, texts: &[TextId]) -> String {
        let mut named: Vec<String> =
            texts.iter().take(MOST_NAMED).map(|text| format!("`{}`", self.observed.text(*text))).collect();
        if texts.len() > MOST_NAMED {
            named.push(format!("{} more", texts.len() - MOST_NAMED));
        }
        named.join(", ")
    }
}

/// A number with its noun.
pub(crate) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
