//! How well proposals agree with the annotations that a project has.
//!
//! The annotations are the truth. They are taken away, everything is proposed anew, and both are compared value by value: a place is
//! the set of its values, whatever addresses two authors give it.

use crate::observe::{Observed, PlaceId};
use crate::propose::Found;
use crate::references::Proposal;
use quest_compiler::driver::{Loaded, Request};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt;
use std::path::Path;

/// How many annotations of one sort were found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Places that the project annotates and content uses.
    pub truth: usize,
    /// Places that are proposed.
    pub proposed: usize,
    /// Places of which both say the same.
    pub agreed: usize,
}

impl Counts {
    /// The share of what is proposed that is right, from 0 to 1.
    #[must_use]
    pub fn precision(&self) -> f64 {
        share(self.agreed, self.proposed)
    }

    /// The share of what is right that is proposed, from 0 to 1.
    #[must_use]
    pub fn recall(&self) -> f64 {
        share(self.agreed, self.truth)
    }

    fn add(&mut self, other: Counts) {
        self.truth += other.truth;
        self.proposed += other.proposed;
        self.agreed += other.agreed;
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// How well proposals agree with the annotations of a project.
#[derive(Clone, Debug, Default)]
pub struct Agreement {
    /// Places of ids (`x-key`).
    pub keys: Counts,
    /// Places of references (`x-ref`).
    pub references: Counts,
    /// What the project says and is not proposed, or proposed differently.
    pub missing: Vec<String>,
    /// What is proposed and the project does not say.
    pub wrong: Vec<String>,
    /// What is proposed for places that neither the schemas nor the overlays mention, so that the project says nothing of them.
    pub beyond: Vec<String>,
}

impl Agreement {
    /// Keys and references together.
    #[must_use]
    pub fn all(&self) -> Counts {
        let mut all = self.keys;
        all.add(self.references);
        all
    }
}

impl fmt::Display for Agreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (noun, counts) in [("keys", self.keys), ("references", self.references), ("together", self.all())]
        {
            writeln!(
                f,
                "{noun}: {} proposed, {} of {} found; precision {:.3}, recall {:.3}",
                counts.proposed,
                counts.agreed,
                counts.truth,
                counts.precision(),
                counts.recall()
            )?;
        }
        for line in &self.missing {
            writeln!(f, "missing: {line}")?;
        }
        for line in &self.wrong {
            writeln!(f, "wrong: {line}")?;
        }
        for line in &self.beyond {
            writeln!(f, "beyond: {line}")?;
        }
        Ok(())
    }
}

/// Compares proposals with the annotations in the overlays of a project; `None` if its manifest or a schema cannot be used.
#[must_use]
pub fn agreement(manifest: &Path) -> Option<Agreement> {
    let mut loaded = Loaded::read(&Request::check(manifest), &mut |_| ());
    let project = loaded.project.as_ref()?;
    #[expect(
        clippy::redundant_closure,
        reason = "the function itself is not general enough in its lifetimes"
    )]
    let truth = Found::of(project, &loaded.files)?.with(|view| Truth::of(view));
    loaded.project.as_mut()?.input.overlays.clear();
    let project = loaded.project.as_ref()?;
    Some(Found::of(project, &loaded.files)?.with(|found| truth.compare(found)))
}

/// A value: its document, and its position on the tape.
type Value = (u32, u32);

/// What the project says of each value.
#[derive(Default)]
struct Truth {
    /// The kind of an id.
    keys: HashMap<Value, String>,
    /// The place and the kinds of a reference.
    references: HashMap<Value, (usize, BTreeSet<String>)>,
    /// The places of keys and of references, each with words for people.
    key_places: Vec<(BTreeSet<String>, String)>,
    reference_places: Vec<String>,
    key_place_of: HashMap<Value, usize>,
    /// The values in places that neither schemas nor overlays mention.
    unmentioned: HashSet<Value>,
}

impl Truth {
    fn of(found: &crate::propose::View<'_, '_>) -> Self {
        let mut truth = Self::default();
        for id in found.observed.place_ids() {
            let place = found.observed.place(id);
            if place.scalars.is_empty() {
                continue;
            }
            if !place.declared {
                truth.unmentioned.extend(values(found.observed, id));
            }
            let words = words(found, id);
            if let Some((kind, _)) = &place.key {
                truth
                    .key_places
                    .push((BTreeSet::from([kind.clone()]), format!("{words} is the id of {kind}")));
                for value in values(found.observed, id) {
                    truth.keys.insert(value, kind.clone());
                    truth.key_place_of.insert(value, truth.key_places.len() - 1);
                }
            }
            if let Some(kinds) = &place.refers {
                let at = truth.reference_places.len();
                truth.reference_places.push(format!("{words} refers to {}", kinds.join(" or ")));
                for value in values(found.observed, id) {
                    truth.references.insert(value, (at, kinds.iter().cloned().collect()));
                }
            }
        }
        truth
    }

