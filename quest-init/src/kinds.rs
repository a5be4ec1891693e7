//! Which places hold the ids of their objects.
//!
//! Comes in: observed content. Goes out: kinds of ids, each with its ids and objects. Names and uniqueness decide; a place whose name
//! says little is a candidate, which references confirm or not.

use crate::address::Addresses;
use crate::observe::{Holder, ObjectId, Observed, PlaceId, Scalar, Step, TextId};
use crate::words::{is_id_word, kind, likeness, looks_like_id, words};
use quest_compiler::schema::SchemaId;
use std::collections::{HashMap, HashSet};

/// A kind, by position among the kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct KindIndex(pub(crate) usize);

/// Objects with ids of one kind.
#[derive(Debug)]
pub(crate) struct Kind {
    /// The path of the kind, such as `quest.stage`.
    pub(crate) name: String,
    pub(crate) place: PlaceId,
    /// The ids of these objects only, where several sorts of objects share the schema of the place.
    pub(crate) only: Option<SchemaId>,
    /// The kind in whose objects ids are unique.
    pub(crate) parent: Option<KindIndex>,
    /// What precedes every id in content.
    pub(crate) prefix: String,
    /// The place is called an id, so it is one whether anything refers to it or not.
    pub(crate) certain: bool,
    /// The schema already says so.
    pub(crate) given: bool,
    /// Ids without their prefix, with the object of the parent in which they are.
    pub(crate) ids: HashMap<(Option<ObjectId>, String), Option<ObjectId>>,
    /// The id of each object.
    pub(crate) objects: HashMap<ObjectId, TextId>,
    /// The places of ids: how many there are.
    pub(crate) count: usize,
    /// The ids are different in all of the content, although they have a parent.
    pub(crate) unique_everywhere: bool,
    /// The word with which nearly all ids begin, such as `room` of `room_hall` and `room_attic`, with what separates it.
    pub(crate) first_word: Option<String>,
}

impl Kind {
    /// The values that are its ids: the document of each, and its position there.
    pub(crate) fn values(&self, observed: &Observed<'_>) -> Vec<(u32, u32)> {
        let ours =
            |scalar: &&Scalar| self.only.is_none() || observed.object(scalar.owner).schema == self.only;
        let scalars = observed.place(self.place).scalars.iter().filter(ours);
        scalars.map(|scalar| (observed.object(scalar.owner).document, scalar.at)).collect()
    }

    /// How much the name of a place says that its values are ids of this kind, from 0 to 1.
    pub(crate) fn likeness(&self, name: &str) -> f64 {
        let word = self.first_word.as_ref().or(Some(&self.prefix)).and_then(|word| kind(word));
        likeness(name, &self.name).max(word.map_or(0.0, |word| likeness(name, &word)))
    }

    /// Whether there is an id, given as content writes it.
    pub(crate) fn has(&self, scope: Option<ObjectId>, text: &str) -> bool {
        let text = text.strip_prefix(self.prefix.as_str()).unwrap_or(text);
        self.ids.contains_key(&(scope, text.to_owned()))
    }

    /// The object with an id.
    pub(crate) fn object(&self, scope: Option<ObjectId>, text: &str) -> Option<ObjectId> {
        let text = text.strip_prefix(self.prefix.as_str()).unwrap_or(text);
        self.ids.get(&(scope, text.to_owned())).copied().flatten()
    }
}

/// Makes a kind one whose ids are unique in all of the content, because references from elsewhere name them.
pub(crate) fn make_global(kinds: &mut [Kind], index: KindIndex) {
    let old = kinds[index.0].name.clone();
    let last = old.rsplit('.').next().unwrap_or(&old).to_owned();
    let names: HashSet<String> = kinds.iter().map(|kind| kind.name.clone()).collect();
    let new = unused_name(last, &names);
    let kind = &mut kinds[index.0];
    kind.parent = None;
    kind.ids =
        std::mem::take(&mut kind.ids).into_iter().map(|((_, id), object)| ((None, id), object)).collect();
    for kind in kinds {
        if kind.name == old {
            kind.name.clone_from(&new);
        } else if let Some(rest) = kind.name.strip_prefix(&format!("{old}.")) {
            kind.name = format!("{new}.{rest}");
        }
    }
}

