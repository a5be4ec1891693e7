//! Which places refer to ids.
//!
//! Comes in: observed content and its kinds. Goes out: a [`Proposal`] for each place whose values are ids of a kind. That all values are
//! ids of some kind happens by chance a hundred times as often as it is meant, so names, prefixes and scopes decide.

use crate::kinds::{Kind, KindIndex, scope_of};
use crate::observe::{Holder, ObjectId, Observed, PlaceId, Scalar, Step, TextId};
use crate::words::{is_link, is_prose, is_sort, looks_like_id};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What a place refers to.
#[derive(Clone, Debug)]
pub(crate) struct Proposal {
    pub(crate) place: PlaceId,
    pub(crate) targets: Vec<Target>,
    /// The property of the same object that says in which object the ids are.
    pub(crate) within: Option<TextId>,
    /// Different values that are ids, and those that are not.
    pub(crate) hits: usize,
    pub(crate) misses: Vec<TextId>,
    /// A value that names nothing.
    pub(crate) none: Option<TextId>,
    /// The property of the same object that decides about the kind, and the kind for each of its values.
    pub(crate) by: Option<(TextId, Vec<(TextId, KindIndex)>)>,
    /// The ids are looked up in all of the content, and not in an object around or beside the reference.
    pub(crate) everywhere: bool,
    /// Good enough to be written, and not only to be mentioned.
    pub(crate) accepted: bool,
}

/// A kind, and what precedes its ids in a reference.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Target {
    pub(crate) kind: KindIndex,
    pub(crate) prefix: String,
}

/// How the values of a place fit a kind.
#[derive(Clone, Debug)]
struct Fit {
    kind: KindIndex,
    prefix: String,
    within: Option<TextId>,
    hits: usize,
    total: usize,
    missing: HashSet<TextId>,
    /// How many of the values that fit look like ids.
    like_ids: usize,
    /// All values begin with the prefix of the kind.
    prefixed: bool,
    /// How much the name of the place says that it refers to this kind.
    likeness: f64,
    /// Ids that are looked up in the object around, or beside the reference.
    scoped: bool,
}

impl Fit {
    fn share(&self) -> f64 {
        if self.total == 0 { 0.0 } else { self.hits as f64 / self.total as f64 }
    }

    fn score(&self) -> f64 {
        let prefix = if self.prefixed { 1.0 } else { 0.0 };
        let scope = if self.scoped { 0.2 } else { 0.0 };
        let many = (self.hits as f64).ln_1p() / 40.0;
        self.share() + 0.6 * self.likeness + prefix + scope + many
    }
}

/// Looks for references, given that some are known already.
pub(crate) fn references(observed: &Observed<'_>, kinds: &[Kind]) -> Vec<Proposal> {
    let keys: HashSet<PlaceId> = kinds.iter().filter(|kind| kind.certain).map(|kind| kind.place).collect();
    let mut search = Search { observed, kinds, by_text: by_text(kinds), siblings: HashMap::new() };
    let places: Vec<PlaceId> = observed.place_ids().filter(|place| !keys.contains(place)).collect();
    let mut found: BTreeMap<PlaceId, Proposal> = BTreeMap::new();
    // Ids in other objects need the reference beside them, so those come first.
    for round in 0..2 {
        for place in &places {
            if round == 1 && found.get(place).is_some_and(|proposal| proposal.accepted) {
                continue;
            }
            if let Some(proposal) = search.proposal(*place) {
                found.insert(*place, proposal);
            }
        }
        search.siblings = siblings(observed, found.values());
    }
    found.into_values().collect()
}

/// The objects that references name, by holder: what a place beside them is looked up in.
type Siblings = HashMap<Holder, Vec<(TextId, Vec<KindIndex>, HashMap<ObjectId, TextId>)>>;

fn siblings<'p>(observed: &Observed<'_>, proposals: impl Iterator<Item = &'p Proposal>) -> Siblings {
    let mut siblings = Siblings::new();
    for proposal in proposals.filter(|proposal| proposal.accepted && proposal.within.is_none()) {
        let place = observed.place(proposal.place);
        let Step::Property(name) = place.step else { continue };
        let values = place.scalars.iter().map(|scalar| (scalar.owner, scalar.text)).collect();
        let kinds = proposal.targets.iter().map(|target| target.kind).collect();
        siblings.entry(place.holder).or_default().push((name, kinds, values));
    }
    siblings
}

