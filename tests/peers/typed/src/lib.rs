//! The types that questc's feature `authoring` makes of the schema, by typify.

#![allow(clippy::all, rust_2018_idioms, missing_docs, reason = "generated")]

include!(concat!(env!("OUT_DIR"), "/types.rs"));