/// The kind that the name of a schema suggests for its objects.
type Noun<'n> = &'n dyn Fn(SchemaId) -> Option<String>;

/// A place that may hold ids.
struct Candidate {
    place: PlaceId,
    only: Option<SchemaId>,
    scalars: Vec<Scalar>,
    certain: bool,
    depth: usize,
}

/// Finds the kinds of ids, those of outer objects first.
pub(crate) fn kinds(
    observed: &Observed<'_>,
    addresses: &Addresses<'_>,
    stem: &dyn Fn(SchemaId) -> String,
) -> Vec<Kind> {
    let noun = |schema: SchemaId| addresses.noun(schema).and_then(kind).or_else(|| kind(&stem(schema)));
    let mut candidates: Vec<Candidate> =
        observed.place_ids().flat_map(|place| candidates_at(observed, &noun, place)).collect();
    candidates.sort_by_key(|candidate| (candidate.depth, !candidate.certain));
    let mut kinds: Vec<Kind> = Vec::new();
    let mut names = HashSet::new();
    for candidate in candidates {
        if has_better(&kinds, &candidate) {
            continue;
        }
        if let Some(mut found) = try_kind(observed, &kinds, &candidate) {
            if !found.given {
                found.name = unused_name(name_of(observed, &candidate, &found, &kinds, &noun), &names);
            }
            names.insert(found.name.clone());
            kinds.push(found);
        }
    }
    kinds
}

/// Whether the objects of a weak candidate have an id already.
fn has_better(kinds: &[Kind], candidate: &Candidate) -> bool {
    let owners = || candidate.scalars.iter().take(8).map(|scalar| scalar.owner);
    !candidate.certain
        && kinds.iter().any(|kind| kind.certain && owners().all(|owner| kind.objects.contains_key(&owner)))
}

/// The candidates at a place: one, or one for each sort of object that shares it.
fn candidates_at(observed: &Observed<'_>, noun: Noun<'_>, id: PlaceId) -> Vec<Candidate> {
    let place = observed.place(id);
    if place.scalars.is_empty() || place.refers.is_some() || place.lists + place.objects + place.others > 0 {
        return Vec::new();
    }
    let Some(certain) = strength(observed, noun, id) else { return Vec::new() };
    let certain = certain && (place.key.is_some() || is_of_several(observed, id));
    let depth = observed.around(place.scalars[0].owner).count();
    // The outermost schema of an object tells the sorts of objects apart that share a base.
    let mut sorts: HashMap<Option<SchemaId>, Vec<Scalar>> = HashMap::new();
    if let (Step::Property(_), true, Holder::Schema(_)) = (place.step, place.declared, place.holder) {
        for scalar in &place.scalars {
            sorts.entry(observed.object(scalar.owner).schema).or_default().push(*scalar);
        }
    }
    if sorts.len() < 2 {
        return vec![Candidate { place: id, only: None, scalars: place.scalars.clone(), certain, depth }];
    }
    let mut sorts: Vec<_> = sorts.into_iter().collect();
    sorts.sort_by_key(|(schema, _)| *schema);
    // Forms of one union are one kind.
    let together = Candidate { place: id, only: None, scalars: place.scalars.clone(), certain, depth };
    let roots: HashSet<PlaceId> =
        place.scalars.iter().map(|scalar| observed.object(scalar.owner).place).collect();
    if roots.len() == 1 {
        return vec![together];
    }
    let one = |(only, scalars)| Candidate { place: id, only, scalars, certain, depth };
    sorts.into_iter().map(one).collect()
}

/// Whether the objects with these ids are several in a list, a map or as documents, and not one property of another object.
fn is_of_several(observed: &Observed<'_>, id: PlaceId) -> bool {
    let place = observed.place(id);
    place.step == Step::Names
        || place.scalars.iter().any(|scalar| {
            let owner = observed.object(scalar.owner);
            !matches!(observed.place(owner.place).step, Step::Property(_))
        })
}

