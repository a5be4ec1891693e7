//! Diagnostics about the flow of one object.

use super::explore::{After, Explored, Never, after, ends_without, way_to};
use super::graph::{Graph, To};
use crate::diagnostics::{Diagnostic, code, list, nouns};
use crate::schema::Model;
use bit_set::BitSet;

pub(super) fn report(
    model: &Model,
    graph: &Graph<'_>,
    explored: impl FnOnce() -> Explored,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let words = Words::of(model, graph);
    leads_outside(model, graph, &words, diagnostics);
    if !graph.outside.is_empty() {
        return;
    }
    let explored = explored();
    if !explored.complete {
        alternatives(graph, &words, diagnostics);
        not_required(graph, &words, diagnostics);
        same_ways(graph, diagnostics);
        not_proven(graph, &explored, diagnostics);
        return;
    }
    same_ways(graph, diagnostics);
    not_optional(graph, &explored, &words, diagnostics);
    alternatives(graph, &words, diagnostics);
    not_required(graph, &words, diagnostics);
    never_passed(graph, &explored, &words, diagnostics);
    let has_rules = model.rules.iter().any(|ruled| ruled.record == graph.flow.record);
    branches(graph, &explored, has_rules, &words, diagnostics);
    let before = diagnostics.len();
    edges(graph, &words, diagnostics);
    no_way_out(graph, &explored, &words, diagnostics);
    stuck(graph, &explored, &words, diagnostics);
    never_done(graph, &explored, &words, diagnostics);
    // Where a node should lead that leads nowhere is not known: most likely to what cannot be reached.
    match diagnostics.get_mut(before) {
        Some(diagnostic) => diagnostic.notes.extend(not_reached(graph, &explored)),
        None => unreachable(graph, &explored, &words, diagnostics),
    }
}

/// What people call nodes and tasks.
struct Words {
    node: String,
    task: String,
    /// Several tasks.
    tasks: String,
}

impl Words {
    fn of(model: &Model, graph: &Graph<'_>) -> Self {
        let task = graph.flow.tasks.as_ref().map(|tasks| model.kind(tasks.kind));
        Self {
            node: nouns::spoken(model.kind(graph.flow.kind).noun()),
            task: task.map_or_else(String::new, |task| nouns::spoken(task.noun())),
            tasks: task.map_or_else(String::new, |task| nouns::spoken(&task.plural())),
        }
    }
}

fn edges(graph: &Graph<'_>, words: &Words, diagnostics: &mut Vec<Diagnostic>) {
    for (at, vertex) in graph.nodes.iter().enumerate() {
        // With another way on, to come back is one of the choices.
        let other = vertex.end
            || vertex.edges.iter().any(|edge| edge.to != To::Node(at))
            || graph.branches.iter().any(|branch| branch.task.is_none_or(|(of, _)| of == at));
        if other {
            continue;
        }
        for edge in vertex.edges.iter().filter(|edge| edge.to == To::Node(at)).take(1) {
            diagnostics.push(
                Diagnostic::new(
                    &code::SELF_EDGE,
                    format!("the {} `{}` leads to itself", words.node, vertex.name),
                )
                .label(edge.span, "this is the same again")
                .note(format!("so `{}` never gets past it", graph.name))
                .help(format!("name the {} that comes next", words.node)),
            );
        }
    }
}

/// References to nodes of other objects: nobody who is in one object can go on in another.
fn leads_outside(model: &Model, graph: &Graph<'_>, words: &Words, diagnostics: &mut Vec<Diagnostic>) {
    for outside in &graph.outside {
        let title = format!("`{}` does not belong to `{}`", outside.path, graph.name);
        let owner = outside.path.rsplit_once(':').filter(|_| model.kind(graph.flow.kind).parent.is_some());
        let label = match owner {
            Some((owner, _)) => format!("{} of `{owner}`", nouns::with_article(&words.node)),
            None => format!("{} of something else", nouns::with_article(&words.node)),
        };
        let diagnostic = Diagnostic::new(&code::LEADS_OUTSIDE, title).label(outside.span, label);
        let help = match graph.nodes.as_slice() {
            [only] => format!("leave it out: `{}` has only the {} `{}`", graph.name, words.node, only.name),
            nodes => match crate::diagnostics::few(nodes.iter().map(|vertex| vertex.name.as_str())) {
                Some(own) => format!("name {} of `{}`: {own}", nouns::with_article(&words.node), graph.name),
                None => format!("name {} of `{}`", nouns::with_article(&words.node), graph.name),
            },
        };
        diagnostics.push(diagnostic.help(help));
    }
}

