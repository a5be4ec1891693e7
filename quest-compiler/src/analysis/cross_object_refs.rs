//! Tasks that name others as ways to be done, which are in another node: nobody is there when they are done.

use crate::check::uses::{Use, uses};
use crate::check::{Resolved, Tainted};
use crate::diagnostics::{Diagnostic, code, few, nouns};
use crate::schema::{Field, Flow, Model, Path};

/// Reports such names in all objects of a flow.
pub(super) fn report(
    model: &Model,
    resolved: &Resolved<'_>,
    tainted: &Tainted,
    flow: &Flow,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some((tasks, any)) = flow.tasks.as_ref().and_then(|tasks| Some((tasks, tasks.any.as_ref()?))) else {
        return;
    };
    let way: Path = flow.nodes.iter().chain(&tasks.at).chain(any).cloned().collect::<Vec<_>>();
    let wanted: Vec<&Field> = model
        .path_ends(flow.record, &way)
        .into_iter()
        .map(|(record, field)| &model.record(record).fields[field])
        .collect();
    let (content, ids) = (&resolved.content, &resolved.ids);
    let asked = |field: &Field| wanted.iter().any(|wanted| std::ptr::eq(field, *wanted));
    uses(model, resolved, &asked, &mut |Use { row, node, kind, id, .. }| {
        let here = ids.enclosing(model, content, row, flow.kind);
        let (Some(here), Some(own)) = (here, ids.enclosing(model, content, row, tasks.kind)) else { return };
        let named = ids.id(kind, id);
        let cross_object_refs = named.parent != here;
        if kind != tasks.kind
            || (!cross_object_refs && id != own)
            || content.document(row).broken
            || tainted.are_in(node)
        {
            return;
        }
        let (task, stage) =
            (nouns::spoken(model.kind(kind).noun()), nouns::spoken(model.kind(flow.kind).noun()));
        let (name, around) = (&ids.id(kind, own).text, &ids.id(flow.kind, here).text);
        let others = ids.children(kind, here).iter().filter(|other| **other != own);
        let others = few(others.map(|other| &*ids.id(kind, *other).text));
        let diagnostic = if cross_object_refs {
            let other = ids.path(model, flow.kind, named.parent);
            Diagnostic::new(
                &code::TASK_ELSEWHERE,
                format!("`{}` is no way to do `{name}`: it is in another {stage}", named.text),
            )
            .label(node.span(), format!("{} of `{other}`", nouns::with_article(model.kind(kind).noun())))
            .note(format!("only what is done in `{around}` counts for `{name}`"))
        } else {
            Diagnostic::new(&code::TASK_ELSEWHERE, format!("`{name}` names itself as a way to do it"))
                .label(node.span(), "this is the same")
        };
        let help = match others {
            Some(others) => format!("name {} of `{around}`: {others}", nouns::with_article(&task)),
            None => format!("name another {task} of `{around}`"),
        };
        diagnostics.push(diagnostic.help(help));
    });
}
