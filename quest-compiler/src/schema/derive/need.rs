//! How many conditions are needed (`need` of `x-requires`), and conditions that are made of others (`groups`).

use super::builder::ModelBuilder;
use super::paths::Reported;
use crate::schema::annotations::{GroupAnnotation, Need, NeedAnnotation, SpannedText};
use crate::schema::ids::RecordId;
use crate::schema::model::{DefaultValue, Group, NeedRule, Shape};
use crate::schema::value::Literal;
use crate::text::Span;

impl ModelBuilder<'_> {
    /// What decides how many are needed. A property that decides is one of `from`.
    pub(super) fn need(
        &mut self,
        from: &[RecordId],
        annotation: &NeedAnnotation,
    ) -> Result<NeedRule, Reported> {
        let NeedAnnotation::By { by, means, span } = annotation else {
            let NeedAnnotation::Fixed(need) = annotation else { return Err(Reported) };
            return Ok(NeedRule::Fixed(*need));
        };
        let end = self.follow_path(from, by)?;
        let mut meanings: Vec<(Literal, Need)> = Vec::new();
        let mut default = Need::All;
        for (record, field) in &end.fields {
            let field = &self.model.record(*record).fields[*field];
            let shape = field.shape.clone();
            let absent = match &field.default {
                DefaultValue::Literal(literal) => Some(literal.clone()),
                DefaultValue::None => None,
            };
            let values = self.deciding_values(&shape, by)?;
            if values.is_empty() != means.is_empty() {
                return Err(self.meanings_missing(by, *span, values.is_empty()));
            }
            let of_property = self.meanings(by, means, &values)?;
            default = match &absent {
                Some(Literal::Integer(number)) if values.is_empty() => {
                    Need::AtLeast(u64::try_from(*number).unwrap_or(0))
                }
                Some(absent) => {
                    of_property.iter().find(|(value, _)| value == absent).map_or(default, |(_, need)| *need)
                }
                None => default,
            };
            meanings.extend(of_property);
        }
        Ok(NeedRule::By { path: end.names, means: meanings, default })
    }

    /// The values of a property that can decide; none if it is a number.
    fn deciding_values(&mut self, shape: &Shape, by: &SpannedText) -> Result<Vec<Literal>, Reported> {
        match shape {
            Shape::Integer { .. } => Ok(Vec::new()),
            Shape::Boolean => Ok(vec![Literal::Boolean(true), Literal::Boolean(false)]),
            Shape::Enum(values) => {
                let values = self.model.enumeration(*values).variants.iter();
                Ok(values.map(|variant| Literal::Text(variant.json.clone())).collect())
            }
            _ => {
                let title = format!("`{}` cannot decide how many are needed", by.text);
                Err(self.reject(
                    by.span,
                    title,
                    "must have an `enum`, or be a whole number or `true` or `false`",
                ))
            }
        }
    }

    fn meanings_missing(&mut self, by: &SpannedText, span: Span, number: bool) -> Reported {
        if number {
            let title = format!("`{}` is a number: it is itself how many are needed", by.text);
            return self.reject(span, title, "needs no `means`");
        }
        let title = format!("what the values of `{}` mean is not said", by.text);
        self.reject(span, title, "add `\"means\": { \"<value>\": \"any\" }`")
    }

    /// The meaning of every value; reports values without one, and words that are no values.
    fn meanings(
        &mut self,
        by: &SpannedText,
        means: &[(SpannedText, Need)],
        values: &[Literal],
    ) -> Result<Vec<(Literal, Need)>, Reported> {
        let words: Vec<String> = values.iter().map(Literal::show_plain).collect();
        if let Some((wrong, _)) = means.iter().find(|(word, _)| !words.contains(&word.text)) {
            return Err(self.not_a_value(wrong, &by.text, &words));
        }
        let of = |word: &String| means.iter().find(|(known, _)| known.text == *word).map(|(_, need)| *need);
        if let Some(without) = words.iter().find(|word| of(word).is_none()).filter(|_| !values.is_empty()) {
            let title = format!("the value `{without}` of `{}` has no meaning", by.text);
            return Err(self.reject(by.span, title, format!("add `\"{without}\"` to `means`")));
        }
        Ok(values.iter().zip(&words).filter_map(|(value, word)| Some((value.clone(), of(word)?))).collect())
    }

    /// Follows the paths of groups, which can contain groups. Gives all types of conditions.
    pub(super) fn groups(
        &mut self,
        conditions: Vec<RecordId>,
        annotations: &[GroupAnnotation],
    ) -> Result<(Vec<Group>, Vec<RecordId>), Reported> {
        let mut all = conditions;
        let mut groups: Vec<Option<Group>> = annotations.iter().map(|_| None).collect();
        loop {
            let before = all.len();
            for (group, annotation) in groups.iter_mut().zip(annotations) {
                let name = annotation.at.text.split(['.', '[', '{']).next().unwrap_or_default();
                let owners: Vec<RecordId> = all
                    .iter()
                    .copied()
                    .filter(|record| self.model.field_named(*record, name).is_some())
                    .collect();
                let from = if owners.is_empty() { &all } else { &owners };
                let (at, members) = self.path_to_records(from, &annotation.at)?;
                let need = match group.take() {
                    Some(known) => known.need,
                    None => self.need(from, &annotation.need)?,
                };
                *group = Some(Group { at, need });
                all.extend(
                    members.iter().filter(|member| !all.contains(member)).copied().collect::<Vec<_>>(),
                );
            }
            if all.len() == before {
                return Ok((groups.into_iter().flatten().collect(), all));
            }
        }
    }
}
