//! The keywords of one schema object. Every one is read, known to be without effect, or rejected with its location.

use super::dialect::{Dialect, READ, SILENT};
use super::load::Loader;
use super::node::{Additional, Items, Property, SchemaNode};
use super::pattern::{Pattern, PatternError};
use crate::diagnostics::{Diagnostic, code, did_you_mean, list};
use crate::schema::annotations::{group, misspelled_keyword};
use crate::schema::ids::SchemaId;
use crate::schema::value::{Literal, Types, common_literals};
use crate::source::{Node, NodeKind, Number};
use std::collections::{HashMap, HashSet};

/// A keyword with its value, and the schema object that contains both.
struct Keyword<'n, 'a> {
    name: &'n str,
    key: Node<'a>,
    value: Node<'a>,
    object: Node<'a>,
    dialect: Dialect,
}

impl<'a> Loader<'_, 'a, '_> {
    /// Reads all keywords of a schema object into its node.
    pub(super) fn read_keywords(&mut self, object: Node<'a>, node: &mut SchemaNode) {
        let dialect = self.dialect(object);
        for (key, value) in object.properties() {
            let Some(name) = key.text() else { continue };
            let keyword = Keyword { name: &name, key, value, object, dialect };
            let known = self.read_any_type(&keyword, node)
                || self.read_number(&keyword, node)
                || self.read_array(&keyword, node)
                || self.read_object(&keyword, node)
                || self.read_combination(&keyword, node)
                || self.read_reference(&keyword, node)
                || self.read_extension(&keyword, node)
                || SILENT.contains(&&*name);
            if !known {
                self.check_unknown(key, &name);
            }
        }
        self.check_types(object, node);
        self.check_bounds(object, node);
        if let Some(required) = object.get("required") {
            self.read_required(required, node);
        }
    }

    /// Keywords about any value, and about strings. Like its siblings, returns whether the keyword is one of them.
    fn read_any_type(&mut self, keyword: &Keyword<'_, 'a>, node: &mut SchemaNode) -> bool {
        let Keyword { name, value, .. } = *keyword;
        match name {
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
            "minLength" => node.min_length = self.count(name, value),
            "maxLength" => node.max_length = self.count(name, value),
            "pattern" => node.pattern = self.pattern(value),
            _ => return false,
        }
        true
    }

    fn read_number(&mut self, keyword: &Keyword<'_, 'a>, node: &mut SchemaNode) -> bool {
        let Keyword { name, value, object, dialect, .. } = *keyword;
        match name {
            "exclusiveMinimum" | "exclusiveMaximum"
                if dialect == Dialect::Draft4 && value.boolean().is_some() => {}
            // In draft-04, `exclusiveMinimum` is a flag that changes `minimum`.
            "minimum" if !is_exclusive(object, "exclusiveMinimum") => node.minimum = self.bound(name, value),
            "maximum" if !is_exclusive(object, "exclusiveMaximum") => node.maximum = self.bound(name, value),
            "minimum" | "exclusiveMinimum" => node.exclusive_minimum = self.bound(name, value),
            "maximum" | "exclusiveMaximum" => node.exclusive_maximum = self.bound(name, value),
            "multipleOf" => match self.bound(name, value) {
                Some(step) if step.float() > 0.0 => node.more().multiple_of = Some(step),
                Some(_) => self.wrong(value, "`multipleOf` is a number above 0", ""),
                None => {}
            },
            _ => return false,
        }
        true
    }

    fn read_array(&mut self, keyword: &Keyword<'_, 'a>, node: &mut SchemaNode) -> bool {
        let Keyword { name, value, .. } = *keyword;
        match name {
            "minItems" => node.min_items = self.count(name, value),
            "maxItems" => node.max_items = self.count(name, value),
            "minContains" => node.more().min_contains = self.count(name, value),
            "maxContains" => node.more().max_contains = self.count(name, value),
            "uniqueItems" => match value.boolean() {
                Some(unique) => node.more().unique = unique,
                None => self.wrong(value, "`uniqueItems` is `true` or `false`", ""),
            },
            "items" => self.read_items(keyword, node),
            "prefixItems" => node.more().prefix = self.schemas_of(name, value),
            // Has an effect only beside a list of `items`, and is read with it.
            "additionalItems" => {}
            "contains" => node.more().contains = Some(self.schema(value, None)),
            "unevaluatedItems" => node.more().unevaluated_items = Some(self.schema(value, None)),
            _ => return false,
        }
        true
    }