/// References to the same node in one list. What stands in different properties, such as two answers, can lead to the same.
fn same_ways(graph: &Graph<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for vertex in &graph.nodes {
        for (at, edge) in vertex.edges.iter().enumerate() {
            let To::Node(to) = edge.to else { continue };
            let Some(first) = vertex.edges[..at]
                .iter()
                .find(|earlier| earlier.to == edge.to && earlier.property == edge.property)
            else {
                continue;
            };
            diagnostics.push(
                Diagnostic::new(
                    &code::SAME_WAY,
                    format!("`{}` leads to `{}` twice", vertex.name, graph.nodes[to].name),
                )
                .label(edge.span, "the same way again")
                .label(first.span, "the first")
                .help("remove one of them, or let it lead elsewhere"),
            );
        }
    }
}

/// Nodes that can be left out, as the schema says, and that no way leads past.
fn not_optional(graph: &Graph<'_>, explored: &Explored, words: &Words, diagnostics: &mut Vec<Diagnostic>) {
    for (at, vertex) in graph.nodes.iter().enumerate().filter(|(_, vertex)| vertex.optional) {
        let entered = explored.entered.contains(at);
        if !entered || explored.ends.is_empty() || ends_without(graph, explored, at) {
            continue;
        }
        diagnostics.push(
            Diagnostic::new(
                &code::NOT_OPTIONAL,
                format!("the {} `{}` is optional, but no way leads past it", words.node, vertex.name),
            )
            .label(vertex.span, format!("every way through `{}` comes here", graph.name))
            .help(format!("let another {} lead past it, or do not call it optional", words.node)),
        );
    }
}

/// If a flow has several ends, those that cannot be reached because a node cannot.
fn lost_ends(graph: &Graph<'_>, explored: &Explored, node: usize) -> Option<String> {
    let lost: Vec<&str> = reach(graph, node)
        .into_iter()
        .filter(|at| graph.nodes[*at].end && !explored.entered.contains(*at))
        .map(|at| graph.nodes[at].name.as_str())
        .collect();
    if lost.is_empty() || explored.ends.is_empty() {
        return None;
    }
    let (endings, are) = if lost.len() == 1 { ("ending", "is") } else { ("endings", "are") };
    let others =
        list(&explored.ends.iter().map(|at| graph.nodes[at].name.as_str()).collect::<Vec<_>>(), "or");
    let lost = list(&lost, "and");
    Some(format!("the {endings} {lost} {are} never seen: `{}` always ends at {others}", graph.name))
}

/// What was not looked at to the end.
fn not_proven(graph: &Graph<'_>, explored: &Explored, diagnostics: &mut Vec<Diagnostic>) {
    let title = format!("whether `{}` can always be ended is not proven", graph.name);
    let start = &graph.nodes[graph.start];
    diagnostics.push(
        Diagnostic::new(&code::NOT_PROVEN, title)
            .label(start.span, format!("more than {} states can be reached from here", explored.states))
            .help("allow more with `states` of `[proof]` in the manifest, or split it"),
    );
}

/// A way into a node on which it cannot be ended any more, though it could on others.
fn stuck(graph: &Graph<'_>, explored: &Explored, words: &Words, diagnostics: &mut Vec<Diagnostic>) {
    let Some((node, way)) = &explored.stuck else { return };
    let vertex = &graph.nodes[*node];
    diagnostics.push(
        Diagnostic::new(&code::STUCK, format!("`{}` can get stuck at `{}`", graph.name, vertex.name))
            .label(vertex.span, format!("on some ways, this {} is never left", words.node))
            .note(format!("after {}", list(&way.iter().map(String::as_str).collect::<Vec<_>>(), "and then"))),
    );
}