/// The kinds without a parent that have an id, by the id as content writes it.
fn by_text(kinds: &[Kind]) -> HashMap<String, Vec<KindIndex>> {
    let mut by_text: HashMap<String, Vec<KindIndex>> = HashMap::new();
    for (index, kind) in kinds.iter().enumerate() {
        if kind.parent.is_some() && !kind.unique_everywhere {
            continue;
        }
        for (_, id) in kind.ids.keys() {
            by_text.entry(format!("{}{id}", kind.prefix)).or_default().push(KindIndex(index));
            if !kind.prefix.is_empty() {
                by_text.entry(id.clone()).or_default().push(KindIndex(index));
            }
        }
    }
    by_text
}

struct Search<'s, 'a> {
    observed: &'s Observed<'a>,
    kinds: &'s [Kind],
    by_text: HashMap<String, Vec<KindIndex>>,
    siblings: Siblings,
}

impl Search<'_, '_> {
    fn proposal(&self, id: PlaceId) -> Option<Proposal> {
        let place = self.observed.place(id);
        let is_key = matches!(place.step, Step::Names) && self.kinds.iter().any(|kind| kind.place == id);
        if place.scalars.is_empty() || place.refers.is_some() || place.key.is_some() || is_key {
            return None;
        }
        let name = self.observed.name(id, 0).unwrap_or_default().to_owned();
        if place.enumerated && !self.kinds.iter().any(|kind| kind.likeness(&name) >= 0.8) {
            return None;
        }
        let distinct = distinct(&place.scalars);
        let mut fits = self.everywhere(id, &name, &distinct);
        fits.extend(self.in_scope(id, &name));
        fits.extend(self.beside(id, &name));
        fits.retain(|fit| !self.is_copy(id, fit.kind) && !self.is_beside_names(id, fit.kind));
        fits.sort_by(|one, other| other.score().total_cmp(&one.score()));
        let best = fits.first()?;
        if self.accepts(id, &name, best, &fits) {
            return Some(self.single(id, best, true));
        }
        self.by_sibling(id).or_else(|| self.several(id, &name, &fits, &distinct)).or_else(|| {
            let mention = best.share() >= 0.5
                && best.hits >= 2
                && (best.likeness > 0.0 || best.like_ids * 2 > best.hits);
            mention.then(|| self.single(id, best, false))
        })
    }

    /// How the values fit the kinds whose ids are unique in all of the content.
    fn everywhere(&self, id: PlaceId, name: &str, distinct: &[TextId]) -> Vec<Fit> {
        let mut fits: HashMap<KindIndex, Fit> = HashMap::new();
        let own_prefix = self.own_prefix(distinct);
        for text in distinct {
            let text = self.observed.text(*text);
            for kind in self.by_text.get(text).into_iter().flatten() {
                let fit = fits.entry(*kind).or_insert_with(|| self.new_fit(id, name, *kind, ""));
                fit.count(text);
            }
        }
        if let Some(prefix) = own_prefix {
            for text in distinct {
                let Some(rest) = self.observed.text(*text).strip_prefix(prefix.as_str()) else { continue };
                for kind in self.by_text.get(rest).into_iter().flatten() {
                    if self.kinds[kind.0].prefix != prefix {
                        let fit = fits.entry(*kind).or_insert_with(|| self.new_fit(id, name, *kind, &prefix));
                        if fit.prefix == prefix {
                            fit.count(rest);
                        }
                    }
                }
            }
        }
        // Ids that nothing defines can still say by their prefix what they are.
        for (index, kind) in self.kinds.iter().enumerate() {
            let begins = |text: &TextId| self.observed.text(*text).starts_with(kind.prefix.as_str());
            if kind.parent.is_none() && !kind.prefix.is_empty() && distinct.iter().any(begins) {
                fits.entry(KindIndex(index)).or_insert_with(|| self.new_fit(id, name, KindIndex(index), ""));
            }
        }
        let mut fits: Vec<Fit> = fits.into_values().collect();
        for fit in &mut fits {
            let kind = &self.kinds[fit.kind.0];
            fit.total = distinct.len();
            let has = |text: &&TextId| {
                let text = self.observed.text(**text);
                let text = text.strip_prefix(fit.prefix.as_str()).unwrap_or(text);
                self.by_text.get(text).is_some_and(|kinds| kinds.contains(&fit.kind))
            };
            fit.missing = distinct.iter().filter(|text| !has(text)).copied().collect();
            let prefix =
                if kind.prefix.is_empty() { kind.first_word.as_deref() } else { Some(kind.prefix.as_str()) };
            let own =
                |text: &TextId| prefix.is_some_and(|prefix| self.observed.text(*text).starts_with(prefix));
            let others = distinct.iter().filter(|text| !own(text)).count();
            fit.prefixed = others * 10 <= distinct.len()
                || others == 1 && distinct.len() >= 3
                || (!fit.prefix.is_empty() && fit.likeness > 0.0);
        }
        fits.sort_by_key(|fit| fit.kind);
        fits
    }

