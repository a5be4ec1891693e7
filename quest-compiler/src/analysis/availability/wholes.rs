//! What conditions name that is no object with requirements: groups of such objects, which are complete when all of them are, and parts of
//! one, which can only be done once it has been begun.

use super::AnalysisContext;
use crate::check::Row;
use crate::check::walk::{Named, named_at, objects};
use crate::schema::{KindId, Means, Model, Path, RecordId, Shape};
use std::collections::{HashMap, HashSet};

/// Something that is complete when several objects are.
pub(super) struct Whole {
    pub(super) kind: KindId,
    pub(super) id: u32,
    /// Positions of objects, and behind them of wholes.
    pub(super) members: Vec<u32>,
    /// One of them is enough: it is under way when one of its objects is.
    pub(super) any: bool,
}

/// What a condition that names something is about.
pub(super) struct WholeAbout {
    pub(super) means: Means,
    pub(super) object: Option<u32>,
    pub(super) waits: Option<u32>,
}

impl Default for WholeAbout {
    fn default() -> Self {
        Self { means: Means::Complete, object: None, waits: None }
    }
}

/// The wholes that conditions name, found when they first do.
pub(super) struct Wholes {
    /// The objects in each object of another kind.
    inside: HashMap<(KindId, u32), Vec<u32>>,
    /// The object around each of its parts.
    around: HashMap<(KindId, u32), u32>,
    found: Vec<Whole>,
    /// Positions in `found`, by what is named and whether it must only be under way.
    known: HashMap<(KindId, u32, bool), u32>,
    /// How many objects there are, behind which wholes are numbered.
    objects: u32,
}

impl Wholes {
    pub(super) fn of(cx: &AnalysisContext<'_, '_, '_>) -> Self {
        let mut wholes = Self {
            inside: HashMap::new(),
            around: HashMap::new(),
            found: Vec::new(),
            known: HashMap::new(),
            objects: cx.objects.len() as u32,
        };
        let kinds = named_kinds(cx.model);
        if !kinds.is_empty() {
            wholes.look_around(cx, &kinds);
        }
        wholes
    }

    pub(super) fn finish(self) -> Vec<Whole> {
        self.found
    }

    /// Finds what contains objects, and what they contain, of kinds that conditions name.
    fn look_around(&mut self, cx: &AnalysisContext<'_, '_, '_>, kinds: &HashSet<KindId>) {
        let (model, content, ids) = (cx.model, &cx.resolved.content, &cx.resolved.ids);
        let mut of_row: HashMap<(RecordId, u32), u32> = HashMap::new();
        for (at, object) in (0..).zip(&cx.objects) {
            of_row.insert((object.row.record, object.row.row), at);
            let outer = std::iter::successors(content.owner(object.row), |row| content.owner(*row));
            for row in outer {
                for (kind, _) in model.record(row.record).keys.iter().filter(|(kind, _)| kinds.contains(kind))
                {
                    if let Some(id) = ids.own(model, content, *kind, row) {
                        self.inside.entry((*kind, id)).or_default().push(at);
                    }
                }
            }
        }
        for kind in kinds {
            for record in &model.kind(*kind).records {
                for row in (0..content.table(*record).len()).map(|row| Row { record: *record, row }) {
                    let Some(id) = ids.own(model, content, *kind, row) else { continue };
                    let mut outer = std::iter::successors(Some(row), |row| content.owner(*row));
                    if let Some(at) = outer.find_map(|row| of_row.get(&(row.record, row.row))) {
                        self.around.entry((*kind, id)).or_insert(*at);
                    }
                }
            }
        }
    }

    /// What a condition is about that names an id.
    pub(super) fn about(
        &mut self,
        cx: &AnalysisContext<'_, '_, '_>,
        named: Named<'_>,
        means: Means,
    ) -> WholeAbout {
        if !matches!(means, Means::Complete | Means::Active) {
            return WholeAbout { means, ..WholeAbout::default() };
        }
        let (kind, id) = (named.kind, named.id);
        if let Some(object) = cx.object_of(kind, id) {
            let waits = self.node(cx, kind, id, means == Means::Active);
            return WholeAbout { means, object: Some(object), waits };
        }
        if let Some(part_of) = self.around.get(&(kind, id)).copied() {
            // A part is done while the whole is under way. Another key of the object is no part of it.
            let object = &cx.objects[part_of as usize];
            let own = cx.resolved.ids.own(cx.model, &cx.resolved.content, kind, object.row) == Some(id)
                && cx.model.kind(kind).records.contains(&object.row.record);
            let means = if own { means } else { Means::Active };
            return WholeAbout { means, object: Some(part_of), waits: Some(part_of) };
        }
        WholeAbout { means, object: None, waits: self.node(cx, kind, id, means == Means::Active) }
    }

