//! The addresses of ids. An id of a kind without a parent has a page; ids of other kinds (stages of a quest) are shown on the page of
//! their outermost parent.

use crate::address::{file_name, page_path};
use crate::objects::{Objects, spaced};
use quest_compiler::schema::KindId;

pub(crate) struct Links<'s, 'c, 'a> {
    objects: &'s Objects<'c, 'a>,
    /// The kinds whose ids have pages, in the order of the model.
    kinds: Vec<KindId>,
    /// For each kind, the position of its outermost parent among these.
    position: Vec<usize>,
    /// For each kind, the number of its ids.
    counts: Vec<usize>,
    /// For each kind, the name of its folder.
    folders: Vec<String>,
    /// For each kind and id, its text as a file name.
    names: Vec<Vec<String>>,
    /// For each kind, its singular noun.
    nouns: Vec<String>,
}

impl<'s, 'c, 'a> Links<'s, 'c, 'a> {
    pub(crate) fn new(objects: &'s Objects<'c, 'a>) -> Self {
        let model = objects.model();
        let all = (0..model.kinds.len() as u32).map(KindId);
        let has_pages = |kind: &KindId| model.kind(*kind).parent.is_none();
        let kinds: Vec<KindId> = all.clone().filter(has_pages).collect();
        let at = |kind| kinds.iter().position(|known| *known == kind).unwrap_or_default();
        let position = all.clone().map(|kind| at(model.scopes(kind).last().unwrap_or(kind))).collect();
        let folders = all.clone().map(|kind| file_name(&model.kind(kind).path)).collect();
        let ids = objects.inspection.resolved.ids.kinds.iter();
        let names = ids.map(|ids| ids.list.iter().map(|id| file_name(&id.text)).collect()).collect();
        let nouns = model.kinds.iter().map(|kind| spaced(kind.noun())).collect();
        let mut links = Self { objects, kinds, position, counts: Vec::new(), folders, names, nouns };
        links.counts = all.map(|kind| links.ids(kind).count()).collect();
        links
    }

    /// The number of ids of a kind.
    pub(crate) fn count(&self, kind: KindId) -> usize {
        self.counts[kind.0 as usize]
    }

    /// The kinds whose ids have pages of their own.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = KindId> {
        self.kinds.iter().copied()
    }

    /// The position of a kind's outermost parent, or of the kind itself, among those with pages.
    pub(crate) fn position(&self, kind: KindId) -> usize {
        self.position[kind.0 as usize]
    }

    /// The ids of a kind, except those that could not be read.
    pub(crate) fn ids(&self, kind: KindId) -> impl Iterator<Item = u32> {
        let list = &self.objects.inspection.resolved.ids.of(kind).list;
        (0..list.len() as u32)
            .filter(move |id| !list[*id as usize].text.is_empty() && self.is_first(kind, *id))
    }

    /// Objects with a duplicated id, which is an error, share a page.
    fn is_first(&self, kind: KindId, id: u32) -> bool {
        let ids = &self.objects.inspection.resolved.ids;
        ids.duplicates.get(&(kind, id)).and_then(|others| others.first()).is_none_or(|other| id < *other)
    }

    /// The id whose page shows an id.
    pub(crate) fn root(&self, kind: KindId, id: u32) -> (KindId, u32) {
        let ids = &self.objects.inspection.resolved.ids;
        let mut at = (kind, id);
        while let Some(parent) = self.objects.model().kind(at.0).parent {
            at = (parent, ids.id(at.0, at.1).parent);
        }
        at
    }

    /// The address of the page of an id, from the root folder. The kind must be one with pages.
    pub(crate) fn page(&self, kind: KindId, id: u32) -> String {
        ["ids/", self.folder(kind), "/", self.name(kind, id), ".html"].concat()
    }

    /// The singular noun of a kind.
    pub(crate) fn noun(&self, kind: KindId) -> &str {
        &self.nouns[kind.0 as usize]
    }

    /// The name of the folder of a kind.
    pub(crate) fn folder(&self, kind: KindId) -> &str {
        &self.folders[kind.0 as usize]
    }

    /// The file name of an id, without its extension.
    pub(crate) fn name(&self, kind: KindId, id: u32) -> &str {
        &self.names[kind.0 as usize][id as usize]
    }

    /// The address of a page of the list of a kind, from the root folder.
    pub(crate) fn list(&self, kind: KindId, page: usize) -> String {
        page_path(&format!("lists/{}", self.folder(kind)), page, "html")
    }

    /// The address of the graph of a kind, from the root folder.
    pub(crate) fn graph(&self, kind: KindId) -> String {
        format!("graphs/{}.html", self.folder(kind))
    }

    /// The address of an id, from the root folder; `None` if the object around it could not be read.
    pub(crate) fn href(&self, kind: KindId, id: u32) -> Option<String> {
        let (root_kind, root) = self.root(kind, id);
        let text = &self.objects.inspection.resolved.ids.of(root_kind).list.get(root as usize)?.text;
        if text.is_empty() || self.objects.text(kind, id).is_empty() {
            return None;
        }
        let page = self.page(root_kind, root);
        Some(if root_kind == kind { page } else { format!("{page}#{}", self.anchor(kind, id)) })
    }

    /// The anchor of an id on the page that shows it.
    pub(crate) fn anchor(&self, kind: KindId, id: u32) -> String {
        let (model, tables) = (self.objects.model(), &self.objects.inspection.resolved.ids);
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
