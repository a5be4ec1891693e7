//! A site to read: every object, what names it, how it goes, and what the schemas say. It opens from disk, without server and network.
//!
//! Each file is one sort of page or one part of pages. `page` is the frame of all of them, `value` shows what stands in an object,
//! `layout` and `picture` draw graphs. Addresses of pages come from ids alone, so that links stay true when content grows.

mod diagnostic;
mod facets;
mod layout;
mod links;
mod listing;
mod named_by;
mod object;
mod overview;
mod page;
mod picture;
mod search;
mod tree;
mod types;
mod value;
mod whole;

use super::Objects;
use super::objects::spoken;
use super::tool::File;
use diagnostic::Placed;
use facets::Facets;
use links::Links;
use listing::Entry;
use named_by::NamedBy;
use page::Navigation;
use quest_compiler::schema::KindId;
use std::num::NonZero;
use std::sync::OnceLock;
use std::thread;
use types::Types;

/// What all pages are made of.
pub(super) struct Site<'s, 'c, 'a> {
    objects: &'s Objects<'c, 'a>,
    title: &'s str,
    /// What paths begin with on this machine, and what readers see instead.
    places: Vec<(String, String)>,
    links: Links<'s, 'c, 'a>,
    types: Types,
    named_by: NamedBy,
    placed: Placed,
    navigation: Navigation,
    /// For each kind, by what its objects can be told apart.
    facets: Vec<Facets>,
    /// For each kind, the rows of its list.
    entries: Vec<OnceLock<Vec<Entry>>>,
}

/// One page, or several of one sort.
#[derive(Clone, Copy)]
enum Job {
    Overview,
    Diagnostics,
    Types,
    Type(usize),
    List(KindId),
    Object(KindId, u32),
    Whole(usize),
    Search,
    Tooltips,
}

/// All files of the site.
pub(super) fn site(objects: &Objects<'_, '_>, title: &str, directory: &str) -> Vec<File> {
    let links = Links::new(objects);
    let site = Site {
        objects,
        title,
        places: places(objects, directory),
        types: Types::new(objects.model()),
        named_by: NamedBy::new(objects, &links),
        placed: Placed::new(objects, &links),
        navigation: Navigation::new(objects, &links),
        facets: links.kinds().map(|kind| Facets::new(objects, kind)).collect(),
        entries: links.kinds().map(|_| OnceLock::new()).collect(),
        links,
    };
    let mut jobs = vec![Job::Overview, Job::Diagnostics, Job::Types, Job::Search, Job::Tooltips];
    jobs.extend((0..objects.model().requires.len()).map(Job::Whole));
    jobs.extend((0..site.types.len()).map(Job::Type));
    for kind in site.links.kinds() {
        jobs.push(Job::List(kind));
        jobs.extend(site.links.ids(kind).map(|id| Job::Object(kind, id)));
    }
    let mut files = vec![
        ("assets/site.css".to_owned(), include_bytes!("assets/site.css").to_vec()),
        ("assets/site.js".to_owned(), include_bytes!("assets/site.js").to_vec()),
        ("assets/theme.js".to_owned(), include_bytes!("assets/theme.js").to_vec()),
    ];
    files.extend(in_parallel(&jobs, &|job| site.made(*job)));
    files
}

/// What all jobs make, in their order.
fn in_parallel(jobs: &[Job], make: &(dyn Fn(&Job) -> Vec<File> + Sync)) -> Vec<File> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(8);
    let size = jobs.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let parts: Vec<_> = jobs
            .chunks(size)
            .map(|part| scope.spawn(move || part.iter().flat_map(make).collect::<Vec<_>>()))
            .collect();
        let made = parts.into_iter().map(|part| part.join());
        made.flat_map(|part| part.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    })
}

impl Site<'_, '_, '_> {
    fn made(&self, job: Job) -> Vec<File> {
        match job {
            Job::Overview => vec![overview::page(self)],
            Job::Diagnostics => diagnostic::pages(self),
            Job::Types => vec![types::overview(self)],
            Job::Type(at) => vec![types::page(self, at)],
            Job::List(kind) => listing::pages(self, kind),
            Job::Object(kind, id) => object::pages(self, kind, id),
            Job::Whole(at) => vec![whole::page(self, at)],
            Job::Search => vec![search::index(self)],
            Job::Tooltips => vec![types::tooltips(self)],
        }
    }

    /// The rows of the list of a kind.
    fn entries(&self, kind: KindId) -> &[Entry] {
        self.entries[self.links.position(kind)].get_or_init(|| listing::entries(self, kind))
    }

    fn facets(&self, kind: KindId) -> &Facets {
        &self.facets[self.links.position(kind)]
    }

    /// The name of a file as readers know it.
    fn file_name(&self, file: quest_compiler::text::FileId) -> String {
        self.without_places(self.objects.checked.files.name(file))
    }

    /// A text in which paths are the same on every machine.
    fn without_places(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (place, instead) in &self.places {
            text = text.replace(place, instead);
        }
        text
    }
}

/// Folders that are not the same on every machine: values of variables in paths, and the folder of the manifest.
fn places(objects: &Objects<'_, '_>, directory: &str) -> Vec<(String, String)> {
    let mut places = Vec::new();
    for variable in objects.checked.variables {
        if let Some(value) = std::env::var(variable).ok().filter(|value| value.len() > 1) {
            places.push((value.replace('\\', "/"), format!("${{{variable}}}")));
        }
    }
    if !directory.is_empty() {
        places.push((directory.to_owned(), String::new()));
    }
    if std::path::Path::new(directory).is_absolute() {
        // Of what stands beside the project, people know the way from it.
        let mut around = directory.trim_end_matches('/');
        let mut up = String::new();
        while let Some((parent, _)) = around.rsplit_once('/').filter(|(parent, _)| parent.contains('/')) {
            up.push_str("../");
            places.push((format!("{parent}/"), up.clone()));
            around = parent;
        }
    }
    places
}

/// With a capital letter at the beginning.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