    /// `items`: one schema, or up to draft 2019-09 a list of schemas for the first elements.
    fn read_items(&mut self, keyword: &Keyword<'_, 'a>, node: &mut SchemaNode) {
        let Keyword { value, object, dialect, .. } = *keyword;
        if value.kind() != NodeKind::Array {
            node.items = Items::Each(self.schema_use(value));
        } else if dialect >= Dialect::Draft2020 {
            self.wrong(
                value,
                "`items` is one schema for all elements in this draft",
                "write `prefixItems` for a list of schemas and `items` for the elements behind them, or name the draft that this follows in `$schema`",
            );
        } else {
            node.more().prefix = value.elements().map(|schema| self.schema(schema, None)).collect();
            if let Some(rest) = object.get("additionalItems") {
                node.items = Items::Each(self.schema_use(rest));
            }
        }
    }

    fn read_object(&mut self, keyword: &Keyword<'_, 'a>, node: &mut SchemaNode) -> bool {
        let Keyword { name, value, .. } = *keyword;
        match name {
            "properties" => self.read_properties(value, node),
            // Read when all properties are known.
            "required" => {}
            "additionalProperties" => self.read_additional_properties(value, node),
            "patternProperties" => self.read_pattern_properties(value, node),
            "propertyNames" => {
                let names = self.schema_use(value);
                node.more().property_names = Some(names);
            }
            "minProperties" => node.more().min_properties = self.count(name, value),
            "maxProperties" => node.more().max_properties = self.count(name, value),
            "dependencies" | "dependentRequired" | "dependentSchemas" => {
                self.read_dependencies(name, value, node);
            }
            "unevaluatedProperties" => {
                node.more().unevaluated_properties = Some(self.schema(value, None));
            }
            _ => return false,
        }
        true
    }

    fn read_properties(&mut self, value: Node<'a>, node: &mut SchemaNode) {
        if value.kind() != NodeKind::Object {
            self.wrong(value, "`properties` is an object: a schema for each name", "");
            return;
        }
        let mut known = HashSet::new();
        for (key, schema) in value.properties() {
            let Some(name) = key.text() else { continue };
            let property = self.schema_use(schema);
            // A second property of the same name has been reported when the file was read.
            if !known.insert(name.clone()) {
                continue;
            }
            node.properties.push(Property {
                name: name.into_owned().into(),
                span: key.span(),
                schema: property.schema,
                required: false,
                annotations: property.annotations,
            });
        }
    }

    fn read_required(&mut self, value: Node<'a>, node: &mut SchemaNode) {
        // In draft-03, `required` was a flag on the property; it has had no effect since.
        if value.kind() != NodeKind::Array || value.elements().any(|name| !name.is_text()) {
            let help = "write `\"required\": [\"id\"]`";
            self.wrong(value, "`required` is a list of property names", help);
        }
        let indices: HashMap<String, usize> = node
            .properties
            .iter()
            .enumerate()
            .map(|(index, property)| (property.name.to_string(), index))
            .collect();
        for element in value.elements() {
            let Some(name) = element.text() else { continue };
            if let Some(index) = indices.get(&*name) {
                node.properties[*index].required = true;
                continue;
            }
            if matches!(node.additional, Additional::Nothing) {
                self.check_required_name(element, &name, node);
            }
            node.more().required.push(name.into_owned().into());
        }
    }

    /// Reports a required name that looks like a misspelled property.
    fn check_required_name(&mut self, element: Node<'a>, name: &str, node: &SchemaNode) {
        let properties = node.properties.iter().map(|property| property.name.as_str());
        let Some(help) = did_you_mean(name, properties) else { return };
        let title = format!("`required` names `{name}`, which is not among the properties");
        self.diagnostics.push(
            Diagnostic::new(&code::SCHEMA, title)
                .label(element.span(), "no schema says what it is")
                .help(help),
        );
    }

    fn read_additional_properties(&mut self, value: Node<'a>, node: &mut SchemaNode) {
        node.additional = match value.kind() {
            NodeKind::True => {
                node.more().evaluates_all = true;
                Additional::Anything
            }
            NodeKind::False => Additional::Nothing,
            _ => Additional::Schema(self.schema_use(value)),
        };
    }

