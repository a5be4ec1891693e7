//! The enums of the schema.

use super::docs::{code, describe, doc};
use super::template::{fill, lines};
use crate::schema::{Enum, Variant};

const ENUM: &str = r#"
$docs
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum $name {
    $variants
}

impl $name {
    /// Every value, in the order of the schema.
    pub const ALL: &'static [$name] = &[
        $all
    ];

    /// The value as the content spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            $spellings
        }
    }

    fn from_variant(variant: u8) -> Self {
        match variant {
            $numbers
            _ => __rt::broken(),
        }
    }
}

impl core::fmt::Display for $name {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl __rt::Element for $name {
    type Row = __rt::Row<1>;

    fn read(row: &'static __rt::Row<1>, _: &'static str) -> Self {
        Self::from_variant(row.u8(0))
    }
}
"#;

/// An enum of the schema.
pub(super) fn enumeration(item: &Enum, name: &str, names: &[String]) -> String {
    let documented = |(variant, name): (&Variant, &String)| {
        let text = match &variant.description {
            Some(description) => format!("{}: {description}", code(&variant.json)),
            None => code(&variant.json),
        };
        format!("{}{},", doc(1, &text), name)
    };
    let named = || names.iter().zip(&item.variants);
    fill(
        ENUM,
        &[
            ("docs", &describe_enum(item)),
            ("name", name),
            ("variants", &lines(item.variants.iter().zip(names).map(documented))),
            ("all", &lines(names.iter().map(|variant| format!("{name}::{variant},")))),
            (
                "spellings",
                &lines(named().map(|(name, variant)| format!("Self::{name} => {:?},", variant.json))),
            ),
            ("numbers", &lines(names.iter().enumerate().map(|(at, name)| format!("{at} => Self::{name},")))),
        ],
    )
}

fn describe_enum(item: &Enum) -> String {
    describe(0, item.description.as_deref(), "One of a fixed set of values.", item.source.as_deref())
}