/// Tasks that can never be done, in nodes that can be left all the same.
fn never_done(graph: &Graph<'_>, explored: &Explored, words: &Words, diagnostics: &mut Vec<Diagnostic>) {
    for never in &explored.never {
        let (vertex, task) = (&graph.nodes[never.node], &graph.nodes[never.node].tasks[never.task]);
        // Where it keeps a player, that has been said.
        if explored.stuck.is_some() || !explored.passed.contains(never.node) {
            continue;
        }
        let title = format!("the {} `{}` can never be done", words.task, task.name);
        let diagnostic =
            Diagnostic::new(&code::NEVER_DONE, title).label(task.span, never_because(task, never.asks));
        let diagnostic = with_reasons(diagnostic, never);
        diagnostics.push(diagnostic.note(format!("`{}` can be left without it", vertex.name)));
    }
}

/// Why a task can never be done; `asks` says that something else than doing it is asked for.
fn never_because(task: &super::graph::Task, asks: bool) -> &'static str {
    match (task.any.is_empty(), asks) {
        (false, _) => "what it needs is never done",
        (true, true) => "its conditions never hold all together",
        (true, false) => "what comes before it in the list always leads on first",
    }
}

/// Points at the conditions that never hold.
fn with_reasons(diagnostic: Diagnostic, never: &Never) -> Diagnostic {
    never.reasons.iter().fold(diagnostic, |diagnostic, (span, why)| diagnostic.label(*span, *why))
}

/// Hidden tasks that look like ways to do one thing, all of which are required.
fn alternatives(graph: &Graph<'_>, words: &Words, diagnostics: &mut Vec<Diagnostic>) {
    for (at, vertex) in graph.nodes.iter().enumerate() {
        let covered = |task: usize| {
            vertex.tasks.iter().any(|main| main.any.iter().flatten().any(|other| *other == task))
        };
        let hidden: Vec<usize> = (0..vertex.tasks.len())
            .filter(|task| vertex.tasks[*task].hidden && !vertex.tasks[*task].optional && !covered(*task))
            .collect();
        // More than a set of tasks can hold are no alternatives.
        if hidden.len() < 2 || vertex.tasks.len() > 64 {
            continue;
        }
        // Where each of them alone leads on, one is enough.
        let stays = |task: &usize| after(graph, at, 1 << task, *task) == After::Stay;
        if !hidden.iter().any(stays) {
            continue;
        }
        let names =
            list(&hidden.iter().map(|task| vertex.tasks[*task].name.as_str()).collect::<Vec<_>>(), "and");
        let mut diagnostic = Diagnostic::new(
            &code::HIDDEN_ALTERNATIVES,
            format!(
                "the {} `{}` requires all of its hidden {}: {names}",
                words.node, vertex.name, words.tasks
            ),
        )
        .label(vertex.span, format!("each hidden {} looks like one way to do it", words.task));
        for task in &hidden {
            let task_name = &vertex.tasks[*task].name;
            let what = match after(graph, at, 1 << task, *task) {
                After::Branch(branch) => {
                    format!("alone, `{task_name}` leads to `{}`", graph.nodes[graph.branches[branch].to].name)
                }
                After::Filled => continue,
                After::Stay => format!("alone, `{task_name}` changes nothing: another one is needed too"),
            };
            diagnostic = diagnostic.label(vertex.tasks[*task].span, what);
        }
        let any = graph.flow.tasks.as_ref().and_then(|tasks| tasks.any.as_ref()?.first());
        diagnostics.push(diagnostic.help(match any {
            Some(any) => format!(
                "if one of them is enough, add {} that is not hidden and names them all in its `{any}`",
                nouns::with_article(&words.task)
            ),
            None => {
                format!("if one of them is enough, make the other {} optional", words.tasks)
            }
        }));
    }
}

/// Tasks that are not optional and still not required, since optional ones name them as ways to be done: nobody needs to do them at all.
fn not_required(graph: &Graph<'_>, words: &Words, diagnostics: &mut Vec<Diagnostic>) {
    for vertex in &graph.nodes {
        for (at, task) in vertex.tasks.iter().enumerate().filter(|(_, task)| !task.optional) {
            let names = |other: &&super::graph::Task| other.any.iter().flatten().any(|named| *named == at);
            let naming: Vec<_> = vertex.tasks.iter().filter(names).collect();
            let Some(first) = naming.first().filter(|_| naming.iter().all(|other| other.optional)) else {
                continue;
            };
            let title = format!(
                "the {} `{}` is not required: it is only a way to do the optional `{}`",
                words.task, task.name, first.name
            );
            diagnostics.push(
                Diagnostic::new(&code::NOT_REQUIRED, title)
                    .label(task.span, format!("`{}` can be left without it", vertex.name))
                    .label(first.span, "is optional, and done when this is")
                    .help("call it optional too, or let nothing name it if it is required"),
            );
        }
    }
}

