//! Which page an id is on. An id of a kind without a dot has a page; what belongs to it (its stages) stands on that page.

use super::spoken;
use crate::Objects;
use crate::address::{file_name, folder};
use quest_compiler::schema::KindId;

pub(super) struct Links<'s, 'c, 'a> {
    objects: &'s Objects<'c, 'a>,
    /// The kinds whose ids have pages, in the order of the model.
    kinds: Vec<KindId>,
    /// For each kind, its position among those.
    position: Vec<usize>,
    /// For each kind, how many ids it has: every page shows it.
    counts: Vec<usize>,
    /// For each kind, the name of its folder.
    folders: Vec<String>,
    /// For each kind, and each of its ids, what the name of its file or its place would be.
    names: Vec<Vec<String>>,
    /// For each kind, what one of it is called.
    nouns: Vec<String>,
}

impl<'s, 'c, 'a> Links<'s, 'c, 'a> {
    pub(super) fn new(objects: &'s Objects<'c, 'a>) -> Self {
        let model = objects.model();
        let all = (0..model.kinds.len() as u32).map(KindId);
        let named = |kind: &KindId| model.kind(*kind).parent.is_none();
        let kinds: Vec<KindId> = all.clone().filter(named).collect();
        let at = |kind| kinds.iter().position(|known| *known == kind).unwrap_or_default();
        let position = all.clone().map(|kind| at(model.scopes(kind).last().unwrap_or(kind))).collect();
        let folders = all.clone().map(|kind| folder(model, kind)).collect();
        let ids = objects.checked.resolved.ids.kinds.iter();
        let names = ids.map(|ids| ids.list.iter().map(|id| file_name(&id.text)).collect()).collect();
        let nouns = model.kinds.iter().map(|kind| spoken(kind.noun())).collect();
        let mut links = Self { objects, kinds, position, counts: Vec::new(), folders, names, nouns };
        links.counts = all.map(|kind| links.ids(kind).count()).collect();
        links
    }

    /// How many ids a kind has.
    pub(super) fn count(&self, kind: KindId) -> usize {
        self.counts[kind.0 as usize]
    }

    /// The kinds whose ids have pages of their own.
    pub(super) fn kinds(&self) -> impl Iterator<Item = KindId> {
        self.kinds.iter().copied()
    }

    /// The position of a kind, or of the one it belongs to, among those with pages.
    pub(super) fn position(&self, kind: KindId) -> usize {
        self.position[kind.0 as usize]
    }

    /// The ids of a kind, those that could not be read left out.
    pub(super) fn ids(&self, kind: KindId) -> impl Iterator<Item = u32> {
        let list = &self.objects.checked.resolved.ids.of(kind).list;
        (0..list.len() as u32)
            .filter(move |id| !list[*id as usize].text.is_empty() && self.is_first(kind, *id))
    }

    /// Two objects that have one id, which is an error, share a page.
    fn is_first(&self, kind: KindId, id: u32) -> bool {
        let ids = &self.objects.checked.resolved.ids;
        ids.duplicates.get(&(kind, id)).and_then(|others| others.first()).is_none_or(|other| id < *other)
    }

    /// The id on whose page an id is.
    pub(super) fn root(&self, kind: KindId, id: u32) -> (KindId, u32) {
        let ids = &self.objects.checked.resolved.ids;
        let mut at = (kind, id);
        while let Some(parent) = self.objects.model().kind(at.0).parent {
            at = (parent, ids.id(at.0, at.1).parent);
        }
        at
    }

    /// The address of the page of a kind without a dot, from the outermost folder.
    pub(super) fn page(&self, kind: KindId, id: u32) -> String {
        ["ids/", self.folder(kind), "/", self.name(kind, id), ".html"].concat()
    }

    /// What people call one thing of a kind.
    pub(super) fn noun(&self, kind: KindId) -> &str {
        &self.nouns[kind.0 as usize]
    }

    /// The name of the folder of a kind.
    pub(super) fn folder(&self, kind: KindId) -> &str {
        &self.folders[kind.0 as usize]
    }

    /// The name of the file of an id, without its ending.
    pub(super) fn name(&self, kind: KindId, id: u32) -> &str {
        &self.names[kind.0 as usize][id as usize]
    }

    /// The address of the list of a kind.
    pub(super) fn list(&self, kind: KindId, page: usize) -> String {
        let name = self.folder(kind);
        if page == 0 { format!("lists/{name}.html") } else { format!("lists/{name},{}.html", page + 1) }
    }

    /// Where an id stands; nothing if the object around it could not be read.
    pub(super) fn href(&self, kind: KindId, id: u32) -> Option<String> {
        let (root_kind, root) = self.root(kind, id);
        let text = &self.objects.checked.resolved.ids.of(root_kind).list.get(root as usize)?.text;
        if text.is_empty() || self.objects.text(kind, id).is_empty() {
            return None;
        }
        let page = self.page(root_kind, root);
        Some(if root_kind == kind { page } else { format!("{page}#{}", self.anchor(kind, id)) })
    }

    /// The name of an id on its page.
    pub(super) fn anchor(&self, kind: KindId, id: u32) -> String {
        let (model, tables) = (self.objects.model(), &self.objects.checked.resolved.ids);
        let mut ids = Vec::new();
        let mut at = (kind, id);
        while let Some(parent) = model.kind(at.0).parent {
            ids.push(self.name(at.0, at.1));
            at = (parent, tables.id(at.0, at.1).parent);
        }
        let noun = file_name(model.kind(kind).noun());
        ids.push(&noun);
        ids.reverse();
        ids.join(":")
    }
}
