//! Where the id at a place is used.

use super::json;
use crate::question::{Answer, Asked};
use serde_json::Value;

/// `textDocument/references`.
pub(crate) fn answer(asked: &Asked<'_, '_>) -> Answer {
    let view = asked.view;
    let Some(place) = view.place(asked.uri, asked.position()?) else { return Ok(Value::Null) };
    let Some((id, _)) = quest_rename::locate(view.checked, place.file, place.byte) else {
        return Ok(Value::Null);
    };
    let mut places = quest_rename::places(view.checked, id);
    if asked.params.pointer("/context/includeDeclaration") == Some(&Value::Bool(true)) {
        places.references.append(&mut places.definitions);
    }
    places.references.sort_by_key(|span| (span.file, span.start));
    let locations = places.references.into_iter().filter_map(|span| view.shown.location(span));
    Ok(json(locations.collect::<Vec<_>>()))
}