/// Nodes whose own next is never taken, since a branch always comes first.
fn never_passed(graph: &Graph<'_>, explored: &Explored, words: &Words, diagnostics: &mut Vec<Diagnostic>) {
    for (at, vertex) in graph.nodes.iter().enumerate() {
        if !explored.entered.contains(at) || explored.passed.contains(at) {
            continue;
        }
        let Some(edge) = vertex.edges.iter().find(|edge| matches!(edge.to, To::Node(_))) else { continue };
        let To::Node(to) = edge.to else { continue };
        let mut diagnostic = Diagnostic::new(
            &code::NEVER_NEXT,
            format!("`{}` never leads on to `{}`", vertex.name, graph.nodes[to].name),
        )
        .label(edge.span, "never taken");
        for branch in &graph.branches {
            if let Some((_, task)) = branch.task.filter(|(of, _)| *of == at) {
                diagnostic = diagnostic.label(
                    branch.span,
                    format!("taken first, as soon as `{}` is done", vertex.tasks[task].name),
                );
            }
        }
        let mut note = format!(
            "it would be taken when all that `{}` requires is done, but one of the branches is always taken before",
            vertex.name
        );
        let lost = lost_ends(graph, explored, to).filter(|_| !explored.entered.contains(to));
        if !explored.entered.contains(to) {
            note.push_str(&format!("; so `{}` cannot be reached", graph.nodes[to].name));
        }
        let help = format!("leave it out, or make the {} of the branches optional", words.tasks);
        diagnostics.push(diagnostic.note(note).maybe_note(lost).help(help));
    }
}

fn branches(
    graph: &Graph<'_>,
    explored: &Explored,
    has_rules: bool,
    words: &Words,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (at, branch) in graph.branches.iter().enumerate() {
        // A schema with rules of its own says it in its own words.
        if explored.taken.contains(at) || (explored.no_limit.contains(at) && has_rules) {
            continue;
        }
        let why = match branch.task {
            None if !branch.lost => match graph.same_before(at) {
                Some(_) => "an earlier branch has the same condition and is taken first".to_owned(),
                None => "it is never the first whose condition holds".to_owned(),
            },
            None => {
                format!(
                    "it waits for {} that is in no {} of `{}`",
                    nouns::with_article(&words.task),
                    words.node,
                    graph.name
                )
            }
            Some((node, _)) if !explored.entered.contains(node) => {
                format!("it waits for `{}`, which cannot be reached", graph.nodes[node].name)
            }
            Some((node, task))
                if explored.never.iter().any(|never| (never.node, never.task) == (node, task)) =>
            {
                format!("it waits for `{}`, which can never be done", graph.nodes[node].tasks[task].name)
            }
            Some(task) if graph.branches[..at].iter().any(|earlier| earlier.task == Some(task)) => {
                "an earlier branch has the same condition and is taken first".to_owned()
            }
            Some(_) => "an earlier branch is always taken first".to_owned(),
        };
        let mut diagnostic =
            Diagnostic::new(&code::BRANCH_NEVER, "this branch is never taken").label(branch.span, why);
        let same = |task| graph.branches[..at].iter().find(|earlier| earlier.task == Some(task));
        if let Some(first) = branch.task.and_then(same).or_else(|| graph.same_before(at)) {
            diagnostic = diagnostic.label(first.span, "taken first");
        }
        if !explored.entered.contains(branch.to) {
            diagnostic = diagnostic
                .note(format!("so `{}` cannot be reached", graph.nodes[branch.to].name))
                .maybe_note(lost_ends(graph, explored, branch.to));
        }
        diagnostics.push(diagnostic);
    }
}

/// The nodes that are never entered, in words.
fn not_reached(graph: &Graph<'_>, explored: &Explored) -> Option<String> {
    let lost = graph.nodes.iter().enumerate().filter(|(at, _)| !explored.entered.contains(*at));
    let names: Vec<&str> = lost.map(|(_, vertex)| vertex.name.as_str()).collect();
    let can_not = |names: &[&str]| format!("{} cannot be reached", list(names, "and"));
    (!names.is_empty()).then(|| can_not(&names))
}