    /// The position of an object, or of a whole behind all objects; `None` if nothing is known of what is named.
    fn node(&mut self, cx: &AnalysisContext<'_, '_, '_>, kind: KindId, id: u32, any: bool) -> Option<u32> {
        let object = cx.object_of(kind, id);
        let members_at = |object: u32| cx.requires(&cx.objects[object as usize]).members.as_ref();
        let declared = object.and_then(|object| Some((object, members_at(object)?))).filter(|_| !any);
        if object.is_some() && declared.is_none() {
            return object;
        }
        if let Some(known) = self.known.get(&(kind, id, any)) {
            return Some(*known);
        }
        let inside = if declared.is_none() { self.inside.get(&(kind, id))?.clone() } else { Vec::new() };
        let at = self.found.len();
        let node = self.objects + at as u32;
        self.known.insert((kind, id, any), node);
        self.found.push(Whole { kind, id, members: inside, any });
        if let Some((object, path)) = declared {
            let mut members = vec![object];
            for (kind, id) in members_of(cx, object, path) {
                members.extend(self.node(cx, kind, id, false));
            }
            self.found[at].members = members;
        }
        Some(node)
    }
}

/// The ids of the members that an object declares.
fn members_of(cx: &AnalysisContext<'_, '_, '_>, object: u32, path: &Path) -> Vec<(KindId, u32)> {
    let (model, resolved) = (cx.model, cx.resolved);
    let row = cx.objects[object as usize].row;
    let named = named_at(model, resolved, row, path).map(|named| (named.kind, named.id));
    let parts = objects(model, resolved, row, path).filter_map(|row| {
        let (kind, _) = model.record(row.record).key()?;
        Some((kind, resolved.ids.own(model, &resolved.content, kind, row)?))
    });
    named.chain(parts).collect()
}

/// The kinds that requirements and members name, apart from those of objects with requirements.
fn named_kinds(model: &Model) -> HashSet<KindId> {
    let mut kinds = HashSet::new();
    for requires in &model.requires {
        let ends =
            |record, path: Option<&Path>| path.map_or_else(Vec::new, |path| model.path_ends(record, path));
        let mut fields = ends(requires.record, requires.members.as_ref());
        if requires.has_conditions() {
            let conditions = requires.conditions.iter();
            fields.extend(conditions.flat_map(|record| ends(*record, requires.target.as_ref())));
        } else {
            fields.extend(ends(requires.record, requires.at.as_ref()));
        }
        for (record, field) in fields {
            match model.record(record).fields[field].shape.element() {
                Shape::Link(spec) => kinds.extend(&spec.kinds),
                Shape::Target(target) => kinds.extend(&model.target(*target).all),
                _ => {}
            }
        }
    }
    kinds.retain(|kind| model.requires.iter().all(|requires| requires.kind != *kind));
    kinds
}

impl AnalysisContext<'_, '_, '_> {
    /// Calls `found` for each object that has to do with whether a node is complete or under way.
    pub(super) fn each_object_in(&self, node: u32, found: &mut dyn FnMut(u32)) {
        let mut seen = HashSet::from([node]);
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            match self.whole(node) {
                Some(whole) => {
                    open.extend(whole.members.iter().copied().filter(|member| seen.insert(*member)))
                }
                None => found(node),
            }
        }
    }

    /// The whole at a position behind all objects.
    pub(super) fn whole(&self, node: u32) -> Option<&Whole> {
        self.wholes.get((node as usize).checked_sub(self.objects.len())?)
    }

    /// The objects that must all be complete for a node to be.
    pub(super) fn objects_in(&self, node: u32, found: &mut Vec<u32>) {
        let mut seen = HashSet::from([node]);
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            match self.whole(node) {
                Some(whole) if whole.any => {}
                Some(whole) => {
                    open.extend(whole.members.iter().copied().filter(|member| seen.insert(*member)))
                }
                None => found.push(node),
            }
        }
    }

    /// What a whole is called: `the chapter `c1``.
    pub(super) fn whole_name(&self, whole: &Whole) -> String {
        let noun = crate::diagnostics::nouns::spoken(self.model.kind(whole.kind).noun());
        format!("the {noun} `{}`", self.resolved.ids.id(whole.kind, whole.id).text)
    }
}
