//! A site to browse: each object with what names it and how it goes, and a reference of the schema. It opens from disk, without server or
//! network.
//!
//! Layers, each of which knows only those before it:
//! - `markup` and `layout`: pieces of HTML, and places for boxes and lines;
//! - `data`: what pages need beyond the objects, computed once and kept in a [`Site`];
//! - `widgets`: parts of pages, and the frame around them;
//! - `pages`: a module for each kind of page.
//!
//! The address of a page is made from an id alone, so that links stay valid when content grows.

mod context;
mod data;
mod layout;
mod markup;
mod pages;
mod widgets;

pub(crate) use widgets::picture::{Source, standalone};

use crate::folder::File;
use crate::objects::Objects;
use context::Site;
use pages::{listing, object, overview, problems, requirements, schema, search, types};
use quest_compiler::schema::KindId;
use std::num::NonZero;
use std::{panic, thread};

/// The styles of pages, and of the graphs in them.
const STYLES: &str = concat!(include_str!("assets/site.css"), include_str!("assets/graph.css"));

/// Limit of threads: beyond it, memory bandwidth is the bottleneck.
const MAX_THREADS: usize = 8;

/// What a thread makes at a time.
#[derive(Clone, Copy)]
enum Job {
    Overview,
    Problems,
    Schema,
    /// A type, by its position.
    Type(usize),
    List(KindId),
    Object(KindId, u32),
    /// The graph of an `x-requires`, by its position.
    Requirements(usize),
    SearchIndex,
    Tooltips,
}

/// All files of the site. `directory` is the folder of the manifest as diagnostics print it, with a final `/`.
pub(super) fn site(objects: &Objects<'_, '_>, title: &str, directory: &str) -> Vec<File> {
    let site = Site::new(objects, title, directory);
    let mut jobs = vec![Job::Overview, Job::Problems, Job::Schema, Job::SearchIndex, Job::Tooltips];
    jobs.extend((0..objects.model().requires.len()).map(Job::Requirements));
    jobs.extend((0..site.types.len()).map(Job::Type));
    for kind in site.links.kinds() {
        jobs.push(Job::List(kind));
        jobs.extend(site.links.ids(kind).map(|id| Job::Object(kind, id)));
    }
    let mut files = vec![
        ("assets/site.css".to_owned(), STYLES.as_bytes().to_vec()),
        ("assets/site.js".to_owned(), include_bytes!("assets/site.js").to_vec()),
        ("assets/theme.js".to_owned(), include_bytes!("assets/theme.js").to_vec()),
    ];
    files.extend(in_parallel(&jobs, &|job| run(&site, *job)));
    files
}

/// The files of all jobs, in the order of the jobs.
fn in_parallel(jobs: &[Job], run: &(dyn Fn(&Job) -> Vec<File> + Sync)) -> Vec<File> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(MAX_THREADS);
    let size = jobs.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let threads: Vec<_> = jobs
            .chunks(size)
            .map(|part| scope.spawn(move || part.iter().flat_map(run).collect::<Vec<_>>()))
            .collect();
        let files = threads.into_iter().map(|thread| thread.join());
        files.flat_map(|files| files.unwrap_or_else(|payload| panic::resume_unwind(payload))).collect()
    })
}

fn run(site: &Site<'_, '_, '_>, job: Job) -> Vec<File> {
    match job {
        Job::Overview => vec![overview::page(site)],
        Job::Problems => problems::pages(site),
        Job::Schema => vec![schema::page(site)],
        Job::Type(at) => vec![types::page(site, at)],
        Job::List(kind) => listing::pages(site, kind),
        Job::Object(kind, id) => object::pages(site, kind, id),
        Job::Requirements(at) => vec![requirements::page(site, at)],
        Job::SearchIndex => vec![search::index(site)],
        Job::Tooltips => vec![types::tooltips(site)],
    }
}
