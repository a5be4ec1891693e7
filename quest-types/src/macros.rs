//! The macros that generated code consists of, and `include_quests!`, which brings that code into a game.
//!
//! They keep generated code small enough to read, and they are where unsafe code can be without a game
//! having to allow it: the lint does not look into macros of other crates. What a macro expands to names
//! everything by its full path, because the schema decides which names exist around it. The module around
//! it has a function `tables() -> &'static Tables` with a field `text: &'static str` and the fields
//! that the macro is told.

/// Brings the compiled content into the crate: the module `quests`, the literals (`quest!` and one macro for
/// every other kind of key), and the messages of the build script, which become messages of the compiler.
///
/// Needs a build script that calls `quest_build::compile`. Write it once, anywhere in the root module of the crate:
///
/// ```text
/// quest_types::include_quests!();
/// ```
///
/// The macros and `derive(Stages)` are items of the root module. There they need no import; every other module, before or
/// after, imports them (`use crate::quest;`) or names them by their path (`crate::quest!("iron-path")`). Another crate
/// does the same with the name of this one: `use game_content::quest;`. It takes the derive from this crate: `use
/// quest_types::Stages;`.
///
/// Content that the build script compiled under a name (`quest_build::Config::name`) is included by this name, and has its module
/// and its macros there, since each content has a `quest!` of its own:
///
/// ```text
/// quest_types::include_quests!(winter);     // `winter::QuestId`, `winter::quest!("first-snow")`
/// ```
#[cfg(feature = "macros")]
#[macro_export]
#[allow(clippy::crate_in_macro_def, reason = "the crate with the content is meant, not this one")]
macro_rules! include_quests {
    () => {
        /// The quest content of this game, compiled by `quest-build`.
        // A game need not use all of its content's types, and the schema chooses their names: `new`, `next`, `is_open`.
        #[allow(dead_code, unreachable_pub, nonstandard_style)]
        #[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
        pub mod quests {
            #[doc(hidden)]
            pub use $crate as __rt;
            // The name is the advice: rustc shows it where this macro is used in another module than the root.
            #[doc(hidden)]
            #[allow(unused_imports)]
            pub use crate::__include_quests_belongs_in_the_root_of_the_crate as __root;
            $crate::__private::include! {}
        }
        #[doc(hidden)]
        #[allow(unused_imports)]
        pub use quests::__definitions as __include_quests_belongs_in_the_root_of_the_crate;
        #[doc(inline)]
        #[allow(unused_imports)]
        pub use quests::__macros::*;
        // Not public: a public glob would make `use quest_types::Stages` in the same module a warning.
        #[allow(unused_imports)]
        use $crate::__stages::*;
        $crate::__private::report! {}
    };
    ($name:ident) => {
        $crate::__private::include_named! { $crate; $name }
    };
}

/// Asserts that generated code and this crate agree about all formats: `assert_format!(1);`
#[doc(hidden)]
#[macro_export]
macro_rules! assert_format {
    ($format:literal) => {
        const _: () = ::core::assert!(
            $format == $crate::format::FORMAT,
            "quest-build and quest-types are of different versions: update both"
        );
    };
}

/// A record type: `record! { /// Docs. pub struct Quest: 92; }`, where 92 is the size of its row in bytes.
/// Its row is `self.0`.
#[doc(hidden)]
#[macro_export]
macro_rules! record {
    ($(#[$attribute:meta])* $visibility:vis struct $record:ident: $size:literal;) => {
        $(#[$attribute])*
        #[repr(transparent)]
        $visibility struct $record($crate::Row<$size>);

        /// Whether both are the same object of the content.
        impl ::core::cmp::PartialEq for $record {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                ::core::ptr::eq(self, other)
            }
        }

        impl ::core::cmp::Eq for $record {}

        impl ::core::hash::Hash for $record {
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                // Not the address: what a hash depends on should be the same in every run.
                ::core::hash::Hash::hash(&self.0, state);
            }
        }

        // SAFETY: the struct above is `#[repr(transparent)]` over a `Row`.
        unsafe impl $crate::Record for $record {}
    };
}