    fn read_pattern_properties(&mut self, value: Node<'a>, node: &mut SchemaNode) {
        if value.kind() != NodeKind::Object {
            self.wrong(value, "`patternProperties` is an object: a schema for each pattern", "");
            return;
        }
        for (key, schema) in value.properties() {
            let values = self.schema_use(schema);
            if let Some(pattern) = self.pattern(key) {
                node.more().pattern_properties.push((pattern, values));
            }
        }
    }

    fn read_dependencies(&mut self, keyword: &str, value: Node<'a>, node: &mut SchemaNode) {
        if value.kind() != NodeKind::Object {
            self.wrong(value, &format!("`{keyword}` is an object"), "");
        }
        for (key, needs) in value.properties() {
            let Some(name) = key.text() else { continue };
            if keyword != "dependentSchemas" && needs.kind() == NodeKind::Array {
                let names = needs.elements().filter_map(|name| Some(name.text()?.into_owned())).collect();
                node.more().dependent_required.push((name.into_owned(), names));
            } else if keyword == "dependentRequired" {
                self.wrong(needs, "`dependentRequired` has a list of property names for each name", "");
            } else {
                let schema = self.schema(needs, None);
                node.more().dependent_schemas.push((name.into_owned(), schema));
            }
        }
    }

    fn read_combination(&mut self, keyword: &Keyword<'_, 'a>, node: &mut SchemaNode) -> bool {
        let Keyword { name, value, object, .. } = *keyword;
        match name {
            "allOf" => node.more().all_of.extend(self.schemas_of(name, value)),
            "anyOf" => node.more().any_of = self.schemas_of(name, value),
            "oneOf" => node.more().one_of = self.schemas_of(name, value),
            "not" => node.more().not = Some(self.schema(value, None)),
            "if" => node.more().condition = Some(self.schema(value, None)),
            // Without `if`, the two assert nothing.
            "then" | "else" if object.get("if").is_none() => {}
            "then" => node.more().then = Some(self.schema(value, None)),
            "else" => node.more().else_ = Some(self.schema(value, None)),
            _ => return false,
        }
        true
    }