fn unreachable(graph: &Graph<'_>, explored: &Explored, words: &Words, diagnostics: &mut Vec<Diagnostic>) {
    let lost: Vec<usize> = (0..graph.nodes.len()).filter(|at| !explored.entered.contains(*at)).collect();
    if lost.is_empty() {
        return;
    }
    let reached: Vec<Vec<usize>> = (0..graph.nodes.len()).map(|at| reach(graph, at)).collect();
    let into = |at: usize, from: usize| graph.nodes[from].edges.iter().any(|edge| edge.to == To::Node(at));
    for at in &lost {
        // One mistake, one message: follow-ups of a node that is lost already are suppressed.
        let behind =
            |from: usize| lost.contains(&from) && from != *at && reached[from].binary_search(at).is_ok();
        if lost.iter().any(|from| behind(*from) && (reached[*at].binary_search(from).is_err() || from < at)) {
            continue;
        }
        // A next or a branch that is never taken says so itself.
        let explained = graph.nodes.iter().enumerate().any(|(from, other)| {
            explored.entered.contains(from)
                && !explored.passed.contains(from)
                && other.edges.iter().any(|edge| edge.to == To::Node(*at))
        }) || graph
            .branches
            .iter()
            .enumerate()
            .any(|(number, branch)| branch.to == *at && !explored.taken.contains(number));
        if explained {
            continue;
        }
        let vertex = &graph.nodes[*at];
        let mut diagnostic = Diagnostic::new(
            &code::UNREACHABLE,
            format!("the {} `{}` of `{}` cannot be reached", words.node, vertex.name, graph.name),
        )
        .label(vertex.span, "nothing that can be reached leads here");
        let followers: Vec<&str> = lost
            .iter()
            .filter(|other| *other != at && into(**other, *at))
            .map(|other| graph.nodes[*other].name.as_str())
            .collect();
        if !followers.is_empty() {
            diagnostic = diagnostic.note(format!("{} cannot be reached either", list(&followers, "and")));
        }
        diagnostic = diagnostic.maybe_note(lost_ends(graph, explored, *at));
        let start = &graph.nodes[graph.start];
        diagnostics.push(diagnostic.note(format!("the first {} is `{}`", words.node, start.name)));
    }
}

/// Nodes that are entered and from which no end can be reached: of what follows each, a single node or a circle that nothing
/// leaves, and the first node that leads there.
fn traps(graph: &Graph<'_>, explored: &Explored) -> Vec<(Vec<usize>, usize)> {
    let stuck = |node: &usize| explored.entered.contains(*node) && !explored.good.contains(*node);
    let reached: Vec<Option<Vec<usize>>> =
        (0..graph.nodes.len()).map(|node| stuck(&node).then(|| really_reached(explored, node))).collect();
    let mut traps: Vec<(&[usize], usize)> = Vec::new();
    for (at, all) in reached.iter().enumerate() {
        let Some(all) = all else { continue };
        let smallest = all.iter().filter_map(|node| reached[*node].as_ref()).min_by_key(|nodes| nodes.len());
        traps.push((smallest.unwrap_or(all), at));
    }
    traps.sort_by_key(|(one, _)| *one);
    traps.dedup_by(|(one, _), (other, _)| one == other);
    traps.into_iter().map(|(trap, from)| (trap.to_vec(), from)).collect()
}

/// Ends that cannot be reached: what is entered, and where everything that follows stays.
fn no_way_out(graph: &Graph<'_>, explored: &Explored, words: &Words, diagnostics: &mut Vec<Diagnostic>) {
    for (trap, from) in traps(graph, explored) {
        let Some(first) = trap.first().copied() else { continue };
        let vertex = &graph.nodes[first];
        let diagnostic = if trap.len() > 1 {
            circle(graph, explored, &trap, words)
        } else if vertex.edges.iter().any(|edge| edge.to == To::Node(first)) {
            // A node that leads to itself says so itself.
            continue;
        } else {
            let title = format!("`{}` cannot be ended once it is at `{}`", graph.name, vertex.name);
            let diagnostic = Diagnostic::new(&code::DEAD_END, title);
            let diagnostic = diagnostic.label(vertex.span, nowhere(explored, first, words));
            never_labels(graph, explored, first, diagnostic)
        };
        let way = way_to(graph, explored, if explored.entered.contains(first) { first } else { from });
        let way = (way.len() > 1).then(|| format!("reached by {}", list(&way, "and then")));
        diagnostics.push(diagnostic.maybe_note(way));
    }
}