    fn compare(&self, found: &crate::propose::View<'_, '_>) -> Agreement {
        let mut agreement = Agreement::default();
        agreement.keys.truth = self.key_places.len();
        agreement.references.truth = self.reference_places.len();
        // What each proposed kind is called in truth: what the project says of most of its ids.
        let mut meant: Vec<Option<String>> = Vec::new();
        let mut found_keys = vec![false; self.key_places.len()];
        for kind in found.kinds {
            let values: Vec<Value> = kind.values(found.observed);
            let known = most(values.iter().filter_map(|value| self.keys.get(value)));
            for at in values.iter().filter_map(|value| self.key_place_of.get(value)) {
                found_keys[*at] = true;
            }
            let line = format!("{} is no id of {}", words(found, kind.place), kind.name);
            if known.is_none() && self.is_unmentioned(&values) {
                agreement.beyond.push(line);
                meant.push(None);
                continue;
            }
            agreement.keys.proposed += 1;
            if known.is_none() {
                agreement.wrong.push(line);
            }
            agreement.keys.agreed += usize::from(known.is_some());
            meant.push(known.cloned());
        }
        // Two proposed kinds can be one place in truth.
        let both = found_keys.iter().filter(|found| **found).count();
        agreement.keys.agreed = agreement.keys.agreed.min(both);
        let missing = self.key_places.iter().zip(&found_keys).filter(|(_, found)| !**found);
        agreement.missing.extend(missing.map(|((_, words), _)| words.clone()));
        self.compare_references(found, &meant, &mut agreement);
        agreement
    }

    fn is_unmentioned(&self, values: &[Value]) -> bool {
        values.iter().filter(|value| self.unmentioned.contains(value)).count() * 2 > values.len()
    }

    fn compare_references(
        &self,
        found: &crate::propose::View<'_, '_>,
        meant: &[Option<String>],
        agreement: &mut Agreement,
    ) {
        let mut agreed = vec![false; self.reference_places.len()];
        for proposal in found.references.iter().filter(|proposal| proposal.accepted) {
            let kinds = meant_kinds(proposal, meant);
            let values: Vec<Value> = values(found.observed, proposal.place);
            let known: Vec<_> = values.iter().filter_map(|value| self.references.get(value)).collect();
            let right =
                known.iter().filter(|(_, truth)| kinds.iter().any(|kind| truth.contains(kind))).count();
            let names: Vec<&str> =
                proposal.targets.iter().map(|target| found.kinds[target.kind.0].name.as_str()).collect();
            let line = format!("{} does not refer to {}", words(found, proposal.place), names.join(" or "));
            if self.is_unmentioned(&values) {
                agreement.beyond.push(line);
                continue;
            }
            agreement.references.proposed += 1;
            if right * 2 > values.len() {
                for (at, _) in known {
                    agreed[*at] = true;
                }
            } else {
                agreement.wrong.push(line);
            }
        }
        agreement.references.agreed = agreed.iter().filter(|agreed| **agreed).count();
        let missing = self.reference_places.iter().zip(&agreed).filter(|(_, agreed)| !**agreed);
        agreement.missing.extend(missing.map(|(words, _)| words.clone()));
    }
}

fn meant_kinds(proposal: &Proposal, meant: &[Option<String>]) -> BTreeSet<String> {
    proposal.targets.iter().filter_map(|target| meant[target.kind.0].clone()).collect()
}

/// The values in a place.
fn values(observed: &Observed<'_>, id: PlaceId) -> Vec<Value> {
    observed
        .place(id)
        .scalars
        .iter()
        .map(|scalar| (observed.object(scalar.owner).document, scalar.at))
        .collect()
}

/// What occurs most often, if it is the most of all.
fn most<'t>(texts: impl Iterator<Item = &'t String>) -> Option<&'t String> {
    let mut counts: HashMap<&String, usize> = HashMap::new();
    for text in texts {
        *counts.entry(text).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(text, count)| (*count, std::cmp::Reverse(*text))).map(|(text, _)| text)
}

/// A place, for people.
fn words(found: &crate::propose::View<'_, '_>, id: PlaceId) -> String {
    let place = found.observed.place(id);
    let example = place.scalars.first().map_or("", |scalar| found.observed.text(scalar.text));
    let address = found.addresses.entry(found.observed, id, ("x-ref", serde_json::json!("")), "string");
    let address = address.map_or_else(
        || "a place".to_owned(),
        |entry| {
            format!(
                "`{}` {}",
                entry.address,
                if place.declared { String::new() } else { entry.body.to_string() }
            )
        },
    );
    format!("{address} (`{example}`, …)")
}
