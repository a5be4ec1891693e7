//! The diagnostics of this content, and where they belong.

use super::Site;
use super::links::Links;
use super::page::{NL, Page};
use crate::Objects;
use crate::graph::requires_of;
use crate::tool::File;
use maud::{Markup, html};
use quest_compiler::check::IdTables;
use quest_compiler::diagnostics::{Diagnostic, Style, human, nouns};
use quest_compiler::schema::{KindId, Model};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// As many diagnostics are on one page.
const MOST: usize = 100;

/// What belongs to which page: diagnostics, and what objects ask for.
pub(super) struct Placed {
    /// For the position of a kind with pages and an id.
    diagnostics: HashMap<(KindId, u32), Vec<usize>>,
    /// For each diagnostic, the page that it is about.
    pages: Vec<Option<(KindId, u32)>>,
    /// For each requirement of the model: what each id needs, and what needs it.
    needs: Vec<Needs>,
}

#[derive(Default)]
struct Needs {
    before: BTreeMap<u32, BTreeSet<u32>>,
    after: BTreeMap<u32, BTreeSet<u32>>,
}

impl Placed {
    pub(super) fn new(objects: &Objects<'_, '_>, links: &Links<'_, '_, '_>) -> Self {
        let list = &objects.checked.diagnostics.list;
        let mut pages = vec![None; list.len()];
        let mut diagnostics: HashMap<(KindId, u32), Vec<usize>> = HashMap::new();
        if !list.is_empty() {
            let paths = paths(objects.model(), &objects.checked.resolved.ids, links);
            for (at, diagnostic) in list.iter().enumerate() {
                // The outermost object is the page.
                let page =
                    diagnostic.entries.iter().rev().find_map(|entry| paths.get(entry.as_str()).copied());
                if let Some(page) = page {
                    pages[at] = Some(page);
                    diagnostics.entry(page).or_default().push(at);
                }
            }
        }
        let needs = objects.model().requires.iter().map(|requires| {
            let drawing = requires_of(objects, requires);
            let mut needs = Needs::default();
            let id = |node: usize| drawing.nodes[node].stands_for.map(|(_, id)| id);
            for edge in &drawing.edges {
                let (Some(from), Some(to)) = (id(edge.from), id(edge.to)) else { continue };
                needs.before.entry(to).or_default().insert(from);
                needs.after.entry(from).or_default().insert(to);
            }
            needs
        });
        let needs = needs.collect();
        Self { diagnostics, pages, needs }
    }

    /// The diagnostics on the page of an id.
    pub(super) fn on(&self, kind: KindId, id: u32) -> &[usize] {
        self.diagnostics.get(&(kind, id)).map_or(&[], Vec::as_slice)
    }

    /// What an id needs, and what needs it.
    pub(super) fn needs(&self, requires: usize, id: u32) -> (Vec<u32>, Vec<u32>) {
        let Some(needs) = self.needs.get(requires) else { return Default::default() };
        let of = |map: &BTreeMap<u32, BTreeSet<u32>>| {
            map.get(&id).map_or_else(Vec::new, |ids| ids.iter().copied().collect())
        };
        (of(&needs.before), of(&needs.after))
    }
}

/// The ids that have pages, by their texts, also with their prefixes.
fn paths<'k>(
    model: &Model,
    ids: &'k IdTables<'_>,
    links: &Links<'_, '_, '_>,
) -> HashMap<std::borrow::Cow<'k, str>, (KindId, u32)> {
    let mut paths = HashMap::new();
    for kind in links.kinds() {
        let prefix = &model.kind(kind).prefix;
        for id in links.ids(kind) {
            let text = &*ids.id(kind, id).text;
            if !prefix.is_empty() {
                paths.entry(format!("{prefix}{text}").into()).or_insert((kind, id));
            }
            paths.entry(text.into()).or_insert((kind, id));
        }
    }
    paths
}

/// The address of a diagnostic.
pub(super) fn href(at: usize) -> String {
    format!("{}#finding-{}", path(at / MOST), at + 1)
}