/// An id that is unique in all content: `id! { /// Docs. pub struct QuestId: "quest", keys = quest_keys; }`,
/// where `quest_keys` is the field of type `Keys` in `tables()`. With `, renames = 0` its field `renames`, of type `Renames`,
/// knows former ids of this kind, by this number.
#[doc(hidden)]
#[macro_export]
macro_rules! id {
    (
        $(#[$attribute:meta])*
        $visibility:vis struct $id:ident: $kind:literal, keys = $keys:ident $(, renames = $renames:literal)?;
    ) => {
        $crate::__id! {
            [$(#[$attribute])*] $visibility $id $kind $keys
            {
                $(
                    fn parse_saved(path: &str) -> ::core::option::Option<Self> {
                        Self::parse(path)
                            .or_else(|| tables().renames.find(tables().text, $renames, path).map(Self))
                    }
                )?
            }
        }

        impl $id {
            /// Finds an id by its text.
            #[must_use]
            pub fn find(id: &str) -> ::core::option::Option<Self> {
                tables().$keys.find(tables().text, id).map(Self)
            }

            /// Finds an id by its full path; the same as [`find`](Self::find), as this kind has no parent.
            #[must_use]
            pub fn parse(path: &str) -> ::core::option::Option<Self> {
                Self::find(path)
            }
        }

        impl ::core::fmt::Display for $id {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

/// An id that is unique within its parent: `scoped_id! { /// Docs. pub struct StageId: "quest.stage", keys =
/// stage_keys, parent = QuestId, parent_fn = quest; }`, where `stage_keys` is the field of type `ScopedKeys`
/// in `tables()`.
#[doc(hidden)]
#[macro_export]
macro_rules! scoped_id {
    (
        $(#[$attribute:meta])*
        $visibility:vis struct $id:ident: $kind:literal, keys = $keys:ident, parent = $parent:ident,
        parent_fn = $parent_fn:ident $(, renames = $renames:literal)?;
    ) => {
        $crate::__id! {
            [$(#[$attribute])*] $visibility $id $kind $keys
            {
                fn parse_saved(path: &str) -> ::core::option::Option<Self> {
                    if let ::core::option::Option::Some(id) = Self::parse(path) {
                        return ::core::option::Option::Some(id);
                    }
                    $(
                        if let ::core::option::Option::Some(row) =
                            tables().renames.find(tables().text, $renames, path)
                        {
                            return ::core::option::Option::Some(Self(row));
                        }
                    )?
                    // Something that the id belongs to was renamed, and perhaps the id itself as well.
                    path.rmatch_indices(':').find_map(|(at, _)| {
                        let parent = <$parent as $crate::Id>::parse_saved(&path[..at])?;
                        let own = &path[at + 1..];
                        let found = Self::find(parent, own);
                        $(
                            let found = found.or_else(|| {
                                tables().renames.find_in(tables().text, $renames, &parent, own).map(Self)
                            });
                        )?
                        found
                    })
                }
            }
        }

        impl $id {
            /// Finds an id by its parent and its own text.
            #[must_use]
            pub fn find($parent_fn: $parent, id: &str) -> ::core::option::Option<Self> {
                tables().$keys.find(tables().text, $parent_fn.0, id).map(Self)
            }

            /// Finds an id by its full path, as `Display` prints it: the parent's path, `:`, its own text.
            #[must_use]
            pub fn parse(path: &str) -> ::core::option::Option<Self> {
                // The last colon parts the two, unless an id contains one.
                path.rmatch_indices(':')
                    .find_map(|(at, _)| Self::find($parent::parse(&path[..at])?, &path[at + 1..]))
            }

            /// What the id belongs to.
            #[must_use]
            pub fn $parent_fn(self) -> $parent {
                $parent(tables().$keys.parent(self.0))
            }
        }

        impl ::core::fmt::Display for $id {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::write!(f, "{}:{}", self.$parent_fn(), self.as_str())
            }
        }
    };
}

/// What both sorts of ids have.
#[doc(hidden)]
#[macro_export]
macro_rules! __id {
    (
        [$(#[$attribute:meta])*] $visibility:vis $id:ident $kind:literal $keys:ident
        { $($renamed:tt)* }
    ) => {
        $(#[$attribute])*
        #[derive(
            ::core::clone::Clone,
            ::core::marker::Copy,
            ::core::cmp::PartialEq,
            ::core::cmp::Eq,
            ::core::cmp::PartialOrd,
            ::core::cmp::Ord,
            ::core::hash::Hash,
        )]
        $visibility struct $id(u32);

        impl $id {
            /// Every id of this kind, in content order.
            #[must_use]
            pub fn all() -> $crate::Ids<Self> {
                $crate::Ids::new(tables().$keys.len() as u32)
            }

            /// The id as its definition in the content spells it, without the id of a parent.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                tables().$keys.text(tables().text, self.0).unwrap_or("<not loaded>")
            }
        }

        impl ::core::fmt::Debug for $id {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::write!(f, "{}(\"{}\")", ::core::stringify!($id), self)
            }
        }

        impl<const ROW: u32> $crate::__private::AtRow<ROW> for $id {
            const ID: Self = Self(ROW);
        }

        impl ::core::str::FromStr for $id {
            type Err = $crate::UnknownId;

            /// Parses what `Display` prints, as `parse` does.
            fn from_str(path: &str) -> ::core::result::Result<Self, $crate::UnknownId> {
                match Self::parse(path) {
                    ::core::option::Option::Some(id) => ::core::result::Result::Ok(id),
                    ::core::option::Option::None => {
                        ::core::result::Result::Err($crate::UnknownId::of::<Self>())
                    }
                }
            }
        }

        $crate::__id_serde! { $id }

        impl $crate::__private::Generated for $id {}

        impl $crate::Id for $id {
            const KIND: &'static str = $kind;

            #[inline]
            fn row(self) -> u32 {
                self.0
            }

            fn as_str(self) -> &'static str {
                $id::as_str(self)
            }

            fn parse(path: &str) -> ::core::option::Option<Self> {
                $id::parse(path)
            }

            fn all() -> $crate::Ids<Self> {
                $id::all()
            }

            $($renamed)*

            #[inline]
            fn from_row(row: u32) -> Self {
                Self(row)
            }
        }

        impl $crate::Element for $id {
            type Row = $crate::Row<4>;

            #[inline]
            fn read(row: &'static $crate::Row<4>, _: &'static str) -> Self {
                Self(row.u32(0))
            }
        }
    };
}

/// Leads from an id to its record: `id_record! { QuestId => Quest, quest }`, where `quest` is the field of type
/// `&'static [Quest]` in `tables()`, with the same rows as the kind's keys.
#[doc(hidden)]
#[macro_export]
macro_rules! id_record {
    ($id:ident => $record:ident, $rows:ident) => {
        impl $id {
            /// The definition; `None` while no content is loaded, which can only be where the manifest says
            /// `tables = "load"`.
            #[must_use]
            #[inline]
            pub fn get(self) -> ::core::option::Option<&'static $record> {
                tables().$rows.get(self.0 as usize)
            }

            /// The definition. All that it says can be asked of the id as well.
            ///
            /// # Panics
            ///
            /// While no content is loaded, because no pack was loaded yet or it was refused; [`get`](Self::get) is `None`
            /// then. Content that is compiled into the game is always there.
            #[must_use]
            #[inline]
            #[track_caller]
            pub fn record(self) -> &'static $record {
                match self.get() {
                    ::core::option::Option::Some(record) => record,
                    ::core::option::Option::None => $crate::__private::not_loaded(self),
                }
            }
        }
    };
}

/// Serde's traits for an id, by its path.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __id_serde {
    ($id:ident) => {
        /// Writes the path that `Display` prints.
        impl $crate::__private::serde::Serialize for $id {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::__private::serialize_id(*self, serializer)
            }
        }

        /// Reads a path, also one that the id had before `[renames]` in the manifest gave it another.
        impl<'de> $crate::__private::serde::Deserialize<'de> for $id {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::deserialize_id(deserializer)
            }
        }
    };
}

/// Without the feature `serde` ids have none of its traits.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __id_serde {
    ($id:ident) => {};
}

