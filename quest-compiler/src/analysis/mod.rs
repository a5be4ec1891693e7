//! Can it be done? What the graphs of resolved content say: stages that nobody reaches, quests that wait for each other.
//!
//! Comes in: [`Resolved`] and the flows and requirements of the model. Goes out: diagnostics with a witness: the path, the cycle, the
//! conditions that exclude each other. This stage knows graphs; it knows neither files nor tables, and nothing of quests that the
//! schema does not declare (`x-flow`, `x-requires`).

mod availability;
mod chain;
mod cross_object_refs;
mod ending;
mod endings;
mod explore;
mod flow;
mod graph;
mod proof;
pub use availability::{Available, NeverBegun};
pub use ending::{By, Ending, Step};
pub use endings::endings;
pub use proof::{Proved, ProvedAs, Prover, Script, Scripts};

use crate::check::{Resolved, Row, Tainted, walk};
use crate::diagnostics::Diagnostic;
use crate::project::ProofLimits;
use crate::schema::Model;

/// Reports what cannot be reached, ended or begun, and says what is known of what no journal plays, and what can never be begun. Of objects that have errors nothing is
/// said: it may only follow from these.
pub fn analyse(
    model: &Model,
    resolved: &Resolved<'_>,
    tainted: &Tainted,
    prover: Option<&Prover<'_>>,
    limits: &ProofLimits,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Available>, NeverBegun) {
    let content = &resolved.content;
    for declared in &model.flows {
        cross_object_refs::report(model, resolved, tainted, declared, diagnostics);
        let chain = chain::Chain::of(model, declared);
        let prover = prover.filter(|prover| prover.plays(declared));
        let read =
            [Some(&declared.nodes), declared.start.as_ref(), declared.branches.as_ref().map(|[at, ..]| at)];
        let read: Vec<&String> = read.into_iter().flatten().filter_map(|path| path.first()).collect();
        for row in 0..content.table(declared.record).len() {
            let row = Row { record: declared.record, row };
            if content.document(row).broken
                || tainted.concern(content.object(row), |name| read.iter().any(|known| *known == name))
                || match prover {
                    Some(prover) => prover.is_plain(row.row),
                    None => chain.as_ref().is_some_and(|chain| chain.is_plain(model, resolved, row)),
                }
            {
                continue;
            }
            if let Some(graph) = graph::Graph::read(model, resolved, declared, row) {
                let explored = || match prover {
                    Some(prover) => prover.explore(&graph),
                    None => explore::explore(&graph),
                };
                flow::report(model, &graph, explored, diagnostics);
            }
        }
    }
    availability::report(model, resolved, tainted, limits, diagnostics)
}