/// Whether a place is certainly one of ids (`true`), perhaps (`false`), or none.
fn strength(observed: &Observed<'_>, noun: Noun<'_>, id: PlaceId) -> Option<bool> {
    let place = observed.place(id);
    if place.key.is_some() {
        return Some(true);
    }
    if place.enumerated {
        return None;
    }
    match place.step {
        Step::Names => {
            let holds_objects = place.scalars.iter().filter(|scalar| scalar.value.is_some()).count() * 5
                >= place.scalars.len() * 4;
            let like_ids =
                place.scalars.iter().filter(|scalar| looks_like_id(observed.text(scalar.text))).count();
            let name = observed.name(id, 1).and_then(kind);
            let says_its_kind = || first_word(observed, &place.scalars).and_then(|word| kind(&word)) == name;
            let prefixed = shared_prefix(observed, &place.scalars).is_some() || says_its_kind();
            Some(holds_objects && like_ids * 2 >= place.scalars.len() && prefixed)
        }
        Step::Property(name) => {
            let words = words(observed.text(name));
            match words.as_slice() {
                [only] if is_id_word(only) && only != "ref" => Some(true),
                [only] if only == "name" || only == "code" => place
                    .scalars
                    .iter()
                    .all(|scalar| !observed.text(scalar.text).contains(' '))
                    .then_some(false),
                [.., last] if is_id_word(last) => {
                    let Holder::Schema(holder) = place.holder else { return None };
                    let noun = noun(holder)?;
                    (kind(observed.text(name))? == noun && !has_plain_id(observed, place.holder))
                        .then_some(true)
                }
                _ => None,
            }
        }
        Step::Elements | Step::Values | Step::Document => None,
    }
}

/// Whether the objects around a place have a property that is called an id, and nothing else.
fn has_plain_id(observed: &Observed<'_>, holder: Holder) -> bool {
    observed
        .texts
        .get_index_of("id")
        .is_some_and(|id| observed.has_place(holder, Step::Property(id as TextId)))
}

/// The kind that a candidate is, if its values are different.
fn try_kind(observed: &Observed<'_>, kinds: &[Kind], candidate: &Candidate) -> Option<Kind> {
    let scalars = &candidate.scalars;
    let place = observed.place(candidate.place);
    let given = place.key.clone();
    let parent = nearest_parent(observed, kinds, scalars);
    let distinct: HashSet<TextId> = scalars.iter().map(|scalar| scalar.text).collect();
    let unique = distinct.len() == scalars.len();
    let prefix = match &given {
        Some((_, prefix)) => prefix.clone(),
        None => shared_prefix(observed, scalars).unwrap_or_default(),
    };
    let mut found = Kind {
        name: given.as_ref().map_or_else(String::new, |(kind, _)| kind.clone()),
        place: candidate.place,
        only: candidate.only,
        parent,
        prefix,
        certain: candidate.certain,
        given: given.is_some(),
        ids: HashMap::new(),
        objects: HashMap::new(),
        count: scalars.len(),
        unique_everywhere: unique,
        first_word: first_word(observed, scalars),
    };
    let repeated = fill(observed, kinds, scalars, &mut found);
    // One in two hundred can be a mistake.
    let tolerated = if found.given { usize::MAX } else { scalars.len() / 200 };
    (repeated <= tolerated).then_some(found)
}

/// Enters the ids; returns how many are there twice.
fn fill(observed: &Observed<'_>, kinds: &[Kind], scalars: &[Scalar], found: &mut Kind) -> usize {
    let is_map = observed.place(found.place).step == Step::Names;
    let mut repeated = 0;
    for scalar in scalars {
        let object = if is_map { scalar.value } else { Some(scalar.owner) };
        let scope = found.parent.and_then(|parent| {
            let start = if is_map { Some(scalar.owner) } else { observed.object(scalar.owner).parent };
            start.and_then(|start| scope_of(observed, &kinds[parent.0], start))
        });
        let text = observed.text(scalar.text);
        let text = text.strip_prefix(found.prefix.as_str()).unwrap_or(text);
        if found.ids.insert((scope, text.to_owned()), object).is_some() {
            repeated += 1;
        }
        if let Some(object) = object {
            found.objects.insert(object, scalar.text);
        }
    }
    repeated
}

