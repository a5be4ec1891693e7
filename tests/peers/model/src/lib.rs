//! The generated quests as plain structs, for the peers whose format is ours.

#![allow(non_camel_case_types, reason = "values are named as in the schema")]

mod literal;
mod read;

pub use literal::Literal;
pub use read::read;

type Text = String;
type List<T> = Vec<T>;

macro_rules! record {
    ($name:ident { $($field:ident: $type:ty,)* }) => {
        #[doc = concat!("A ", stringify!($name), " of the schema.")]
        #[derive(Clone, Debug, Default, serde::Deserialize, serde::Serialize)]
        #[cfg_attr(feature = "rkyv", derive(rkyv::Archive, rkyv::Serialize))]
        #[serde(deny_unknown_fields, rename_all = "camelCase")]
        pub struct $name {
            $(#[serde(default)] pub $field: $type,)*
        }

        impl Literal for $name {
            fn literal(&self, out: &mut String) {
                out.push_str(concat!(stringify!($name), "{"));
                $(
                    out.push_str(concat!(stringify!($field), ":"));
                    self.$field.literal(out);
                    out.push(',');
                )*
                out.push('}');
            }
        }
    };
}

macro_rules! choice {
    ($name:ident { $first:ident $(, $more:ident)* }) => {
        #[doc = concat!("A ", stringify!($name), " of the schema.")]
        #[derive(Clone, Copy, Debug, Default, serde::Deserialize, serde::Serialize)]
        #[cfg_attr(feature = "rkyv", derive(rkyv::Archive, rkyv::Serialize))]
        pub enum $name { #[default] $first $(, $more)* }

        impl Literal for $name {
            fn literal(&self, out: &mut String) {
                out.push_str(match self {
                    Self::$first => concat!(stringify!($name), "::", stringify!($first)),
                    $(Self::$more => concat!(stringify!($name), "::", stringify!($more)),)*
                });
            }
        }
    };
}

include!("../../records.rs");
