//! Fields: what a property, or what stands in place of one, becomes.

use super::builder::ModelBuilder;
use super::scalars::constraints;
use super::shape::shape_types;
use crate::diagnostics::{Diagnostic, code};
use crate::schema::annotations::{Annotations, Key, Reference};
use crate::schema::graph::{Member, MergedSchema, SchemaUse, accepted};
use crate::schema::ids::RecordId;
use crate::schema::model::{DefaultValue, Field, Origin, SchemaIdRef, Shape};
use crate::schema::value::{Literal, Types};
use crate::text::Span;

impl ModelBuilder<'_> {
    pub(super) fn field(&mut self, record: RecordId, member: &Member) -> Field {
        let schema = member.site.schema;
        let node = self.schemas.get(schema);
        let view = MergedSchema::of(self.schemas, schema);
        let owner = self.model.record(record).name.clone();
        let annotations = &member.site.annotations;
        self.used.extend(annotations.meanings());
        self.used.extend(annotations.name.as_ref().map(|(_, span)| *span));
        // What a part says holds for the whole: `$ref` in `allOf`, or beside `null` in `anyOf`.
        let parts: Vec<_> = view
            .parts
            .iter()
            .map(|part| std::sync::Arc::clone(&self.schemas.get(*part).annotations))
            .collect();
        for annotations in &parts {
            self.used.extend(annotations.meanings());
        }
        self.used.extend(annotations.json);
        self.used.extend(node.annotations.json);
        let in_field = |annotations: &Annotations| annotations.key.clone().filter(|key| !key.file);
        let key =
            in_field(annotations).or_else(|| parts.iter().find_map(|annotations| in_field(annotations)));
        let reference = annotations
            .reference
            .as_ref()
            .or_else(|| parts.iter().find_map(|annotations| annotations.reference.as_ref()));
        if let (Some(key), Some(reference)) = (&key, reference) {
            self.diagnostics.push(key_and_reference(key, reference));
        }
        let shape = match (key, reference) {
            _ if annotations.json.is_some() || node.annotations.json.is_some() => Shape::Json,
            (Some(key), _) => self.key(record, member, &key),
            (_, Some(reference)) if reference.by.is_none() => {
                let reference = reference.clone();
                match (self.link(schema, &reference), view.items.as_ref()) {
                    // An element that names nothing has no form in a list.
                    (Shape::List(link), Some(items))
                        if self.nullable(items.schema) || !reference.none.is_empty() =>
                    {
                        self.rows(items, *link, true, &format!("{owner} {}", member.name), node.span)
                    }
                    (shape, _) => shape,
                }
            }
            _ => self.shape(&member.site, &format!("{owner} {}", member.name), false),
        };
        let shape = if member.others.is_empty() { shape } else { self.united(record, member, shape) };
        let given = annotations.default.clone().or_else(|| node.annotations.default.clone());
        let sentinel =
            |literal: &Literal| reference.is_some_and(|reference| reference.none.contains(literal));
        // A default that the table cannot hold in its place leaves the field optional.
        let default = match given {
            Some((literal, _)) if literal == Literal::Null || sentinel(&literal) => DefaultValue::None,
            Some((literal, span))
                if literal != Literal::EmptyList
                    && shape != Shape::Json
                    && reference.is_some_and(|reference| reference.by.is_some()) =>
            {
                let label = "what this names depends on another property";
                self.idle_default(&member.name, label, WRITE_OUT, span);
                DefaultValue::None
            }
            Some((literal, span)) if self.fits(&shape, &literal) => {
                if let Shape::Link(spec) = &shape {
                    let schema_id_ref = SchemaIdRef { spec: spec.clone(), id: literal.show_plain(), span };
                    self.model.schema_id_refs.push(schema_id_ref);
                }
                DefaultValue::Literal(literal)
            }
            // An object that is not there says as much as one with nothing in it.
            Some((Literal::Json(_, empty), _)) if empty == "{}" => DefaultValue::None,
            Some((_, span)) if scalar(&shape) => {
                let help = "write a value that the schema allows, or remove the default";
                self.idle_default(&member.name, "the schema does not allow this value", help, span);
                DefaultValue::None
            }
            Some((_, span)) => {
                let label = "no table can hold this where there is nothing";
                self.idle_default(&member.name, label, WRITE_OUT, span);
                DefaultValue::None
            }
            None => DefaultValue::None,
        };
        let types = view.types.unwrap_or(Types::ANY);
        Field {
            json: member.name.as_str().into(),
            origin: Origin::Property,
            name: annotations.name.as_ref().map(|(name, _)| name.clone()),
            description: annotations.description.clone().or_else(|| node.annotations.description.clone()),
            source: annotations.source.clone(),
            span: member.span,
            shape,
            required: member.required,
            nullable: types.contains(Types::NULL) && types != Types::ANY
                || reference.is_some_and(|reference| !reference.none.is_empty()),
            default,
            constraints: constraints(self.schemas, &view),
        }
    }

    /// A field that is no property of the object.
    pub(super) fn own_field(
        &mut self,
        id: RecordId,
        name: &str,
        origin: Origin,
        span: Span,
        site: &SchemaUse,
        members: &mut Vec<Member>,
    ) {
        let member = Member {
            name: name.to_owned(),
            span,
            site: site.clone(),
            required: true,
            certain: true,
            others: Vec::new(),
        };
        let mut field = self.field(id, &member);
        field.origin = origin;
        self.model.records[id.0 as usize].fields.push(field);
        members.push(member);
    }

    /// The shape of a property that is one thing in one branch and another in the next.
    pub(super) fn united(&mut self, record: RecordId, member: &Member, first: Shape) -> Shape {
        let compound = Types::ARRAY.union(Types::OBJECT);
        let sites = || std::iter::once(&member.site).chain(&member.others);
        if sites().any(|site| accepted(self.schemas, site.schema).intersects(compound)) {
            let why = format!("`{}` differs between the branches of its object", member.name);
            self.opaque(member.span, &why);
            return Shape::Json;
        }
        let mut shape = first;
        let mut types = shape_types(&MergedSchema::of(self.schemas, member.site.schema));
        for site in &member.others {
            let alone = Member { site: site.clone(), others: Vec::new(), ..member.clone() };
            let other = self.field(record, &alone).shape;
            types = types.union(shape_types(&MergedSchema::of(self.schemas, site.schema)));
            let names = |shape: &Shape| matches!(shape, Shape::Link(_) | Shape::Key(_) | Shape::Target(_));
            shape = match (shape, other) {
                (one, other) if one == other => one,
                (Shape::Integer { min, max }, Shape::Integer { min: low, max: high }) => {
                    Shape::Integer { min: min.min(low), max: max.max(high) }
                }
                (Shape::Integer { .. } | Shape::Number, Shape::Integer { .. } | Shape::Number) => {
                    Shape::Number
                }
                (Shape::Text | Shape::Enum(_), Shape::Text | Shape::Enum(_)) => Shape::Text,
                (one, other) if names(&one) || names(&other) => {
                    self.diagnostics.push(
                        Diagnostic::new(
                            &code::ANNOTATION,
                            format!("`{}` names different things in different branches", member.name),
                        )
                        .label(member.span, "cannot be told apart here")
                        .help("tell the branches apart by a required property with a `const`, or use `x-ref` with `by`"),
                    );
                    Shape::Text
                }
                _ => Shape::Scalar(types),
            };
        }
        shape
    }

    /// Whether a default is a value of a shape.
    pub(super) fn fits(&self, shape: &Shape, literal: &Literal) -> bool {
        match (shape, literal) {
            (Shape::Boolean, Literal::Boolean(_))
            | (Shape::Text, Literal::Text(_))
            | (Shape::List(_), Literal::EmptyList) => true,
            (Shape::Integer { min, max }, Literal::Integer(value)) => min <= value && value <= max,
            (Shape::Number, Literal::Integer(_) | Literal::Number(_)) => true,
            (Shape::Enum(id), Literal::Text(text)) => {
                self.model.enumeration(*id).variants.iter().any(|variant| variant.json == *text)
            }
            (Shape::Scalar(types), literal) => {
                types.intersects(literal.types())
                    && !matches!(literal, Literal::Null | Literal::EmptyList | Literal::Json(..))
            }
            (Shape::Json, literal) => *literal != Literal::Null,
            (Shape::Link(spec), Literal::Text(_) | Literal::Integer(_)) => !spec.tolerated,
            _ => false,
        }
    }

    /// Says that a default is not one.
    pub(super) fn idle_default(&mut self, name: &str, label: &str, help: &str, span: Span) {
        let title = format!("this default of `{name}` has no effect");
        let known = |diagnostic: &Diagnostic| diagnostic.span() == Some(span) && diagnostic.title == title;
        if !self.diagnostics.iter().any(known) {
            self.diagnostics
                .push(Diagnostic::new(&code::ANNOTATION_TYPO, title).label(span, label).help(help));
        }
    }

    /// A property that repeats the name under which its object stands in a map.
    pub(super) fn repeats_name(&self, member: &Member) -> bool {
        let node = self.schemas.get(member.site.schema);
        node.more.as_ref().is_some_and(|more| more.equals.as_deref() == Some("{key}"))
    }

    /// A property that every object has, with the one value that it can have.
    pub(super) fn says_nothing(&self, member: &Member) -> bool {
        let node = self.schemas.get(member.site.schema);
        let annotated = [&member.site.annotations, &node.annotations].iter().any(|annotations| {
            annotations.key.is_some() || annotations.reference.is_some() || annotations.name.is_some()
        });
        let values = MergedSchema::of(self.schemas, member.site.schema).values;
        member.required && !annotated && values.is_some_and(|values| values.len() == 1)
    }
}

/// Where both stand, the key would win and the reference not be looked at.
pub(super) fn key_and_reference(key: &Key, reference: &Reference) -> Diagnostic {
    Diagnostic::new(&code::ANNOTATION, "`x-ref` has no effect beside `x-key`")
        .label(reference.span, "is not looked for: what stands here is an id of its own")
        .label(key.span, "makes it one")
        .help("remove one of them; an object that belongs to another refers to it in a property of its own")
}

/// What to do about a default that has no effect.
pub(super) const WRITE_OUT: &str = "remove the default, and write the value out in content";

pub(super) fn scalar(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::Boolean
            | Shape::Integer { .. }
            | Shape::Number
            | Shape::Text
            | Shape::Enum(_)
            | Shape::Scalar(_)
    )
}
