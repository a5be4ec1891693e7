//! Why a schema fits a value, or does not: the properties that decide it.
//!
//! A message about `then` is only understood together with the condition that applies.

use super::Validator;
use crate::schema::SchemaId;
use crate::source::{Node, NodeKind};
use crate::text::Span;

/// At most this many reasons are added to a diagnostic.
const MOST: usize = 3;

/// A property that decides whether a schema fits.
pub(super) struct Reason {
    pub(super) span: Span,
    pub(super) name: String,
    /// Its value, if the value decides and not only its presence.
    pub(super) value: Option<String>,
}

impl Reason {
    /// `` `verb` is `delegate` ``
    pub(super) fn sentence(&self) -> String {
        match &self.value {
            Some(value) => format!("`{}` is {value}", self.name),
            None => format!("`{}` is there", self.name),
        }
    }
}

impl Validator<'_, '_> {
    /// Adds to the misfits from `first` on why the rule applies that they break.
    pub(super) fn because(&mut self, first: usize, reasons: Vec<Reason>) {
        for misfit in self.misfits.iter_mut().skip(first) {
            for reason in &reasons {
                if misfit.diagnostic.labels.iter().all(|label| label.span != reason.span) {
                    misfit.because(reason.span, &reason.sentence());
                }
            }
        }
    }

    /// The properties that make a schema fit a value, or not fit it.
    pub(super) fn reasons(&self, schema: SchemaId, value: Node<'_>, fits: bool) -> Vec<Reason> {
        let mut found = Vec::new();
        self.collect(schema, value, fits, &mut found, &mut Vec::new());
        found.truncate(MOST);
        found
    }

    fn collect(
        &self,
        schema: SchemaId,
        value: Node<'_>,
        fits: bool,
        found: &mut Vec<Reason>,
        asked: &mut Vec<(SchemaId, bool)>,
    ) {
        if asked.contains(&(schema, fits)) {
            return;
        }
        asked.push((schema, fits));
        let node = self.schemas.get(schema);
        for property in &node.properties {
            let Some((key, item)) = value.property(&property.name) else { continue };
            if self.fits(property.schema, item) == fits {
                add(found, key, item, true);
            }
        }
        let more = node.more.as_deref();
        let required =
            node.properties.iter().filter(|property| property.required).map(|property| &property.name);
        for name in required.chain(more.iter().flat_map(|more| &more.required)) {
            if let Some((key, item)) = value.property(name).filter(|_| fits) {
                add(found, key, item, false);
            }
        }
        let Some(more) = more else { return };
        for part in more.reference.iter().chain(&more.all_of) {
            if self.fits(*part, value) == fits {
                self.collect(*part, value, fits, found, asked);
            }
        }
        for part in more.any_of.iter().chain(&more.one_of) {
            if self.fits(*part, value) == fits {
                self.collect(*part, value, fits, found, asked);
            }
        }
        if let Some(part) = more.not {
            self.collect(part, value, !fits, found, asked);
        }
    }
}

fn add(found: &mut Vec<Reason>, key: Node<'_>, item: Node<'_>, by_value: bool) {
    let name = key.text().unwrap_or_default().into_owned();
    if found.iter().any(|reason| reason.name == name) {
        return;
    }
    let scalar = !matches!(item.kind(), NodeKind::Array | NodeKind::Object | NodeKind::Invalid);
    let short = item.raw().len() <= 40;
    found.push(if by_value && scalar && short {
        let text = match item.plain() {
            Some(text) if !text.is_empty() => text,
            _ => item.raw(),
        };
        Reason { span: item.span(), name, value: Some(format!("`{text}`")) }
    } else {
        Reason { span: key.span(), name, value: None }
    });
}
