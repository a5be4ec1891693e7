//! The keywords of one schema object. Every one is read, known to be without effect, or refused with its place.

use super::dialect::{Dialect, READ, SILENT};
use super::load::Loader;
use super::node::{Additional, Items, Property, SchemaNode};
use super::pattern::{Pattern, Refused};
use crate::diagnostics::{Diagnostic, code, did_you_mean, list};
use crate::schema::annotations::group;
use crate::schema::ids::SchemaId;
use crate::schema::value::{Literal, Types};
use crate::source::{Node, NodeKind};

impl<'a> Loader<'_, 'a, '_> {
    pub(super) fn fill(&mut self, object: Node<'a>, node: &mut SchemaNode) {
        let dialect = self.dialect(object);
        let mut required: Vec<(Node<'a>, String)> = Vec::new();
        for (key, value) in object.properties() {
            let Some(name) = key.text() else { continue };
            match &*name {
                "type" => node.types = self.types(value),
                "enum" => {
                    let values: Vec<Literal> = value.elements().map(Literal::of).collect();
                    if value.kind() != NodeKind::Array || values.is_empty() {
                        self.wrong(value, "`enum` is a list of the values that are allowed", "");
                    } else {
                        narrow(node, values);
                    }
                }
                "const" => narrow(node, vec![Literal::of(value)]),
                "minLength" => node.min_length = self.count(&name, value),
                "maxLength" => node.max_length = self.count(&name, value),
                "minItems" => node.min_items = self.count(&name, value),
                "maxItems" => node.max_items = self.count(&name, value),
                "minProperties" => node.more().min_properties = self.count(&name, value),
                "maxProperties" => node.more().max_properties = self.count(&name, value),
                "minContains" => node.more().min_contains = self.count(&name, value),
                "maxContains" => node.more().max_contains = self.count(&name, value),
                "uniqueItems" => match value.boolean() {
                    Some(unique) => node.more().unique = unique,
                    None => self.wrong(value, "`uniqueItems` is `true` or `false`", ""),
                },
                // In draft-04, `exclusiveMinimum` is a word on `minimum`.
                "minimum" if exclusive(object, "exclusiveMinimum") => {
                    node.exclusive_minimum = self.bound(&name, value)
                }
                "maximum" if exclusive(object, "exclusiveMaximum") => {
                    node.exclusive_maximum = self.bound(&name, value)
                }
                "exclusiveMinimum" | "exclusiveMaximum"
                    if dialect == Dialect::Draft4 && value.boolean().is_some() => {}
                "minimum" => node.minimum = self.bound(&name, value),
                "maximum" => node.maximum = self.bound(&name, value),
                "exclusiveMinimum" => node.exclusive_minimum = self.bound(&name, value),
                "exclusiveMaximum" => node.exclusive_maximum = self.bound(&name, value),
                "multipleOf" => match self.bound(&name, value) {
                    Some(step) if step > 0.0 => node.more().multiple_of = Some(step),
                    Some(_) => self.wrong(value, "`multipleOf` is a number above 0", ""),
                    None => {}
                },
                "pattern" => node.pattern = self.pattern(value),
                "items" if value.kind() == NodeKind::Array && dialect >= Dialect::Draft2020 => {
                    self.wrong(
                        value,
                        "`items` is one schema for all elements in this draft",
                        "write `prefixItems` for a list of schemas and `items` for the elements behind them, or name the draft that this follows in `$schema`",
                    );
                }
                "items" if value.kind() == NodeKind::Array => {
                    node.more().prefix =
                        value.elements().map(|schema| self.schema(schema, None)).collect::<Vec<_>>();
                    if let Some(rest) = object.get("additionalItems") {
                        node.items = Items::Each(self.site(rest));
                    }
                }
                "items" => node.items = Items::Each(self.site(value)),
                "prefixItems" => {
                    node.more().prefix = self.schemas_of(&name, value);
                }
                // Counts beside a list of `items`, and is read with it.
                "additionalItems" => {}
                "contains" => node.more().contains = Some(self.schema(value, None)),
                "properties" if value.kind() == NodeKind::Object => {
                    for (key, schema) in value.properties() {
                        let Some(name) = key.text() else { continue };
                        let site = self.site(schema);
                        // A name that stands there twice has been reported by the reader of the file.
                        if node.properties.iter().any(|known| known.name == *name) {
                            continue;
                        }
                        node.properties.push(Property {
                            name: name.into_owned().into(),
                            span: key.span(),
                            schema: site.schema,
                            required: false,
                            annotations: site.annotations,
                        });
                    }
                }
                "properties" => self.wrong(value, "`properties` is an object: a schema for each name", ""),
                "required" => {
                    // In draft-03, `required` was a word on the property; it means nothing since.
                    if value.kind() != NodeKind::Array || value.elements().any(|name| !name.is_text()) {
                        self.wrong(
                            value,
                            "`required` is a list of property names",
                            "write `\"required\": [\"id\"]`",
                        );
                    }
                    required
                        .extend(value.elements().filter_map(|name| Some((name, name.text()?.into_owned()))));
                }
                "additionalProperties" => {
                    node.additional = match value.kind() {
                        NodeKind::True => {
                            node.more().evaluates_all = true;
                            Additional::Anything
                        }
                        NodeKind::False => Additional::Nothing,
                        _ => Additional::Schema(self.site(value)),
                    }
                }
                "patternProperties" if value.kind() == NodeKind::Object => {
                    for (key, schema) in value.properties() {
                        let site = self.site(schema);
                        if let Some(pattern) = self.pattern(key) {
                            node.more().pattern_properties.push((pattern, site));
                        }
                    }
                }
                "patternProperties" => {
                    self.wrong(value, "`patternProperties` is an object: a schema for each pattern", "");
                }
                "propertyNames" => {
                    let site = self.site(value);
                    node.more().property_names = Some(site);
                }
                "dependencies" | "dependentRequired" | "dependentSchemas" => {
                    self.dependencies(&name, value, node);
                }
                "allOf" => node.more().all_of.extend(self.schemas_of(&name, value)),
                "anyOf" => node.more().any_of = self.schemas_of(&name, value),
                "oneOf" => node.more().one_of = self.schemas_of(&name, value),
                "not" => node.more().not = Some(self.schema(value, None)),
                "if" => node.more().condition = Some(self.schema(value, None)),
                // Without `if` they assert nothing.
                "then" if object.get("if").is_some() => node.more().then = Some(self.schema(value, None)),
                "else" if object.get("if").is_some() => {
                    node.more().else_ = Some(self.schema(value, None));
                }
                "then" | "else" => {}
                "unevaluatedProperties" => {
                    node.more().unevaluated_properties = Some(self.schema(value, None));
                }
                "unevaluatedItems" => node.more().unevaluated_items = Some(self.schema(value, None)),
                "$ref" => {
                    // Only one with other keywords beside it gets here.
                    let target = self.referred(object, value);
                    node.more().reference = Some(target);
                }
                "$dynamicRef" => {
                    let target = self.dynamic(object, value);
                    node.more().all_of.extend(target);
                }
                "$recursiveRef" => {
                    self.unsupported(key, "`$recursiveRef`", "use `$ref` to what is meant, such as `\"#\"`");
                }
                "x-max-bytes" => {
                    node.more().max_bytes = self.count(&name, value);
                    node.more().max_bytes_at = Some(key.span());
                }
                "x-equals" => match value.text() {
                    Some(sibling) => {
                        node.more().equals = Some(sibling.into_owned());
                        node.more().equals_at = Some(value.span());
                    }
                    None => self.wrong(value, "`x-equals` is the name of a sibling property, or `{key}`", ""),
                },
                "x-group" => node.more().group = group(value, self.diagnostics),
                "x-rules" => node.more().rules = self.rules(value),
                _ if SILENT.contains(&&*name) => {}
                _ => self.unknown(key, &name),
            }
        }
        self.other_types(object, node);
        self.contradictory(object, node);
        for (place, name) in required {
            match node.properties.iter_mut().find(|property| property.name == name) {
                Some(property) => property.required = true,
                None => {
                    if let Some(help) =
                        did_you_mean(&name, node.properties.iter().map(|property| property.name.as_str()))
                        && matches!(node.additional, Additional::Nothing)
                    {
                        self.diagnostics.push(
                            Diagnostic::new(
                                &code::SCHEMA,
                                format!("`required` names `{name}`, which is not among the properties"),
                            )
                            .label(place.span(), "no schema says what it is")
                            .help(help),
                        );
                    }
                    node.more().required.push(name.into());
                }
            }
        }
    }

    /// Keywords about values of types that the schema excludes.
    fn other_types(&mut self, object: Node<'a>, node: &SchemaNode) {
        if object.get("type").is_none() {
            return;
        }
        let old =
            |key: &Node<'_>, value: &Node<'_>| key.plain() == Some("required") && value.boolean().is_some();
        for (key, _) in object.properties().filter(|(key, value)| !old(key, value)) {
            let Some((types, about)) = key.text().and_then(|name| about(&name)) else { continue };
            if !node.types.intersects(types) {
                let name = key.text().unwrap_or_default();
                self.diagnostics.push(
                    Diagnostic::new(&code::ANNOTATION_TYPO, format!("`{name}` has no effect here"))
                        .label(key.span(), format!("is about {about}, and this is {}", node.types.words()))
                        .help("remove it, or correct the `type`"),
                );
            }
        }
    }

    /// Two bounds between which nothing is.
    fn contradictory(&mut self, object: Node<'a>, node: &SchemaNode) {
        let more = node.more.as_deref();
        let count = |count: Option<u64>| count.map(|count| count as f64);
        let least_of =
            |name| more.and_then(|more| if name { more.min_properties } else { more.max_properties });
        let pairs = [
            ("minLength", count(node.min_length), "maxLength", count(node.max_length), false),
            ("minItems", count(node.min_items), "maxItems", count(node.max_items), false),
            ("minProperties", count(least_of(true)), "maxProperties", count(least_of(false)), false),
            ("minimum", node.minimum, "maximum", node.maximum, false),
            ("exclusiveMinimum", node.exclusive_minimum, "maximum", node.maximum, true),
            ("minimum", node.minimum, "exclusiveMaximum", node.exclusive_maximum, true),
            ("exclusiveMinimum", node.exclusive_minimum, "exclusiveMaximum", node.exclusive_maximum, true),
        ];
        for (low, least, high, most, open) in pairs {
            let (Some(least), Some(most)) = (least, most) else { continue };
            let (Some(first), Some(second)) = (object.get(low), object.get(high)) else { continue };
            if least > most || (open && least >= most) {
                self.diagnostics.push(
                    Diagnostic::new(&code::SCHEMA, format!("nothing lies between `{low}` and `{high}`"))
                        .label(first.label(), "no value is at or above this")
                        .label(second.label(), "and at or below this")
                        .help("exchange them, or correct one of them"),
                );
            }
        }
    }

    /// A keyword that is none: a misspelt one asserts nothing, and nobody notices.
    fn unknown(&mut self, key: Node<'a>, name: &str) {
        let keywords = READ.into_iter().filter(|keyword| !keyword.starts_with("x-"));
        let help = (!name.starts_with("x-")).then(|| did_you_mean(name, keywords)).flatten();
        if let Some(help) = help {
            self.diagnostics.push(
                Diagnostic::new(&code::ANNOTATION_TYPO, format!("`{name}` is not a keyword of JSON Schema"))
                    .label(key.span(), "has no effect")
                    .help(help),
            );
        }
    }

    fn schemas_of(&mut self, keyword: &str, value: Node<'a>) -> Vec<SchemaId> {
        if value.kind() != NodeKind::Array || value.elements().next().is_none() {
            self.wrong(value, &format!("`{keyword}` is a list of schemas"), "");
        }
        value.elements().map(|schema| self.schema(schema, None)).collect::<Vec<_>>()
    }

    fn dependencies(&mut self, keyword: &str, value: Node<'a>, node: &mut SchemaNode) {
        if value.kind() != NodeKind::Object {
            self.wrong(value, &format!("`{keyword}` is an object"), "");
        }
        for (key, needs) in value.properties() {
            let Some(name) = key.text() else { continue };
            if keyword != "dependentSchemas" && needs.kind() == NodeKind::Array {
                let names =
                    needs.elements().filter_map(|name| Some(name.text()?.into_owned())).collect::<Vec<_>>();
                node.more().dependent_required.push((name.into_owned(), names));
            } else if keyword == "dependentRequired" {
                self.wrong(needs, "`dependentRequired` has a list of property names for each name", "");
            } else {
                let schema = self.schema(needs, None);
                node.more().dependent_schemas.push((name.into_owned(), schema));
            }
        }
    }

    fn pattern(&mut self, value: Node<'a>) -> Option<Pattern> {
        match value.text().map(|source| Pattern::new(&source)) {
            Some(Ok(pattern)) => return Some(pattern),
            Some(Err(Refused::Wrong(error))) => {
                self.wrong(value, &format!("this pattern is no regular expression: {error}"), "");
            }
            Some(Err(Refused::NeedsEngine)) => self.unsupported(
                value,
                "this regular expression",
                "switch on the feature `regex` of quest-build, or write the pattern as `^`, characters, classes and \
                 repetitions, `$`",
            ),
            None => self.wrong(value, "`pattern` is a regular expression, a string", ""),
        }
        None
    }

    fn types(&mut self, value: Node<'a>) -> Types {
        let mut types = Types::NONE;
        let names: Vec<Node<'a>> =
            if value.kind() == NodeKind::Array { value.elements().collect::<Vec<_>>() } else { vec![value] };
        for name in names {
            match name.text().map(|text| (Types::named(&text), text)) {
                Some((Some(one), _)) => types = types.union(one),
                Some((None, text)) => {
                    let diagnostic = Diagnostic::new(&code::SCHEMA, format!("JSON has no type `{text}`"))
                        .label(name.span(), "");
                    self.diagnostics.push(match did_you_mean(&text, Types::names()) {
                        Some(help) => diagnostic.help(help),
                        None => diagnostic.help(format!(
                            "the types are {}",
                            list(&Types::names().collect::<Vec<_>>(), "and")
                        )),
                    });
                }
                None => self.wrong(name, "`type` is a name such as `\"string\"`, or a list of names", ""),
            }
        }
        if types == Types::NONE { Types::ANY } else { types }
    }

    fn count(&mut self, keyword: &str, value: Node<'a>) -> Option<u64> {
        let count = value.integer().and_then(|count| u64::try_from(count).ok());
        if count.is_none() {
            self.wrong(value, &format!("`{keyword}` is a whole number from 0 up"), "");
        }
        count
    }

    fn bound(&mut self, keyword: &str, value: Node<'a>) -> Option<f64> {
        let bound = value.number().filter(|bound| bound.is_finite());
        if bound.is_none() {
            self.wrong(value, &format!("`{keyword}` is a number"), "");
        }
        bound
    }
}

/// The types of values that a keyword is about.
fn about(keyword: &str) -> Option<(Types, &'static str)> {
    Some(match keyword {
        "minLength" | "maxLength" | "pattern" => (Types::STRING, "text"),
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => {
            (Types::NUMBER, "numbers")
        }
        "items" | "prefixItems" | "additionalItems" | "contains" | "minContains" | "maxContains"
        | "minItems" | "maxItems" | "uniqueItems" | "unevaluatedItems" => (Types::ARRAY, "lists"),
        "properties"
        | "required"
        | "additionalProperties"
        | "patternProperties"
        | "propertyNames"
        | "minProperties"
        | "maxProperties"
        | "dependencies"
        | "dependentRequired"
        | "dependentSchemas"
        | "unevaluatedProperties" => (Types::OBJECT, "objects"),
        _ => return None,
    })
}

/// `enum` and `const` of one schema both count.
fn narrow(node: &mut SchemaNode, values: Vec<Literal>) {
    node.values = Some(match node.values.take() {
        Some(known) => known.into_iter().filter(|value| values.contains(value)).collect::<Vec<_>>(),
        None => values,
    });
}

fn exclusive(object: Node<'_>, keyword: &str) -> bool {
    object.get(keyword).and_then(Node::boolean) == Some(true)
}
