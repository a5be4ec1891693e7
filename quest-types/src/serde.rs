//! Ids in formats of serde: as their paths, so that saved data outlives new content.

use core::fmt;
use core::marker::PhantomData;

use ::serde::de::{Deserializer, Error as _, Visitor};
use ::serde::ser::{Error as _, Serializer};

use crate::Id;

/// Writes the path that `Display` prints.
///
/// # Errors
///
/// Those of the serialiser, and that no content is loaded, so that the id has no path.
pub fn serialize_id<I: Id, S: Serializer>(id: I, serializer: S) -> Result<S::Ok, S::Error> {
    if id.row() as usize >= I::all().len() {
        return Err(S::Error::custom(format_args!("an id of the kind `{}` is not loaded", I::KIND)));
    }
    serializer.collect_str(&id)
}

/// Reads a path, also one that the id had before `[renames]` in the manifest gave it another.
///
/// # Errors
///
/// Those of the deserialiser, and that no id has the path.
pub fn deserialize_id<'de, I: Id, D: Deserializer<'de>>(deserializer: D) -> Result<I, D::Error> {
    struct Path<I>(PhantomData<I>);

    impl<I: Id> Visitor<'_> for Path<I> {
        type Value = I;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "an id of the kind `{}`", I::KIND)
        }

        fn visit_str<E: ::serde::de::Error>(self, path: &str) -> Result<I, E> {
            I::parse_saved(path).ok_or_else(|| E::invalid_value(::serde::de::Unexpected::Str(path), &self))
        }
    }

    deserializer.deserialize_str(Path(PhantomData)).map_err(D::Error::custom)
}
