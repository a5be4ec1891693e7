//! The fingerprint of a layout: tables can be read by code that was generated with the same one.
//!
//! What decides how bytes are read, and the names that the schema gives to it, are written in a fixed encoding and hashed. Names of our own types, and the order in which something is
//! declared here, have no influence, so that versions of the compiler agree. Structures are taken apart field by field: whoever adds a
//! field decides whether it changes how tables are read.

use super::layout::{CellKind, CellLayout, Layout, ProgramSections};
use crate::narrow::narrow_u32;
use crate::schema::{
    About, Enum, IdKind, Journal, KindId, Listed, Literal, Mapping, Model, RecordId, Shape, Subject, Target,
    Union,
};
use quest_format as format;

/// The fingerprint of a layout of a model.
pub(super) fn fingerprint(model: &Model, layout: &Layout) -> u64 {
    format::hash(&encoding(model, layout), u64::from(format::FORMAT))
}

/// Everything that the meaning of the bytes of tables depends on.
fn encoding(model: &Model, layout: &Layout) -> Vec<u8> {
    let mut encoder = Encoder::default();
    encoder.list(model.records.iter().zip(&layout.records), |encoder, (record, layout)| {
        encoder.text(&record.name);
        encoder.number(layout.size);
        encoder.list(record.fields.iter().zip(&layout.cells), |encoder, (field, cell)| {
            encoder.text(&field.json);
            encoder.shape(&field.shape);
            encoder.cell(cell);
        });
    });
    encoder.list(&model.enums, Encoder::enumeration);
    encoder.list(&model.unions, Encoder::union);
    encoder.list(&model.targets, Encoder::target);
    encoder.list(&model.kinds, Encoder::kind);
    encoder.option(model.journal.as_ref().zip(layout.program.as_ref()), |encoder, (journal, sections)| {
        encoder.journal(journal);
        encoder.program(sections);
    });
    encoder.bytes
}

/// Writes numbers as four bytes, little-endian; texts and lists with their length in front; a choice as a number and what belongs to
/// it. So no two different values have the same encoding.
#[derive(Default)]
struct Encoder {
    bytes: Vec<u8>,
}

impl Encoder {
    fn number(&mut self, number: u32) {
        self.bytes.extend(number.to_le_bytes());
    }

    fn flag(&mut self, flag: bool) {
        self.number(u32::from(flag));
    }

    fn text(&mut self, text: &str) {
        self.number(narrow_u32(text.len()));
        self.bytes.extend(text.as_bytes());
    }

    fn list<T>(&mut self, items: impl IntoIterator<Item = T>, mut item: impl FnMut(&mut Self, T)) {
        let length_at = self.bytes.len();
        self.number(0);
        let mut length = 0_u32;
        for one in items {
            item(self, one);
            length += 1;
        }
        self.bytes[length_at..length_at + 4].copy_from_slice(&length.to_le_bytes());
    }

    fn option<T>(&mut self, value: Option<T>, some: impl FnMut(&mut Self, T)) {
        self.list(value, some);
    }

    fn bit(&mut self, bit: Option<(u32, u8)>) {
        self.option(bit, |encoder, (byte, bit)| {
            encoder.number(byte);
            encoder.number(u32::from(bit));
        });
    }

    fn kinds(&mut self, kinds: &[KindId]) {
        self.list(kinds, |encoder, kind| encoder.number(kind.0));
    }

    fn literal(&mut self, literal: &Literal) {
        // Its JSON text: a string has quotes, so that it differs from a number.
        self.text(&literal.show());
    }

