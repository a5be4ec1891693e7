//! Where the id at a place is defined.

use super::json;
use crate::question::{Answer, Asked};
use serde_json::Value;

/// `textDocument/definition`.
pub(crate) fn answer(asked: &Asked<'_, '_>) -> Answer {
    let view = asked.view;
    let Some(place) = view.place(asked.uri, asked.position()?) else { return Ok(Value::Null) };
    let Some((id, _)) = quest_rename::locate(view.checked, place.file, place.byte) else {
        return Ok(Value::Null);
    };
    let places = quest_rename::places(view.checked, id);
    let locations = places.definitions.into_iter().filter_map(|span| view.shown.location(span));
    Ok(json(locations.collect::<Vec<_>>()))
}
