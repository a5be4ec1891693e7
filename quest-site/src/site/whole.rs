//! The graph of all objects that ask for each other: what hangs together is drawn together, and all of it can be filtered and enlarged.

use super::layout::{Placed, place, size};
use super::links::Links;
use super::listing::filters;
use super::page::{NL, Page};
use super::{Site, picture};
use crate::graph::{Drawing, requires_of};
use crate::tool::File;
use maud::{Markup, PreEscaped, html};
use quest_compiler::diagnostics::nouns;
use quest_compiler::schema::Requires;

/// Between groups.
const GAP: f64 = 32.0;
/// A picture can be longer, but no browser draws it well.
const MOST_BYTES: usize = 4_500_000;

/// The address of a graph.
pub(super) fn path(links: &Links<'_, '_, '_>, requires: &Requires) -> String {
    format!("graphs/{}.html", links.folder(requires.kind))
}

/// What hangs together: the positions of nodes and edges.
#[derive(Default)]
struct Group {
    nodes: Vec<usize>,
    edges: Vec<usize>,
}

pub(super) fn page(site: &Site<'_, '_, '_>, at: usize) -> File {
    let model = site.objects.model();
    let requires = &model.requires[at];
    let drawing = requires_of(site.objects, requires);
    let plural = model.kind(requires.kind).plural();
    let name = site.links.folder(requires.kind);
    let (connected, alone) = groups(&drawing);
    let title = format!("Graph of all {plural}");
    let mut packer = Packer::new(&drawing, &connected, alone.len());
    let mut svg = String::new();
    let mut left = 0;
    for (group, placed) in &connected {
        if svg.len() > MOST_BYTES {
            left += group.nodes.len();
            continue;
        }
        let by = packer.next(placed.width, placed.height);
        svg.push_str(&cluster(site, &drawing, group, placed, by).into_string());
    }
    packer.line();
    for node in &alone {
        if svg.len() > MOST_BYTES {
            left += 1;
            continue;
        }
        let (width, height) = size(&drawing, *node);
        let by = packer.next(width, height);
        let placed = Placed {
            width,
            height,
            nodes: vec![super::layout::Box { x: width / 2.0, y: height / 2.0, width, height }],
            edges: Vec::new(),
        };
        svg.push_str(
            &cluster(site, &drawing, &Group { nodes: vec![*node], edges: Vec::new() }, &placed, by)
                .into_string(),
        );
    }
    let (width, height) = (packer.width.ceil(), packer.height().ceil());
    let body = html! {
        h1 { (title) } (NL)
        p.lead {
            "An arrow leads from what must be done before to what can be begun then. "
            (nouns::count(connected.len() as u64, "group")) " of "
            (plural) " that need each other, " (alone.len()) " that need nothing and are not needed."
        } (NL)
        @if left > 0 { p.more { (left) " more are not drawn: the picture would be too large." } (NL) }
        section.whole data-list=(name) data-src={ "../lists/" (name) ".js" } data-up="../" aria-label=(title) { (NL)
            details.menu open { summary { "Filters" } (NL)
                (filters(&plural, name, site.facets(requires.kind)))
            } (NL)
            p.status role="status" {} (NL)
            p.zoom { (NL)
                button type="button" data-zoom="in" { "Enlarge" } " " (NL)
                button type="button" data-zoom="out" { "Reduce" } " " (NL)
                button type="button" data-zoom="all" { "Show all" } (NL)
            } (NL)
            div.canvas tabindex="0" role="region" aria-label="Graph: move with the arrow keys, plus and minus enlarge and reduce" { (NL)
                svg xmlns="http://www.w3.org/2000/svg" width=(picture::number(width)) height=(picture::number(height)) viewBox={ "0 0 " (picture::number(width)) " " (picture::number(height)) } role="group" aria-label=(title) { (NL)
                    (picture::arrows())
                    (PreEscaped(svg))
                } (NL)
            } (NL)
        } (NL)
    };
    Page { path: path(&site.links, requires), title: &title, body }.file(site)
}