/// Content that is loaded at run time: defines `tables()`, `is_loaded()`, `load()`, and `load_file()` if this
/// crate has the feature `std`.
///
/// `loader! { tables = Tables, layout = LAYOUT, counts = ["quests": quest] }`, where `Tables` has `const fn
/// read(&'static [u8], &'static str) -> Self`, `LAYOUT` is a `Layout`, and `counts` lists what to log: a
/// plural, and the field of `tables()` whose length is the number.
#[cfg(feature = "load")]
#[doc(hidden)]
#[macro_export]
macro_rules! loader {
    (
        tables = $tables:ident, layout = $layout:ident,
        counts = [$($noun:literal: $rows:ident),* $(,)?] $(, source = $source:literal)? $(,)?
    ) => {
        static EMPTY: $crate::live::Set<$tables> = $crate::live::Set::new(
            $tables::read($crate::table::EMPTY, ""),
            $crate::table::EMPTY,
            "",
            "",
        );
        static CURRENT: $crate::live::Current<$crate::live::Set<$tables>> =
            $crate::live::Current::new(&EMPTY);
        static LOADED: $crate::load::Loaded<$tables> = $crate::load::Loaded::new();

        #[inline]
        fn tables() -> &'static $tables {
            &CURRENT.get().tables
        }

        /// Whether a pack was loaded. Until then every set is empty.
        #[must_use]
        pub fn is_loaded() -> bool {
            !::core::ptr::eq(CURRENT.get(), &EMPTY)
        }

        /// Loads a pack that `questc build --pack` made. The bytes stay in memory for as long as the game
        /// runs.
        ///
        /// Until this succeeds every set of content is empty: iterators end at once, `find` finds nothing,
        /// and ids written in code refer to nothing (see their `get`). A game may go on like that after an
        /// error, as use case UC-001 of the Quest Schema describes, and may try again with another pack.
        ///
        /// # Errors
        ///
        /// Says why the pack was refused, or that one was loaded before. A pack that is damaged, cut short,
        /// or made for another schema, other ids or another version is always refused.
        pub fn load(
            pack: impl ::core::convert::Into<$crate::load::Bytes>,
        ) -> ::core::result::Result<(), $crate::load::LoadError> {
            install(pack.into())?;
            log_counts();
            ::core::result::Result::Ok(())
        }

        fn install(pack: $crate::load::Bytes) -> ::core::result::Result<(), $crate::load::LoadError> {
            let language = ""$(; let language = $source)?;
            $crate::load::install(&LOADED, &CURRENT, &$layout, pack, $tables::read, language)
        }

        $crate::__load_file! {}
        $crate::__load_language! { $tables $layout $($source)? }

        fn log_counts() {
            $( $crate::load::log_count($noun, tables().$rows.len()); )*
        }
    };
}