    fn read_reference(&mut self, keyword: &Keyword<'_, 'a>, node: &mut SchemaNode) -> bool {
        let Keyword { name, key, value, object, .. } = *keyword;
        match name {
            // A `$ref` that is alone never gets here: it is the schema that it means.
            "$ref" => {
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
            _ => return false,
        }
        true
    }

    /// Keywords of questc that assert something.
    fn read_extension(&mut self, keyword: &Keyword<'_, 'a>, node: &mut SchemaNode) -> bool {
        let Keyword { name, key, value, .. } = *keyword;
        match name {
            "x-max-bytes" => {
                node.more().max_bytes = self.count(name, value);
                node.more().max_bytes_span = Some(key.span());
            }
            "x-equals" => match value.text() {
                Some(sibling) => {
                    node.more().equals = Some(sibling.into_owned());
                    node.more().equals_span = Some(value.span());
                }
                None => self.wrong(value, "`x-equals` is the name of a sibling property, or `{key}`", ""),
            },
            "x-group" => node.more().group = group(value, self.diagnostics),
            "x-rules" => node.more().rules = self.rules(value),
            _ => return false,
        }
        true
    }

    /// Reports keywords about values of types that the schema excludes.
    fn check_types(&mut self, object: Node<'a>, node: &SchemaNode) {
        if object.get("type").is_none() {
            return;
        }
        for (key, value) in object.properties() {
            let name = key.text().unwrap_or_default();
            let is_draft3_flag = name == "required" && value.boolean().is_some();
            let Some((types, about)) = about(&name).filter(|_| !is_draft3_flag) else { continue };
            if !node.types.intersects(types) {
                self.diagnostics.push(
                    Diagnostic::new(&code::ANNOTATION_TYPO, format!("`{name}` has no effect here"))
                        .label(key.span(), format!("is about {about}, and this is {}", node.types.words()))
                        .help("remove it, or correct the `type`"),
                );
            }
        }
    }

    /// Reports a lower and an upper bound that no value satisfies.
    fn check_bounds(&mut self, object: Node<'a>, node: &SchemaNode) {
        let count = |count: Option<u64>| count.map(Number::from);
        let more = node.more.as_deref();
        let min_properties = more.and_then(|more| more.min_properties);
        let max_properties = more.and_then(|more| more.max_properties);
        let pairs = [
            ("minLength", count(node.min_length), "maxLength", count(node.max_length), false),
            ("minItems", count(node.min_items), "maxItems", count(node.max_items), false),
            ("minProperties", count(min_properties), "maxProperties", count(max_properties), false),
            ("minimum", node.minimum, "maximum", node.maximum, false),
            ("exclusiveMinimum", node.exclusive_minimum, "maximum", node.maximum, true),
            ("minimum", node.minimum, "exclusiveMaximum", node.exclusive_maximum, true),
            ("exclusiveMinimum", node.exclusive_minimum, "exclusiveMaximum", node.exclusive_maximum, true),
        ];
        for (lower, min, upper, max, exclusive) in pairs {
            let (Some(min), Some(max)) = (min, max) else { continue };
            let (Some(first), Some(second)) = (object.get(lower), object.get(upper)) else { continue };
            if min > max || (exclusive && min >= max) {
                self.diagnostics.push(
                    Diagnostic::new(&code::SCHEMA, format!("nothing lies between `{lower}` and `{upper}`"))
                        .label(first.label(), "no value is at or above this")
                        .label(second.label(), "and at or below this")
                        .help("exchange them, or correct one of them"),
                );
            }
        }
    }

    /// Reports a misspelled keyword, which would assert nothing without anyone noticing.
    fn check_unknown(&mut self, key: Node<'a>, name: &str) {
        if name.starts_with("x-") || misspelled_keyword(name).is_some() {
            return;
        }
        let keywords = READ.into_iter().filter(|keyword| !keyword.starts_with("x-"));
        if let Some(help) = did_you_mean(name, keywords) {
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
        value.elements().map(|schema| self.schema(schema, None)).collect()
    }

    fn pattern(&mut self, value: Node<'a>) -> Option<Pattern> {
        match value.text().map(|source| Pattern::new(&source)) {
            Some(Ok(pattern)) => return Some(pattern),
            Some(Err(PatternError::Syntax(error))) => {
                self.wrong(value, &format!("this pattern is no regular expression: {error}"), "");
            }
            Some(Err(PatternError::Exponential)) => self.wrong(
                value,
                "this pattern can take endless time: it repeats something that repeats itself",
                "let every round of the outer repetition begin or end with a character that the inner one cannot read: \
                 `^[a-z]+(-[a-z]+)*$` instead of `^([a-z]+-?)*$`",
            ),
            Some(Err(PatternError::NeedsEngine)) => self.unsupported(
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
        let single = (value.kind() != NodeKind::Array).then_some(value);
        let mut types = Types::NONE;
        for element in single.into_iter().chain(value.elements()) {
            let Some(name) = element.text() else {
                self.wrong(element, "`type` is a name such as `\"string\"`, or a list of names", "");
                continue;
            };
            match Types::named(&name) {
                Some(named) => types = types.union(named),
                None => self.diagnostics.push(unknown_type(element, &name)),
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

    fn bound(&mut self, keyword: &str, value: Node<'a>) -> Option<Number> {
        let bound = value.exact().filter(|bound| bound.float().is_finite());
        if bound.is_none() {
            self.wrong(value, &format!("`{keyword}` is a number"), "");
        }
        bound
    }
}

fn unknown_type(node: Node<'_>, name: &str) -> Diagnostic {
    let help = did_you_mean(name, Types::names())
        .unwrap_or_else(|| format!("the types are {}", list(&Types::names().collect::<Vec<_>>(), "and")));
    Diagnostic::new(&code::SCHEMA, format!("JSON has no type `{name}`")).label(node.span(), "").help(help)
}

/// The types of the values that a keyword is about, and what messages call them.
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

/// Both `enum` and `const` apply where a schema has both.
fn narrow(node: &mut SchemaNode, values: Vec<Literal>) {
    node.values = Some(match node.values.take() {
        Some(known) => common_literals(known, &values),
        None => values,
    });
}

fn is_exclusive(object: Node<'_>, keyword: &str) -> bool {
    object.get(keyword).and_then(Node::boolean) == Some(true)
}