    /// What generated code makes of a cell; its place and size are those of the cell.
    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Boolean => self.number(0),
            // The bounds decide the cell, and nothing else is read differently because of them.
            Shape::Integer { min: _, max: _ } => self.number(1),
            Shape::Number => self.number(2),
            Shape::Text => self.number(3),
            Shape::Enum(id) => self.choice(4, id.0),
            Shape::Record(id) => self.choice(5, id.0),
            Shape::Key(kind) => self.choice(6, kind.0),
            Shape::Link(spec) => {
                self.number(7);
                self.kinds(&spec.kinds);
                self.flag(spec.tolerated);
            }
            Shape::Target(id) => self.choice(8, id.0),
            // Every value says its own type.
            Shape::Scalar(_) => self.number(9),
            Shape::Json => self.number(10),
            Shape::List(element) => {
                self.number(11);
                self.shape(element);
            }
            Shape::Union(id) => self.choice(12, id.0),
            Shape::Map(id) => self.choice(13, id.0),
        }
    }

    fn choice(&mut self, number: u32, which: u32) {
        self.number(number);
        self.number(which);
    }

    fn cell(&mut self, layout: &CellLayout) {
        let CellLayout { cell, at, present, long } = layout;
        match cell {
            CellKind::OwnId => self.number(0),
            CellKind::Flag(bit) => self.choice(1, u32::from(*bit)),
            CellKind::Integer { bytes, signed } => {
                self.choice(2, u32::from(*bytes));
                self.flag(*signed);
            }
            CellKind::Wide { signed } => self.choice(3, u32::from(*signed)),
            CellKind::Float => self.number(4),
            CellKind::Variant => self.number(5),
            CellKind::Text => self.number(6),
            CellKind::One => self.number(7),
            CellKind::Many => self.number(8),
            CellKind::Pick => self.number(9),
            CellKind::Picks => self.number(10),
            CellKind::Link(kind) => self.choice(11, kind.0),
            CellKind::Target => self.number(12),
            CellKind::Value => self.number(13),
            CellKind::Texts => self.number(14),
            CellKind::Ids(kind) => self.choice(15, kind.0),
            CellKind::Targets => self.number(16),
            CellKind::Values => self.number(17),
            CellKind::Variants => self.number(18),
        }
        self.number(*at);
        self.bit(*present);
        self.bit(*long);
    }

    fn enumeration(&mut self, item: &Enum) {
        self.text(&item.name);
        self.list(&item.variants, |encoder, variant| encoder.text(&variant.json));
    }

    fn union(&mut self, union: &Union) {
        self.text(&union.tag);
        self.list(&union.variants, |encoder, (values, record)| {
            encoder.list(values, Self::literal);
            encoder.number(record.0);
        });
    }

    fn target(&mut self, target: &Target) {
        self.list(target.mappings.iter().zip(&target.kinds), |encoder, ((value, mapping), kinds)| {
            encoder.text(value);
            encoder.number(match mapping {
                Mapping::Kinds(_) => 0,
                Mapping::Text => 1,
                Mapping::Nothing => 2,
            });
            encoder.kinds(kinds);
        });
        self.kinds(&target.all);
        for flag in [target.required, target.tolerated, target.many, target.optional] {
            self.flag(flag);
        }
    }

    fn kind(&mut self, kind: &IdKind) {
        self.text(&kind.path);
        self.option(kind.parent, |encoder, parent| encoder.number(parent.0));
        self.records(kind.records.iter().copied());
        self.text(&kind.prefix);
        self.flag(kind.one_to_one());
    }

    fn records(&mut self, records: impl IntoIterator<Item = RecordId>) {
        self.list(records, |encoder, record| encoder.number(record.0));
    }

    /// Paths of a journal were followed when the program was made; what reads the program does not know them.
    fn journal(&mut self, journal: &Journal) {
        let Journal {
            flow: _,
            requires: _,
            quest,
            stage,
            objective,
            stage_record,
            objective_record,
            branch,
            repeatable: _,
            hidden: _,
            limit: _,
            actions,
            skippable: _,
            event,
            count: _,
            place: _,
            place_kind,
            conditions: _,
            branch_on: _,
            prerequisites: _,
            rewards,
            failures,
            consequences,
            changes: _,
            kinds,
            subjects,
            names: _,
        } = journal;
        self.kinds(&[*quest, *stage, *objective]);
        self.records([*stage_record, *objective_record]);
        self.option(*branch, |encoder, (kind, record)| encoder.choice(kind.0, record.0));
        self.option(*place_kind, |encoder, kind| encoder.number(kind.0));
        let record = |listed: &Listed| listed.record;
        for listed in [
            actions.as_ref(),
            rewards.as_ref().map(|(listed, _)| listed),
            failures.as_ref().map(|(listed, _)| listed),
            consequences.as_ref().map(|(listed, _)| listed),
        ] {
            self.records(listed.map(record));
        }
        self.about(event);
        self.option(failures.as_ref(), |encoder, (_, about)| encoder.about(about));
        self.kinds(kinds);
        self.list(subjects, Self::subject);
    }

    /// The events of a game are numbered by the values of the property that says what happens.
    fn about(&mut self, about: &About) {
        self.number(about.target.0);
        self.option(about.time, |encoder, time| encoder.number(narrow_u32(time)));
    }

    fn subject(&mut self, subject: &Subject) {
        match subject {
            Subject::Kind(kind) => self.choice(0, kind.0),
            Subject::Sort { name, text } => {
                self.number(1);
                self.text(name);
                self.flag(*text);
            }
        }
    }

    fn program(&mut self, sections: &ProgramSections) {
        let ProgramSections { first, long, ids, branches, names } = sections;
        for section in [first, long].into_iter().chain(ids) {
            self.number(u32::from(*section));
        }
        self.option(*branches, |encoder, section| encoder.number(u32::from(section)));
        self.list(names, |encoder, name| {
            encoder.option(*name, |encoder, column| {
                encoder.number(u32::from(column.section));
                encoder.number(column.size);
                encoder.number(column.at);
            });
        });
    }
}