/// Content that is loaded at run time, without the feature that can.
#[cfg(not(feature = "load"))]
#[doc(hidden)]
#[macro_export]
macro_rules! loader {
    ($($arguments:tt)*) => {
        ::core::compile_error!(
            "the manifest says that content is loaded at run time: enable the feature `load` of quest-types"
        );

        fn tables() -> &'static Tables {
            static EMPTY: Tables = Tables::read($crate::table::EMPTY, "");
            &EMPTY
        }
    };
}

/// The part of `loader!` that needs a file system.
#[cfg(all(feature = "load", feature = "std"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __load_file {
    () => {
        /// Loads a pack from a file: reads it, then does what [`load`] does.
        ///
        /// # Errors
        ///
        /// As [`load`], or that the file could not be read.
        pub fn load_file(
            path: impl ::core::convert::AsRef<$crate::__private::Path>,
        ) -> ::core::result::Result<(), $crate::load::LoadError> {
            if is_loaded() {
                return ::core::result::Result::Err($crate::load::LoadError::AlreadyLoaded);
            }
            install($crate::load::read_pack(path.as_ref())?)?;
            $crate::load::log_file(path.as_ref());
            log_counts();
            ::core::result::Result::Ok(())
        }
    };
}

/// The part of `loader!` that needs a file system, where there is none.
#[cfg(all(feature = "load", not(feature = "std")))]
#[doc(hidden)]
#[macro_export]
macro_rules! __load_file {
    () => {};
}

