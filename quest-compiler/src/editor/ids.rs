//! The ids that a reference can name, as a schema.

use crate::check::Resolved;
use crate::diagnostics::json_string;
use crate::narrow::narrow_u32;
use crate::schema::{IdAffix, Model, RecordId, RefSyntax, Shape};

pub(super) struct Ids<'w, 'a> {
    pub(super) model: &'w Model,
    pub(super) resolved: &'w Resolved<'a>,
}

impl Ids<'_, '_> {
    /// A schema of the ids that some affixes lead to. `record` is the one that contains the reference.
    ///
    /// What an editor offers is how ids are mostly written; other ways to write them are accepted.
    pub(super) fn one_of(
        &self,
        affixes: &[IdAffix],
        words: &RefSyntax,
        tolerated: bool,
        record: Option<RecordId>,
    ) -> String {
        let nouns: Vec<String> =
            affixes.iter().map(|affix| self.model.kind(affix.kind).noun().replace('-', " ")).collect();
        let what = unique(nouns).join(" or ");
        let mut offered: Vec<String> = Vec::new();
        let mut accepted: Vec<String> = Vec::new();
        let (mut open, mut paths) = (tolerated, false);
        for affix in affixes {
            let kind = self.model.kind(affix.kind);
            open |= kind.open();
            let ids = &self.resolved.ids;
            // In the object that the ids belong to, or where a sibling names it, the id alone is enough.
            let near = kind.parent.is_none()
                || words.within.is_some()
                || record.is_some_and(|record| self.is_in(affix.kind, record));
            paths |= kind.parent.is_some();
            for (row, id) in ids.of(affix.kind).list.iter().enumerate().filter(|(_, id)| !id.text.is_empty())
            {
                let with = |prefix: &str, id: &str| format!("{}{prefix}{id}{}", affix.prefix, affix.suffix);
                if !near {
                    let path = ids.path(self.model, affix.kind, narrow_u32(row));
                    offered.push(with(&kind.prefix, &path.replace(':', &words.separator)));
                }
                let place = if near { &mut offered } else { &mut accepted };
                place.push(with(&kind.prefix, &id.text));
                if !kind.prefix.is_empty() {
                    accepted.push(with("", &id.text));
                }
            }
        }
        let ids = (unique(offered), unique(accepted));
        self.written((&ids.0, &ids.1), &what, words, open, paths)
    }

    fn written(
        &self,
        (offered, accepted): (&[String], &[String]),
        what: &str,
        words: &RefSyntax,
        open: bool,
        paths: bool,
    ) -> String {
        let is_number = |id: &String| id.parse::<i64>().is_ok_and(|number| number.to_string() == *id);
        let numbers = !offered.is_empty() && offered.iter().all(is_number);
        let mut forms = Vec::new();
        if !offered.is_empty() {
            let ids = offered.iter().map(|id| if numbers { id.clone() } else { json_string(id) });
            forms.push(format!("{{ \"enum\": [{}] }}", ids.collect::<Vec<_>>().join(", ")));
        }
        let only_accepted = || accepted.iter().filter(|id| offered.binary_search(id).is_err());
        let mut others: Vec<String> = only_accepted().map(|id| escaped(id)).collect();
        if numbers {
            others.extend(offered.iter().map(|id| escaped(id)));
        }
        // A path ends in an id; where it leads, questc says.
        if paths {
            let separator = escaped(&words.separator);
            let all = offered.iter().chain(only_accepted());
            others.extend(all.map(|id| format!(".*{separator}{}", escaped(id))));
        }
        if !others.is_empty() && !open {
            let pattern = json_string(&format!("^(?:{})$", unique(others).join("|")));
            forms.push(format!("{{ \"type\": \"string\", \"pattern\": {pattern} }}"));
        }
        if !words.none.is_empty() {
            let none: Vec<String> = words.none.iter().map(|none| none.show()).collect();
            forms.push(format!("{{ \"enum\": [{}] }}", none.join(", ")));
        }
        if open {
            forms.push("{ \"type\": [\"string\", \"integer\"] }".to_owned());
        }
        // Otherwise an editor says what is wrong with each form, which lists all ids.
        let message = json_string(&format!("no {what} has this id"));
        for form in &mut forms {
            *form = format!("{}, \"errorMessage\": {message} }}", form.trim_end_matches(" }"));
        }
        match forms.as_slice() {
            [] => "{}".to_owned(),
            [only] => only.clone(),
            _ => format!("{{ \"anyOf\": [{}] }}", forms.join(", ")),
        }
    }

    /// Whether the objects of a record are inside of an object that ids of a kind belong to.
    fn is_in(&self, kind: crate::schema::KindId, record: RecordId) -> bool {
        let Some(parent) = self.model.kind(kind).parent else { return true };
        let mut seen = vec![false; self.model.records.len()];
        let mut open: Vec<RecordId> = self.model.kind(parent).records.clone();
        while let Some(at) = open.pop() {
            if at == record {
                return true;
            }
            if !std::mem::replace(&mut seen[at.0 as usize], true) {
                for field in &self.model.record(at).fields {
                    match field.shape.element() {
                        Shape::Record(inner) | Shape::Map(inner) => open.push(*inner),
                        Shape::Union(union) => {
                            open.extend(self.model.union(*union).variants.iter().map(|(_, inner)| *inner));
                        }
                        _ => {}
                    }
                }
            }
        }
        false
    }
}

/// Each text once, in order.
fn unique(mut texts: Vec<String>) -> Vec<String> {
    texts.sort();
    texts.dedup();
    texts
}

/// A text as a regular expression.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if "\\^$.|?*+()[]{}/".contains(letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}
