//! Can it be done? What the graphs of resolved content say: stages that nobody reaches, quests that wait for each other.
//!
//! Comes in: [`Resolved`] and the flows and requirements of the model. Goes out: findings with a witness: the path, the cycle, the
//! conditions that exclude each other. This stage knows graphs; it knows neither files nor tables, and nothing of quests that the
//! schema does not declare (`x-flow`, `x-requires`).

mod availability;
mod chain;
mod explore;
mod flow;
mod graph;

use crate::check::{Resolved, walk};
use crate::diagnose::Diagnostic;
use crate::schema::Model;

/// Reports what can not be reached, ended or begun.
pub(crate) fn analyse(model: &Model, resolved: &Resolved<'_>, findings: &mut Vec<Diagnostic>) {
    for declared in &model.flows {
        let chain = chain::Chain::of(model, declared);
        for row in 0..resolved.content.table(declared.record).len() {
            let row = crate::check::Row { record: declared.record, row };
            if chain.as_ref().is_some_and(|chain| chain.is_plain(model, resolved, row)) {
                continue;
            }
            if let Some(graph) = graph::Graph::read(model, resolved, declared, row) {
                flow::report(model, &graph, findings);
            }
        }
    }
    for declared in &model.requires {
        availability::report(model, resolved, declared, findings);
    }
}