/// One group, as a part of the picture.
fn cluster(
    site: &Site<'_, '_, '_>,
    drawing: &Drawing,
    group: &Group,
    placed: &Placed,
    by: (f64, f64),
) -> Markup {
    let href = |kind, id| site.links.href(kind, id).map(|href| format!("../{href}"));
    let several = group.nodes.len() > 1;
    html! {
        @if several {
            rect.cluster x=(picture::number(by.0)) y=(picture::number(by.1)) width=(picture::number(placed.width)) height=(picture::number(placed.height)) rx="12" {} (NL)
        }
        (picture::body(drawing, &group.nodes, &group.edges, placed, by, &href))
    }
}

/// What hangs together, the largest first, with places; and the nodes without edges.
fn groups(drawing: &Drawing) -> (Vec<(Group, Placed)>, Vec<usize>) {
    // Each node leads to another of its group, the first to itself.
    let mut leader: Vec<usize> = (0..drawing.nodes.len()).collect();
    fn find(leader: &mut [usize], mut at: usize) -> usize {
        while leader[at] != at {
            leader[at] = leader[leader[at]];
            at = leader[at];
        }
        at
    }
    for edge in &drawing.edges {
        let (from, to) = (find(&mut leader, edge.from), find(&mut leader, edge.to));
        leader[from.max(to)] = from.min(to);
    }
    let mut groups: Vec<Group> = drawing.nodes.iter().map(|_| Group::default()).collect();
    for node in 0..drawing.nodes.len() {
        groups[find(&mut leader, node)].nodes.push(node);
    }
    for (at, edge) in drawing.edges.iter().enumerate() {
        groups[find(&mut leader, edge.from)].edges.push(at);
    }
    let (connected, rest): (Vec<Group>, Vec<Group>) =
        groups.into_iter().partition(|group| !group.edges.is_empty());
    let mut connected = connected;
    connected.sort_by_key(|group| (usize::MAX - group.nodes.len(), group.nodes.first().copied()));
    let placed = connected.into_iter().map(|group| {
        let placed = place(drawing, &group.nodes, &group.edges);
        (group, placed)
    });
    (placed.collect(), rest.iter().flat_map(|group| group.nodes.iter().copied()).collect())
}

/// Puts boxes into rows.
struct Packer {
    /// Where a row ends.
    limit: f64,
    x: f64,
    y: f64,
    row: f64,
    width: f64,
}

impl Packer {
    fn new(drawing: &Drawing, groups: &[(Group, Placed)], alone: usize) -> Self {
        let area: f64 = groups.iter().map(|(_, placed)| (placed.width + GAP) * (placed.height + GAP)).sum();
        let widest = groups.iter().map(|(_, placed)| placed.width).fold(0.0, f64::max);
        let first = drawing.nodes.first().map_or((0.0, 0.0), |_| size(drawing, 0));
        let area = area + alone as f64 * (first.0 + GAP) * (first.1 + GAP);
        // A little wider than high, as screens are.
        let limit = (area.sqrt() * 1.3).max(widest + GAP).max(600.0);
        Self { limit, x: GAP / 2.0, y: GAP / 2.0, row: 0.0, width: 0.0 }
    }

    fn next(&mut self, width: f64, height: f64) -> (f64, f64) {
        if self.x > GAP && self.x + width + GAP / 2.0 > self.limit {
            self.line();
        }
        let place = (self.x, self.y);
        self.x += width + GAP;
        self.row = self.row.max(height);
        self.width = self.width.max(self.x);
        place
    }

    fn line(&mut self) {
        if self.row > 0.0 {
            self.y += self.row + GAP;
        }
        self.x = GAP / 2.0;
        self.row = 0.0;
    }

    fn height(&self) -> f64 {
        self.y + self.row + GAP / 2.0
    }
}