/// The object of a kind in which another object is.
pub(crate) fn scope_of(observed: &Observed<'_>, kind: &Kind, object: ObjectId) -> Option<ObjectId> {
    observed.around(object).find(|object| kind.objects.contains_key(object))
}

/// The innermost kind in whose objects all values are.
fn nearest_parent(observed: &Observed<'_>, kinds: &[Kind], scalars: &[Scalar]) -> Option<KindIndex> {
    let mut nearest: Option<(usize, KindIndex)> = None;
    for (index, kind) in kinds.iter().enumerate() {
        let distance = |scalar: &Scalar| {
            let found =
                observed.around(scalar.owner).skip(1).position(|object| kind.objects.contains_key(&object));
            match scalar.value {
                // The owner of a name is the map, which can be an object with an id itself.
                Some(_) if kind.objects.contains_key(&scalar.owner) => Some(0),
                _ => found.map(|at| at + 1),
            }
        };
        let Some(first) = scalars.first().and_then(distance) else { continue };
        if nearest.is_none_or(|(known, _)| first < known)
            && scalars.iter().all(|scalar| distance(scalar).is_some())
        {
            nearest = Some((first, KindIndex(index)));
        }
    }
    nearest.map(|(_, index)| index)
}

/// The prefix that all ids share, up to the first `:` or `/`.
pub(crate) fn shared_prefix(observed: &Observed<'_>, scalars: &[Scalar]) -> Option<String> {
    let first = observed.text(scalars.first()?.text);
    let end = first.find([':', '/'])? + 1;
    let prefix = first.get(..end).filter(|prefix| prefix.len() > 1 && first.len() > prefix.len())?;
    scalars.iter().all(|scalar| observed.text(scalar.text).starts_with(prefix)).then(|| prefix.to_owned())
}

/// The word with which nearly all ids begin, with what separates it from the rest.
fn first_word(observed: &Observed<'_>, scalars: &[Scalar]) -> Option<String> {
    let word = |text: &'_ str| text.find(['_', '-', '.', ':', '/']).map(|end| text[..=end].to_owned());
    let first = word(observed.text(scalars.first()?.text)).filter(|word| word.len() > 2)?;
    let those =
        scalars.iter().filter(|scalar| observed.text(scalar.text).starts_with(first.as_str())).count();
    (scalars.len() >= 2 && those * 10 >= scalars.len() * 9).then_some(first)
}

/// What a kind is called.
fn name_of(
    observed: &Observed<'_>,
    candidate: &Candidate,
    found: &Kind,
    kinds: &[Kind],
    noun: Noun<'_>,
) -> String {
    let holder = match (candidate.only, observed.place(candidate.place).holder) {
        (Some(schema), _) | (None, Holder::Schema(schema)) => Some(schema),
        (None, Holder::Open(_)) => None,
    };
    let noun = match holder {
        Some(holder) => noun(holder),
        None => observed.name(candidate.place, 1).and_then(kind),
    };
    let from_prefix = || kind(found.prefix.trim_end_matches([':', '/']));
    let own = noun.or_else(from_prefix).unwrap_or_else(|| "object".to_owned());
    match found.parent {
        Some(parent) => format!("{}.{own}", kinds[parent.0].name),
        None => own,
    }
}

/// A name with a number, if there is a kind of that name.
fn unused_name(name: String, names: &HashSet<String>) -> String {
    if !names.contains(&name) {
        return name;
    }
    (2..).map(|number| format!("{name}-{number}")).find(|name| !names.contains(name)).unwrap_or(name)
}