fn path(page: usize) -> String {
    if page == 0 { "findings.html".to_owned() } else { format!("findings,{}.html", page + 1) }
}

/// The words of a message, with what stands between backticks as code.
pub(super) fn words(message: &str) -> Markup {
    let parts = message.split('`').enumerate();
    html! {
        @for (at, part) in parts {
            @if at % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

pub(super) fn pages(site: &Site<'_, '_, '_>) -> Vec<File> {
    let diagnostics = site.objects.checked.diagnostics;
    let (errors, warnings) = (diagnostics.errors(), diagnostics.warnings());
    let pages = diagnostics.list.len().div_ceil(MOST).max(1);
    (0..pages)
        .map(|page| {
            let first = page * MOST;
            let last = (first + MOST).min(diagnostics.list.len());
            let shown = diagnostics.list[first..last].iter().enumerate();
            let body = html! {
                h1 { "Findings" } (NL)
                p.lead {
                    @if diagnostics.list.is_empty() { "Nothing was found: every reference resolves, and everything can be finished." }
                    @else { (nouns::count(errors as u64, "error")) " and " (nouns::count(warnings as u64, "warning")) "." }
                } (NL)
                @if page == 0 { (by_code(site)) }
                @for (number, diagnostic) in shown { (one(site, first + number, diagnostic)) }
                @if pages > 1 { (pager(page, pages, &path)) }
            };
            Page { path: path(page), title: "Findings", body }.file(site)
        })
        .collect()
}

/// How many there are of each code.
fn by_code(site: &Site<'_, '_, '_>) -> Markup {
    let mut counts: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
    for diagnostic in &site.objects.checked.diagnostics.list {
        counts.entry(diagnostic.code.id).or_insert((diagnostic.code.name, 0)).1 += 1;
    }
    html! {
        @if counts.len() > 1 {
            ul.codes { (NL)
                @for (code, (name, count)) in counts {
                    li { code { (code) } " " (name.replace('-', " ")) ": " (count) } (NL)
                }
            } (NL)
        }
    }
}

fn one(site: &Site<'_, '_, '_>, at: usize, diagnostic: &Diagnostic) -> Markup {
    let files = site.objects.checked.files;
    let text = site.without_places(&human(diagnostic, files, Style::Plain));
    let page = site.placed.pages.get(at).copied().flatten();
    html! {
        article.diagnostic class=(diagnostic.level.word()) id={ "finding-" (at + 1) } { (NL)
            h2 { span.level { (diagnostic.level.word()) } " " (words(&diagnostic.title)) } (NL)
            p {
                code { (diagnostic.code.id) } " " (diagnostic.code.name.replace('-', " "))
                @if let Some((kind, id)) = page {
                    " in " a href=(site.links.page(kind, id)) { (site.objects.label(kind, id)) }
                }
            } (NL)
            pre tabindex="0" { (text.trim_end()) } (NL)
        } (NL)
    }
}

/// Links to the pages of something that has several.
pub(super) fn pager(page: usize, pages: usize, path: &dyn Fn(usize) -> String) -> Markup {
    let name = |page: usize| {
        let path = path(page);
        path.rsplit('/').next().unwrap_or(&path).to_owned()
    };
    html! {
        nav.pager aria-label="More" { (NL)
            @for other in 0..pages {
                @if other == page { span aria-current="page" { (other + 1) } }
                @else { a href=(name(other)) aria-label={ "Page " (other + 1) } { (other + 1) } }
                (NL)
            }
        } (NL)
    }
}

/// The number of errors and warnings, as a badge.
pub(super) fn summary(site: &Site<'_, '_, '_>) -> Markup {
    let diagnostics = site.objects.checked.diagnostics;
    html! {
        @if diagnostics.list.is_empty() { "no findings" }
        @else { (nouns::count(diagnostics.errors() as u64, "error")) ", " (nouns::count(diagnostics.warnings() as u64, "warning")) }
    }
}