    /// How the values fit kinds whose ids are unique in an object around them.
    fn in_scope(&self, id: PlaceId, name: &str) -> Vec<Fit> {
        let place = self.observed.place(id);
        let mut fits = Vec::new();
        for (index, kind) in self.kinds.iter().enumerate() {
            let Some(parent) = kind.parent.map(|parent| &self.kinds[parent.0]) else { continue };
            let mut pairs = HashSet::new();
            let mut outside = false;
            for scalar in &place.scalars {
                match scope_of(self.observed, parent, scalar.owner) {
                    Some(scope) => {
                        pairs.insert((scope, scalar.text));
                    }
                    None => outside = true,
                }
            }
            if pairs.is_empty() || outside {
                continue;
            }
            let mut fit = self.new_fit(id, name, KindIndex(index), "");
            fit.scoped = true;
            self.count_pairs(&mut fit, kind, pairs);
            fits.push(fit);
        }
        fits
    }

    /// How the values fit kinds whose ids are unique in the object that a property beside them names.
    fn beside(&self, id: PlaceId, name: &str) -> Vec<Fit> {
        let place = self.observed.place(id);
        let mut fits = Vec::new();
        // The elements of a list are beside what the list is beside.
        let list = self.observed.outer(id).filter(|_| place.step == Step::Elements);
        let holder = list.map_or(place.holder, |list| self.observed.place(list).holder);
        for (sibling, targets, values) in self.siblings.get(&holder).into_iter().flatten() {
            for (index, kind) in self.kinds.iter().enumerate() {
                let Some(parent) = kind.parent.filter(|parent| targets.contains(parent)) else { continue };
                let mut pairs = HashSet::new();
                for scalar in &place.scalars {
                    let named = values.get(&scalar.owner).map(|text| self.observed.text(*text));
                    if let Some(object) = named.and_then(|text| self.kinds[parent.0].object(None, text)) {
                        pairs.insert((object, scalar.text));
                    }
                }
                if place.step == Step::Property(*sibling) || pairs.is_empty() {
                    continue;
                }
                let mut fit = self.new_fit(id, name, KindIndex(index), "");
                fit.scoped = true;
                fit.within = Some(*sibling);
                self.count_pairs(&mut fit, kind, pairs);
                fits.push(fit);
            }
        }
        fits
    }

    fn count_pairs(&self, fit: &mut Fit, kind: &Kind, pairs: HashSet<(ObjectId, TextId)>) {
        fit.total = pairs.len();
        for (scope, text) in pairs {
            let written = self.observed.text(text);
            if kind.has(Some(scope), written) {
                fit.count(written);
            } else {
                fit.missing.insert(text);
            }
        }
    }

    /// Whether a place is in the objects of a kind, or in those around them.
    fn is_near(&self, id: PlaceId, index: KindIndex) -> bool {
        let kind = &self.kinds[index.0];
        let scalars = &self.observed.place(id).scalars;
        let inside =
            |kind: &Kind| scalars.iter().all(|scalar| scope_of(self.observed, kind, scalar.owner).is_some());
        match kind.parent.map(|parent| &self.kinds[parent.0]) {
            Some(parent) => inside(parent),
            None => inside(kind),
        }
    }

    fn new_fit(&self, id: PlaceId, name: &str, kind: KindIndex, prefix: &str) -> Fit {
        let mut close = self.kinds[kind.0].likeness(name);
        if close < 0.6 && is_link(name) && self.is_near(id, kind) {
            close = 0.6;
        }
        Fit {
            kind,
            prefix: prefix.to_owned(),
            within: None,
            hits: 0,
            total: 0,
            missing: HashSet::new(),
            like_ids: 0,
            prefixed: false,
            likeness: close,
            scoped: false,
        }
    }

