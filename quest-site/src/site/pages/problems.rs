//! The diagnostics of the project, which readers know as problems.

use crate::folder::File;
use crate::site::context::Site;
use crate::site::data::problems::{PROBLEMS_PER_PAGE, anchor, path};
use crate::site::markup::{NL, pager, with_code};
use crate::site::widgets::page::Page;
use maud::{Markup, html};
use quest_compiler::diagnostics::{Diagnostic, Style, human, nouns};
use std::collections::BTreeMap;

pub(crate) fn pages(site: &Site<'_, '_, '_>) -> Vec<File> {
    let diagnostics = site.objects.inspection.diagnostics;
    let (errors, warnings) = (diagnostics.errors(), diagnostics.warnings());
    let pages = diagnostics.list.len().div_ceil(PROBLEMS_PER_PAGE).max(1);
    let page = |page: usize| {
        let first = page * PROBLEMS_PER_PAGE;
        let last = (first + PROBLEMS_PER_PAGE).min(diagnostics.list.len());
        let body = html! {
            h1 { "Problems" } (NL)
            p.lead {
                @if diagnostics.list.is_empty() { "No problems: every reference resolves, and everything can be finished." }
                @else { (nouns::count(errors as u64, "error")) " and " (nouns::count(warnings as u64, "warning")) "." }
            } (NL)
            @if page == 0 { (counts_by_code(site)) }
            @for (at, diagnostic) in (first..).zip(&diagnostics.list[first..last]) { (problem(site, at, diagnostic)) }
            @if pages > 1 { (pager(page, pages, &path)) }
        };
        Page { path: path(page), title: "Problems", body }.file(site)
    };
    (0..pages).map(page).collect()
}

fn counts_by_code(site: &Site<'_, '_, '_>) -> Markup {
    let mut counts: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
    for diagnostic in &site.objects.inspection.diagnostics.list {
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

fn problem(site: &Site<'_, '_, '_>, at: usize, diagnostic: &Diagnostic) -> Markup {
    let text = site.with_portable_paths(&human(diagnostic, site.objects.inspection.files, Style::Plain));
    html! {
        article.problem class=(diagnostic.level.word()) id=(anchor(at)) { (NL)
            h2 { span.level { (diagnostic.level.word()) } " " (with_code(&diagnostic.title)) } (NL)
            p {
                code { (diagnostic.code.id) } " " (diagnostic.code.name.replace('-', " "))
                @if let Some((kind, id)) = site.problems.page_of(at) {
                    " in " a href=(site.links.page(kind, id)) { (site.objects.label(kind, id)) }
                }
            } (NL)
            pre tabindex="0" { (text.trim_end()) } (NL)
        } (NL)
    }
}