/// The languages of content that is loaded at run time.
#[cfg(feature = "load")]
#[doc(hidden)]
#[macro_export]
macro_rules! __load_language {
    ($tables:ident $layout:ident) => {};
    ($tables:ident $layout:ident $source:literal) => {
        /// The tag of the language that texts are in.
        #[must_use]
        pub fn language() -> &'static str {
            match CURRENT.get().language() {
                "" => $source,
                language => language,
            }
        }

        /// Shows texts in another language from now on: in the one with this tag, or in the nearest that it is a variant of, such as `de`
        /// for `de-AT`. Gives the tag of that language. If none was loaded, it is `None`, and nothing changes.
        ///
        /// It is the change of one pointer, and holds for all threads. Texts that were read before stay as they are.
        pub fn set_language(tag: &str) -> ::core::option::Option<&'static str> {
            $crate::live::choose(&CURRENT, LOADED.sets(), tag)
        }

        /// Loads the pack of a language that `questc build --pack` made beside that of the tables, and gives its tag for
        /// [`set_language`]. Its bytes stay in memory for as long as the game runs.
        ///
        /// # Errors
        ///
        /// Says why the pack was refused: it is damaged, or made for other content than the game has loaded.
        pub fn load_language(
            pack: impl ::core::convert::Into<$crate::load::Bytes>,
        ) -> ::core::result::Result<&'static str, $crate::load::LoadError> {
            $crate::load::install_language(&LOADED, &CURRENT, &$layout, pack.into(), $tables::read)
        }
    };
}

/// Content in several languages: defines `tables()`, `language()`, `languages()` and `set_language()`.
///
/// `languages! { tables = Tables, data = checked(…), languages = ["en": include_str!("quests.text"), …] }`, where the first language is that
/// of the content.
#[doc(hidden)]
#[macro_export]
macro_rules! languages {
    (tables = $tables:ident, data = $data:expr, languages = [$($tag:literal: $text:expr),+ $(,)?] $(,)?) => {
        static DATA: &[u8] = $data;
        static SETS: [$crate::live::Set<$tables>; [$($tag),+].len()] =
            [$($crate::live::Set::new($tables::read(DATA, $text), DATA, $text, $tag)),+];
        static CURRENT: $crate::live::Current<$crate::live::Set<$tables>> =
            $crate::live::Current::new(&SETS[0]);

        #[inline]
        fn tables() -> &'static $tables {
            &CURRENT.get().tables
        }

        /// The tags of all languages, that of the content first.
        #[must_use]
        pub fn languages() -> impl ::core::iter::ExactSizeIterator<Item = &'static str> + ::core::clone::Clone {
            SETS.iter().map($crate::live::Set::language)
        }

        /// The tag of the language that texts are in.
        #[must_use]
        pub fn language() -> &'static str {
            CURRENT.get().language()
        }

        /// Shows texts in another language from now on: in the one with this tag, or in the nearest that it is a variant of, such as `de`
        /// for `de-AT`. Gives the tag of that language. If there is none, it is `None`, and nothing changes.
        ///
        /// It is the change of one pointer, and holds for all threads. Texts that were read before stay as they are.
        pub fn set_language(tag: &str) -> ::core::option::Option<&'static str> {
            $crate::live::choose(&CURRENT, SETS.iter(), tag)
        }
    };
}

/// Reports the use of an id while the set of content is empty.
///
/// # Panics
///
/// Always.
#[cold]
#[inline(never)]
#[track_caller]
#[allow(clippy::panic, reason = "documented at `record` of every id; `get` is there for games that go on")]
pub fn not_loaded<I: crate::Id>(id: I) -> ! {
    panic!(
        "{} #{} is not loaded: the set of tables in memory is empty; load a pack first, or use `get` where the game \
         goes on without",
        I::KIND,
        id.row()
    )
}