/// Nodes that lead to each other, and to no end.
fn circle(graph: &Graph<'_>, explored: &Explored, trap: &[usize], words: &Words) -> Diagnostic {
    let names = list(&trap.iter().map(|node| graph.nodes[*node].name.as_str()).collect::<Vec<_>>(), "and");
    let title = format!("`{}` cannot be ended: {names} lead to each other for ever", graph.name);
    let mut diagnostic = Diagnostic::new(&code::DEAD_END, title);
    let back = |to: usize| format!("leads back to `{}`", graph.nodes[to].name);
    for node in trap {
        for edge in graph.nodes[*node].edges.iter().filter(|_| explored.passed.contains(*node)) {
            if let To::Node(to) = edge.to {
                diagnostic = diagnostic.label(edge.span, back(to));
            }
        }
        diagnostic = never_labels(graph, explored, *node, diagnostic);
    }
    for (at, branch) in graph.branches.iter().enumerate() {
        let from = branch.task.map(|(of, _)| of);
        if explored.taken.contains(at)
            && trap.contains(&branch.to)
            && from.is_none_or(|from| trap.contains(&from) && from != branch.to)
        {
            diagnostic = diagnostic.label(branch.span, back(branch.to));
        }
    }
    if let Some(first) = trap.first().filter(|_| diagnostic.labels.is_empty()) {
        diagnostic = diagnostic.label(graph.nodes[*first].span, "this is never left for good");
    }
    diagnostic.help(format!(
        "let one of them lead to {} that ends it, or to none",
        nouns::with_article(&words.node)
    ))
}

/// Why a node is never left for good.
fn nowhere(explored: &Explored, node: usize, words: &Words) -> String {
    let leads_back = explored.moves.contains(&(node, node));
    let waits = explored.never.iter().any(|never| never.node == node) && !explored.passed.contains(node);
    match (waits, leads_back) {
        (true, _) => format!("what this {} requires can never be done", words.node),
        (false, true) => format!("only ever leads back to this {}", words.node),
        (false, false) => format!("leads nowhere, and is no {} that ends it", words.node),
    }
}

/// Points at what can never be done in a node, and at the branches that lead back to it.
fn never_labels(
    graph: &Graph<'_>,
    explored: &Explored,
    node: usize,
    mut diagnostic: Diagnostic,
) -> Diagnostic {
    if !explored.passed.contains(node) {
        for never in explored.never.iter().filter(|never| never.node == node) {
            let task = &graph.nodes[node].tasks[never.task];
            let why = never_because(task, never.asks);
            diagnostic = diagnostic.label(task.span, format!("can never be done: {why}"));
            diagnostic = with_reasons(diagnostic, never);
        }
    }
    for (at, branch) in graph.branches.iter().enumerate() {
        if branch.to == node && explored.taken.contains(at) && branch.task.is_none_or(|(of, _)| of == node) {
            diagnostic = diagnostic.label(branch.span, format!("leads back to `{}`", graph.nodes[node].name));
        }
    }
    diagnostic
}

/// The nodes that can be reached from one over the moves that exploration found, itself included, in order.
fn really_reached(explored: &Explored, from: usize) -> Vec<usize> {
    let mut reached = BitSet::new();
    let mut open = vec![from];
    while let Some(node) = open.pop() {
        if reached.insert(node) {
            open.extend(explored.moves.iter().filter(|(of, _)| *of == node).map(|(_, to)| *to));
        }
    }
    reached.iter().collect()
}

/// The nodes that can be reached from one, itself included, in order.
fn reach(graph: &Graph<'_>, from: usize) -> Vec<usize> {
    let mut reached = BitSet::new();
    reached.insert(from);
    let mut open = vec![from];
    while let Some(node) = open.pop() {
        let by_edge = graph.nodes[node].edges.iter().filter_map(|edge| match edge.to {
            To::Node(to) => Some(to),
            To::End => None,
        });
        let by_branch = graph.branches.iter().filter(|branch| branch.task.is_none_or(|(of, _)| of == node));
        for to in by_edge.chain(by_branch.map(|branch| branch.to)) {
            if reached.insert(to) {
                open.push(to);
            }
        }
    }
    reached.iter().collect::<Vec<_>>()
}
