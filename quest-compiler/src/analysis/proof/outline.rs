//! What is seen of quests before anything is played: most are plain chains, which can always be finished once they can be begun.

use crate::analysis::chain::Chain;
use crate::check::Row;
use crate::lower::Reader;
use crate::schema::Tasks;

/// What is seen of a quest.
#[derive(Debug, Default)]
pub(super) struct Sketch {
    /// Nothing in its flow depends on anything but its objectives: no branches, no failures, no conditions.
    pub(super) plain_flow: bool,
    /// Its stages are a chain without branches, and it does not fail.
    pub(super) chain: bool,
    /// The stage in which it ends, if its flow is plain and it asks only for other quests.
    pub(super) ending: Option<u32>,
    /// The quests that must be turned in before it, if it ends there.
    pub(super) needs: Vec<u32>,
}

/// What is seen of all quests, in content order.
pub(super) fn outline(read: Reader<'_, '_, '_>) -> Vec<Sketch> {
    let flow = &read.model.flows[read.journal.flow];
    let chain = Chain::of(read.model, flow);
    let quests = 0..read.resolved.content.table(flow.record).len();
    let sketch = |row| sketch(read, chain.as_ref()?, flow.tasks.as_ref()?, Row { record: flow.record, row });
    quests.map(|row| sketch(row).unwrap_or_default()).collect()
}

fn sketch(read: Reader<'_, '_, '_>, chain: &Chain, tasks: &Tasks, quest: Row) -> Option<Sketch> {
    let (model, journal, resolved) = (read.model, read.journal, read.resolved);
    let last = chain.last(model, resolved, quest)?;
    if journal.failures.as_ref().is_some_and(|(listed, _)| read.has_objects(quest, &listed.at)) {
        return None;
    }
    let mut full = true;
    for stage in read.each(quest, &model.flows[journal.flow].nodes) {
        let mut objectives = read.each(stage, &tasks.at).peekable();
        full &= objectives.peek().is_some() && !read.is_true(stage, journal.skippable.as_ref());
        if !objectives.all(|objective| read.is_bare(objective, tasks)) {
            return Some(Sketch { chain: true, ..Sketch::default() });
        }
    }
    let needs = last.filter(|_| full).and_then(|last| Some((last, read.needs(quest)?)));
    let (ending, needs) = needs.map_or((None, Vec::new()), |(last, needs)| (Some(last), needs));
    Some(Sketch { plain_flow: true, chain: true, ending, needs })
}
