//! The graph of all prerequisites among the objects of a kind: each connected group is drawn together, and the whole picture can be
//! filtered and magnified.

use crate::folder::File;
use crate::graphs::{Drawing, requires_of};
use crate::site::context::Site;
use crate::site::layout::{Layout, Packer, layout, node_size};
use crate::site::markup::NL;
use crate::site::widgets::browser::filters;
use crate::site::widgets::page::Page;
use crate::site::widgets::picture::{Picture, arrow_heads, number};
use maud::{Markup, PreEscaped, html};
use quest_compiler::diagnostics::nouns;
use quest_compiler::schema::Requires;

/// Largest picture that browsers draw well, in bytes of SVG.
const MAX_SVG: usize = 4_500_000;

pub(crate) fn page(site: &Site<'_, '_, '_>, at: usize) -> File {
    let requires = &site.objects.model().requires[at];
    let graph = Graph::new(site, &requires_of(site.objects, requires));
    let plural = site.objects.model().kind(requires.kind).plural();
    let title = format!("Graph of all {plural}");
    let body = html! {
        h1 { (title) } (NL)
        p.lead {
            "An arrow leads from what must be done before to what can be begun then. "
            (nouns::count(graph.groups as u64, "group")) " of "
            (plural) " that need each other, " (graph.single) " that need nothing and are not needed."
        } (NL)
        @if graph.left_out > 0 { p.more { (graph.left_out) " more are not drawn: the picture would be too large." } (NL) }
        (viewer(site, requires, &graph, &title))
    };
    Page { path: site.links.graph(requires.kind), title: &title, body }.file(site)
}

/// The picture with filters and buttons; `site.js` makes them work.
fn viewer(site: &Site<'_, '_, '_>, requires: &Requires, graph: &Graph, title: &str) -> Markup {
    let plural = site.objects.model().kind(requires.kind).plural();
    let list = site.links.folder(requires.kind);
    let (width, height) = (number(graph.width), number(graph.height));
    html! {
        section.whole data-list=(list) data-src={ "../lists/" (list) ".js" } data-up="../" aria-label=(title) { (NL)
            details.menu open { summary { "Filters" } (NL)
                (filters(&plural, list, site.facets(requires.kind)))
            } (NL)
            p.status role="status" {} (NL)
            p.zoom { (NL)
                button type="button" data-zoom="in" { "Enlarge" } " " (NL)
                button type="button" data-zoom="out" { "Reduce" } " " (NL)
                button type="button" data-zoom="all" { "Show all" } (NL)
            } (NL)
            div.canvas tabindex="0" role="region" aria-label="Graph: move with the arrow keys, plus and minus enlarge and reduce" { (NL)
                svg xmlns="http://www.w3.org/2000/svg" width=(width) height=(height) viewBox={ "0 0 " (width) " " (height) } role="group" aria-label=(title) { (NL)
                    (arrow_heads())
                    (PreEscaped(&graph.svg))
                } (NL)
            } (NL)
        } (NL)
    }
}

/// A drawing as a picture.
struct Graph {
    svg: String,
    width: f64,
    height: f64,
    /// Number of components with edges.
    groups: usize,
    /// Number of nodes without edges.
    single: usize,
    /// Number of nodes that are not drawn.
    left_out: usize,
}

impl Graph {
    fn new(site: &Site<'_, '_, '_>, drawing: &Drawing) -> Self {
        let (mut groups, single): (Vec<_>, Vec<_>) =
            drawing.components().into_iter().partition(|component| !component.edges.is_empty());
        groups.sort_by_key(|group| (usize::MAX - group.nodes.len(), group.nodes.first().copied()));
        let groups: Vec<Layout<'_>> = groups.into_iter().map(|group| layout(drawing, group)).collect();
        let single: Vec<usize> =
            single.iter().flat_map(|component| component.nodes.iter().copied()).collect();
        let sizes = groups.iter().map(|group| (group.width, group.height));
        let mut packer = Packer::new(sizes.chain(single.iter().map(|node| node_size(drawing, *node))));
        let mut graph = Self {
            svg: String::new(),
            width: 0.0,
            height: 0.0,
            groups: groups.len(),
            single: single.len(),
            left_out: 0,
        };
        for group in &groups {
            graph.add(site, &mut packer, group);
        }
        packer.end_row();
        for node in &single {
            graph.add(site, &mut packer, &Layout::single(drawing, *node));
        }
        (graph.width, graph.height) = (packer.width().ceil(), packer.height().ceil());
        graph
    }

    /// Adds a component, unless the picture is too large already.
    fn add(&mut self, site: &Site<'_, '_, '_>, packer: &mut Packer, layout: &Layout<'_>) {
        if self.svg.len() > MAX_SVG {
            self.left_out += layout.nodes.len();
            return;
        }
        let offset = packer.place(layout.width, layout.height);
        let href = |kind, id| site.links.href(kind, id).map(|href| format!("../{href}"));
        let markup = html! {
            @if layout.nodes.len() > 1 {
                rect.cluster x=(number(offset.0)) y=(number(offset.1)) width=(number(layout.width)) height=(number(layout.height)) rx="12" {} (NL)
            }
            (Picture { layout, offset, href: &href }.body())
        };
        self.svg.push_str(&markup.into_string());
    }
}