    /// The prefix that all values share and that belongs to no kind.
    fn own_prefix(&self, distinct: &[TextId]) -> Option<String> {
        let first = self.observed.text(*distinct.first()?);
        let end = first.find([':', '/'])? + 1;
        let prefix = first.get(..end)?;
        distinct.iter().all(|text| self.observed.text(*text).starts_with(prefix)).then(|| prefix.to_owned())
    }

    /// Whether the values are the ids of their own objects once more.
    fn is_copy(&self, id: PlaceId, kind: KindIndex) -> bool {
        let kind = &self.kinds[kind.0];
        let scalars = &self.observed.place(id).scalars;
        id == kind.place || scalars.iter().all(|scalar| kind.objects.get(&scalar.owner) == Some(&scalar.text))
    }

    /// Whether the values are in the map whose names are the ids.
    fn is_beside_names(&self, id: PlaceId, kind: KindIndex) -> bool {
        let (place, names) = (self.observed.place(id), self.observed.place(self.kinds[kind.0].place));
        place.holder == names.holder && names.step == Step::Names
    }

    /// Whether the best fit is good enough to be written.
    fn accepts(&self, id: PlaceId, name: &str, best: &Fit, fits: &[Fit]) -> bool {
        let place = self.observed.place(id);
        // A reference has no form where values of other types can be.
        if place.objects + place.lists > 0 {
            return false;
        }
        let share = best.share();
        if best.prefixed {
            return share >= 0.5 || best.likeness >= 0.7;
        }
        if best.likeness >= 0.7 {
            let needed = if place.integers > 0 || is_sort(name) { 0.95 } else { 0.8 };
            return share >= needed && !(is_prose(name) && best.hits < 3);
        }
        if place.integers > 0 || is_prose(name) || is_sort(name) {
            return false;
        }
        // Another kind that has the same values makes it a guess.
        let rival = fits
            .iter()
            .skip(1)
            .any(|fit| fit.kind != best.kind && fit.score() > best.score() - 0.05 && !fit.scoped);
        if rival {
            return false;
        }
        if best.likeness >= 0.4 || best.scoped && is_link(name) {
            return share >= 0.95 && (best.hits >= 2 || best.scoped);
        }
        let evidence = best.like_ids >= 3 || best.scoped && best.hits >= 5;
        share >= 0.97 && evidence && best.like_ids * 2 > best.hits
    }

    fn single(&self, id: PlaceId, fit: &Fit, accepted: bool) -> Proposal {
        let none = sentinel(self.observed, &self.observed.place(id).scalars, fit);
        let mut misses: Vec<TextId> =
            fit.missing.iter().filter(|text| Some(**text) != none).copied().collect();
        misses.sort_unstable();
        Proposal {
            place: id,
            targets: vec![Target { kind: fit.kind, prefix: fit.prefix.clone() }],
            within: fit.within,
            hits: fit.hits,
            misses,
            none,
            by: None,
            everywhere: !fit.scoped,
            accepted,
        }
    }

    /// A kind for each value of a property beside the place.
    fn by_sibling(&self, id: PlaceId) -> Option<Proposal> {
        let place = self.observed.place(id);
        if !matches!(place.step, Step::Property(_)) || place.integers > 0 {
            return None;
        }
        self.observed.place_ids().filter(|sibling| *sibling != id).find_map(|sibling| {
            let beside = self.observed.place(sibling);
            let Step::Property(name) = beside.step else { return None };
            if beside.holder != place.holder || beside.integers > 0 || !is_sort(self.observed.text(name)) {
                return None;
            }
            let values: HashMap<ObjectId, TextId> =
                beside.scalars.iter().map(|scalar| (scalar.owner, scalar.text)).collect();
            let mut groups: BTreeMap<TextId, Vec<Scalar>> = BTreeMap::new();
            for scalar in &place.scalars {
                groups.entry(*values.get(&scalar.owner)?).or_default().push(*scalar);
            }
            let mapping = self.kinds_of_groups(&groups)?;
            let mut targets: Vec<KindIndex> = mapping.iter().map(|(_, kind)| *kind).collect();
            targets.sort_unstable();
            targets.dedup();
            (targets.len() >= 2).then(|| Proposal {
                place: id,
                targets: targets.into_iter().map(|kind| Target { kind, prefix: String::new() }).collect(),
                within: None,
                hits: distinct(&place.scalars).len(),
                misses: Vec::new(),
                none: None,
                by: Some((name, mapping)),
                everywhere: true,
                accepted: true,
            })
        })
    }