#[cfg(test)]
mod tests {
    use super::encoding;
    use crate::lower::Layout;
    use crate::testing::with_checked;

    const SCHEMA: &str = r#"{
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": { "ores": { "type": "array", "items": {
            "title": "Ore",
            "type": "object",
            "properties": {
                "id": { "type": "string", "x-key": "ore" },
                "weight": { "type": "integer", "minimum": 0, "maximum": 90 },
                "colour": { "enum": ["red", "grey"] },
                "found": { "type": "string", "x-ref": "mine" }
            },
            "required": ["id", "weight", "colour"],
            "additionalProperties": false
        } } },
        "required": ["ores"]
    }"#;
    const CONTENT: &str = r#"{ "ores": [{ "id": "tin", "weight": 9, "colour": "grey" }] }"#;

    fn encoded(schema: &str) -> (Vec<u8>, u64) {
        let mut encoded = None;
        with_checked(schema, CONTENT, |checked| {
            let layout = Layout::new(&checked.typed.model);
            encoded = Some((encoding(&checked.typed.model, &layout), layout.fingerprint));
        });
        encoded.expect("the content is valid")
    }

    /// If this fails, packs that the last version made are refused by games of this one. Only a change of what is encoded may do that.
    #[test]
    fn the_encoding_is_fixed() {
        let (bytes, fingerprint) = encoded(SCHEMA);
        let text = |text: &str| [&(text.len() as u32).to_le_bytes()[..], text.as_bytes()].concat();
        let numbers = |numbers: &[u32]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        let parts: Vec<Vec<u8>> = vec![
            // Two records; the first is the document, with a list of the second.
            numbers(&[2]),
            text("game"),
            numbers(&[4, 1]),
            text("ores"),
            numbers(&[11, 5, 1, 8, 0, 0, 0]),
            text("ore"),
            numbers(&[10, 4]),
            text("id"),
            numbers(&[6, 0, 0, 0, 0, 0]),
            text("weight"),
            numbers(&[1, 2, 1, 0, 4, 0, 0]),
            text("colour"),
            numbers(&[4, 0, 5, 5, 0, 0]),
            text("found"),
            numbers(&[7, 1, 1, 0, 11, 1, 6, 0, 0]),
            // One enum, no unions, no targets.
            numbers(&[1]),
            text("ore colour"),
            numbers(&[2]),
            text("red"),
            text("grey"),
            numbers(&[0, 0]),
            // Two kinds, and no journal.
            numbers(&[2]),
            text("ore"),
            numbers(&[0, 1, 1, 0, 1]),
            text("mine"),
            numbers(&[0, 0, 0, 1]),
            numbers(&[0]),
        ];
        assert_eq!(bytes, parts.concat());
        assert_eq!(fingerprint, quest_format::hash(&bytes, u64::from(quest_format::FORMAT)));
    }

    #[test]
    fn what_is_read_differently_has_another_fingerprint() {
        let before = encoded(SCHEMA).1;
        for (from, to) in [
            (r#""red", "grey""#, r#""grey", "red""#),
            (r#""maximum": 90"#, r#""maximum": 900"#),
            (r#""minimum": 0"#, r#""minimum": -1"#),
            (r#""required": ["id", "weight", "colour"]"#, r#""required": ["id", "colour"]"#),
            (r#""x-ref": "mine""#, r#""x-ref": "ore""#),
            (r#""x-ref": "mine""#, r#""x-ref": "quarry""#),
            (r#""found": { "type": "string", "x-ref": "mine" }"#, r#""found": { "type": "string" }"#),
        ] {
            let changed = SCHEMA.replacen(from, to, 1);
            assert_ne!(changed, SCHEMA, "{from}");
            assert_ne!(encoded(&changed).1, before, "{from} -> {to}");
        }
    }

    #[test]
    fn what_is_read_alike_has_the_same_fingerprint() {
        let before = encoded(SCHEMA).1;
        for (from, to) in [
            (r#""maximum": 90"#, r#""maximum": 91"#),
            (r#""title": "Ore","#, r#""title": "Ore", "description": "Out of a mountain.","#),
            (r#""enum": ["red", "grey"] }"#, r#""enum": ["red", "grey"], "default": "red" }"#),
        ] {
            let changed = SCHEMA.replacen(from, to, 1);
            assert_ne!(changed, SCHEMA, "{from}");
            assert_eq!(encoded(&changed).1, before, "{from} -> {to}");
        }
    }
}