    /// The kind that has all values of each group; `None` if a group has none, or none that can be told from others.
    fn kinds_of_groups(&self, groups: &BTreeMap<TextId, Vec<Scalar>>) -> Option<Vec<(TextId, KindIndex)>> {
        const MOST: usize = 32;
        if groups.len() < 2 || groups.len() > MOST {
            return None;
        }
        let of_group = |(sort, scalars): (&TextId, &Vec<Scalar>)| {
            let distinct = distinct(scalars);
            let name = self.observed.text(*sort);
            let has_all = |index: &KindIndex| {
                let all = |text: &TextId| {
                    self.by_text.get(self.observed.text(*text)).is_some_and(|kinds| kinds.contains(index))
                };
                distinct.iter().all(all)
            };
            let mut fitting: Vec<KindIndex> = (0..self.kinds.len()).map(KindIndex).filter(has_all).collect();
            fitting.sort_by(|one, other| {
                let likeness = |kind: &KindIndex| self.kinds[kind.0].likeness(name);
                likeness(other).total_cmp(&likeness(one))
            });
            fitting.first().map(|kind| (*sort, *kind))
        };
        groups.iter().map(of_group).collect()
    }

    /// Kinds that together have the values of a place.
    fn several(&self, id: PlaceId, name: &str, fits: &[Fit], distinct: &[TextId]) -> Option<Proposal> {
        let mut left: HashSet<TextId> = distinct.iter().copied().collect();
        let mut targets: Vec<&Fit> = Vec::new();
        for fit in fits.iter().filter(|fit| !fit.scoped) {
            let before = left.len();
            let missing = &fit.missing;
            left.retain(|text| missing.contains(text));
            let taken = before - left.len();
            if taken > 0 && (taken >= 2 || !fit.prefix.is_empty() || fit.likeness > 0.0) && targets.len() < 4
            {
                targets.push(fit);
            }
        }
        let hits = distinct.len() - left.len();
        let like_ids = distinct.iter().filter(|text| looks_like_id(self.observed.text(**text))).count();
        let likely = like_ids * 2 > distinct.len() && !is_prose(name) && !is_sort(name);
        let enough = hits as f64 >= 0.95 * distinct.len() as f64 && hits >= 4;
        if targets.len() < 2 || !likely || !enough || self.observed.place(id).integers > 0 {
            return None;
        }
        targets.sort_by_key(|fit| fit.kind);
        let mut misses: Vec<TextId> = left.into_iter().collect();
        misses.sort_unstable();
        let targets =
            targets.iter().map(|fit| Target { kind: fit.kind, prefix: fit.prefix.clone() }).collect();
        Some(Proposal {
            place: id,
            targets,
            within: None,
            hits,
            misses,
            none: None,
            by: None,
            everywhere: true,
            accepted: true,
        })
    }
}

impl Fit {
    fn count(&mut self, text: &str) {
        self.hits += 1;
        self.like_ids += usize::from(looks_like_id(text));
    }
}

fn distinct(scalars: &[Scalar]) -> Vec<TextId> {
    let mut texts: Vec<TextId> = scalars.iter().map(|scalar| scalar.text).collect();
    texts.sort_unstable();
    texts.dedup();
    texts
}

/// Values that by custom name nothing.
const NOTHING: [&str; 8] = ["", "none", "null", "-", "0", "-1", "NONE", "None"];

/// The one value that is no id, if it is there often or by custom names nothing.
fn sentinel(observed: &Observed<'_>, scalars: &[Scalar], fit: &Fit) -> Option<TextId> {
    let mut missing = fit.missing.iter();
    let (Some(only), None) = (missing.next(), missing.next()) else { return None };
    let times = scalars.iter().filter(|scalar| scalar.text == *only).count();
    let text = observed.text(*only);
    (NOTHING.contains(&text)
        || fit.hits >= 2 && times >= 3 && !fit.prefix.is_empty()
        || fit.prefixed && !text.contains(':'))
    .then_some(*only)
}
