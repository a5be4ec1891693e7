//! Every diagnostic has a code that never changes its meaning.
//!
//! Ranges: Q00 files and the manifest, Q10 values and texts, Q11 schemas and annotations, Q20 ids and references, Q30 flows and the proof, Q31 what
//! must be done before, Q40 rules of schemas, Q50 releases.

use super::Level;

/// A kind of diagnostic.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Code {
    /// Such as `Q2001`.
    pub id: &'static str,
    /// The name by which a manifest sets its level.
    pub name: &'static str,
    /// The default level.
    pub level: Level,
    /// Whether a manifest may set another level. Errors that would leave a gap in the tables stay errors.
    pub configurable: bool,
}

impl Code {
    /// Whether it says that an object cannot be finished. Such content can be played all the same.
    #[must_use]
    pub fn is_about_finishing(&self) -> bool {
        [DEAD_END.id, MUST_STAY.id, ASSERTION.id].contains(&self.id)
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $constant:ident = $id:literal, $name:literal, $level:ident $(, $always:ident)?;)*) => {
        $($(#[$doc])* pub static $constant: Code =
            Code { id: $id, name: $name, level: Level::$level, configurable: codes!(@configurable $($always)?) };)*
        /// All of them, in order.
        pub static ALL: &[&Code] = &[$(&$constant),*];
    };
    (@configurable always) => { false };
    (@configurable) => { true };
}

codes! {
    /// The text is not JSON.
    SYNTAX = "Q0001", "syntax", Deny, always;
    /// The bytes are not UTF-8.
    ENCODING = "Q0002", "encoding", Deny, always;
    /// Arrays and objects are nested too deep.
    TOO_DEEP = "Q0003", "too-deep", Deny, always;
    /// A number that no table can hold.
    NUMBER_RANGE = "Q0004", "number-range", Deny, always;
    /// Two properties of one object have the same name.
    DUPLICATE_PROPERTY = "Q0005", "duplicate-property", Deny, always;
    /// A file that cannot be read.
    UNREADABLE = "Q0006", "unreadable-file", Deny, always;
    /// A pattern or path of the manifest that matches no file.
    NO_MATCH = "Q0007", "no-match", Deny, always;
    /// The manifest is wrong.
    MANIFEST = "Q0008", "manifest", Deny, always;
    /// A file without a document.
    EMPTY_FILE = "Q0009", "empty-file", Deny, always;
    /// The output cannot be written.
    OUTPUT = "Q0010", "output", Deny, always;
    /// A content file that no section of the manifest takes.
    UNMATCHED = "Q0011", "unmatched-file", Warn;
    /// A location in a file that should hold documents and holds none.
    NO_DOCUMENT = "Q0012", "no-document", Deny, always;
    /// An exception in the manifest that matches no diagnostic.
    UNNEEDED_EXCEPTION = "Q0013", "unneeded-exception", Warn;
    /// A broken invariant of questc itself.
    INTERNAL = "Q0099", "internal", Deny, always;

    /// A value of a type that the schema does not accept.
    WRONG_TYPE = "Q1001", "wrong-type", Deny, always;
    /// A property that the schema does not know.
    UNKNOWN_PROPERTY = "Q1002", "unknown-property", Deny;
    /// A property that the schema requires is missing.
    MISSING_PROPERTY = "Q1003", "missing-property", Deny, always;
    /// A value that is not in the schema's `enum`.
    NOT_IN_ENUM = "Q1004", "not-in-enum", Deny, always;
    /// A text that does not match the pattern.
    PATTERN = "Q1005", "pattern", Deny;
    /// A number outside its bounds.
    OUT_OF_BOUNDS = "Q1006", "out-of-bounds", Deny, always;
    /// A text or list that is too short or too long.
    LENGTH = "Q1007", "length", Deny;
    /// A value that fits none of the variants it can have, or several where one is meant.
    NO_VARIANT = "Q1008", "no-variant", Deny, always;
    /// A value that `not` excludes.
    FORBIDDEN = "Q1009", "forbidden-value", Deny;
    /// A list with too few or too many elements that `contains` accepts.
    CONTAINS = "Q1010", "contains", Deny;
    /// A list with equal elements where they must differ.
    NOT_UNIQUE = "Q1011", "not-unique", Deny;
    /// A value that must equal another and does not.
    NOT_EQUAL = "Q1012", "not-equal", Deny;
    /// Objects that belong to one group and do not fit together.
    GROUP = "Q1013", "group", Deny;
    /// White space where readers of a text do not see it.
    WHITE_SPACE = "Q1014", "white-space", Warn;
    /// Two objects with one name.
    SAME_NAME = "Q1015", "same-name", Warn;
    /// A placeholder that nothing replaces.
    PLACEHOLDER = "Q1016", "unknown-placeholder", Deny;

    /// An invalid schema.
    SCHEMA = "Q1101", "schema", Deny, always;
    /// A `$ref` that leads nowhere.
    SCHEMA_REF = "Q1102", "schema-ref", Deny, always;
    /// A construct that is not supported.
    UNSUPPORTED = "Q1103", "unsupported", Deny, always;
    /// An invalid annotation.
    ANNOTATION = "Q1104", "annotation", Deny, always;
    /// A keyword that looks like a misspelt annotation.
    ANNOTATION_TYPO = "Q1105", "annotation-typo", Warn;

    /// Two items that would have the same name in Rust.
    NAME_COLLISION = "Q1106", "name-collision", Deny, always;
    /// An overlay whose target is not in any schema.
    OVERLAY = "Q1107", "overlay", Deny, always;

    /// A reference to something that does not exist.
    UNKNOWN_REFERENCE = "Q2001", "unknown-reference", Deny, always;
    /// The same where the schema tolerates it.
    TOLERATED_REFERENCE = "Q2002", "tolerated-reference", Warn;
    /// Two objects with one id.
    DUPLICATE_ID = "Q2003", "duplicate-id", Deny, always;
    /// A reference to something of another kind.
    WRONG_KIND = "Q2004", "wrong-kind", Deny, always;
    /// A reference that matches several ids.
    AMBIGUOUS = "Q2005", "ambiguous-reference", Deny, always;
    /// A required reference is missing.
    MISSING_TARGET = "Q2006", "missing-target", Deny, always;
    /// A reference where none is read.
    SURPLUS_TARGET = "Q2007", "surplus-target", Warn;
    /// A reference to an object without the properties that the schema asks for.
    WRONG_SORT = "Q2009", "wrong-sort", Deny, always;
    /// An id that is unique within an object of another kind, outside of any such object.
    MISSING_PARENT = "Q2010", "missing-parent", Deny, always;
    /// Ids of a kind that neither content nor registries define.
    UNDEFINED_KIND = "Q2008", "undefined-kind", Warn;
    /// Ids that are easily confused.
    SIMILAR_IDS = "Q2011", "similar-ids", Warn;
    /// An id that nothing refers to.
    UNUSED = "Q2012", "unused", Allow;
    /// Something is tested that nothing sets.
    NEVER_SET = "Q2013", "never-set", Warn;
    /// Something is set that nothing tests.
    NEVER_TESTED = "Q2014", "never-tested", Allow;
    /// A reference to the object that contains it.
    NAMES_ITSELF = "Q2015", "names-itself", Deny;
    /// An id that is not what it looks like.
    DECEPTIVE_ID = "Q2016", "deceptive-id", Warn;

    /// A stage that no path leads to.
    UNREACHABLE = "Q3001", "unreachable", Warn;
    /// A stage from which no end can be reached.
    DEAD_END = "Q3002", "dead-end", Deny;
    /// A stage that leads to itself.
    SELF_EDGE = "Q3003", "leads-to-itself", Deny;
    /// A branch that cannot be taken.
    BRANCH_NEVER = "Q3004", "branch-never-taken", Warn;
    /// All of several hidden alternatives are required.
    HIDDEN_ALTERNATIVES = "Q3005", "hidden-alternatives", Warn;
    /// A next stage that is never taken.
    NEVER_NEXT = "Q3006", "next-never-taken", Warn;

    /// Two edges from one stage to another.
    SAME_WAY = "Q3007", "same-way", Warn;
    /// An optional stage that no path bypasses.
    NOT_OPTIONAL = "Q3008", "not-optional", Warn;
    /// An edge that leads into another object.
    LEADS_OUTSIDE = "Q3009", "leads-outside", Deny;
    /// A task whose alternative belongs to another stage.
    TASK_ELSEWHERE = "Q3010", "task-elsewhere", Deny;
    /// A way on which an object cannot be ended any more, though it can on others.
    STUCK = "Q3011", "stuck", Warn;
    /// A task whose conditions never hold.
    NEVER_DONE = "Q3012", "never-done", Warn;
    /// More states than may be looked at.
    NOT_PROVEN = "Q3013", "not-proven", Warn;
    /// A choice that makes another object impossible for good.
    CAN_BE_LOST = "Q3014", "can-be-lost", Warn;
    /// An object that must always stay finishable, and can be lost.
    MUST_STAY = "Q3015", "must-stay-finishable", Deny;
    /// What the manifest says of objects, and is not so.
    ASSERTION = "Q3016", "assertion", Deny;
    /// A task that is not required although it is not optional: only optional ones name it as a way to do them.
    NOT_REQUIRED = "Q3017", "not-required", Warn;
    /// An object that can never be finished, for what happens in others.
    NEVER_FINISHABLE = "Q3018", "never-finishable", Deny;

    /// Objects that wait for each other.
    DEADLOCK = "Q3101", "deadlock", Deny;
    /// Conditions that exclude each other.
    CONTRADICTION = "Q3102", "contradiction", Deny;
    /// A condition that the object's own level does not meet.
    OWN_LEVEL = "Q3103", "own-level", Warn;
    /// An object that requires itself.
    REQUIRES_ITSELF = "Q3104", "requires-itself", Deny;
    /// A condition on a number that cannot be reached.
    OUT_OF_REACH = "Q3105", "out-of-reach", Deny;
    /// A longer chain of required objects than the schema allows.
    LONG_CHAIN = "Q3106", "long-chain", Warn;
    /// An object that asks for less than an object required before it.
    LESS_THAN_BEFORE = "Q3107", "less-than-before", Warn;
    /// A repeatable object that gives what prevents repeating it.
    NOT_AGAIN = "Q3108", "not-again", Warn;
    /// A condition that something is absent which a required object gives.
    GIVEN_BEFORE = "Q3109", "given-before", Warn;
    /// A condition on what only the object itself sets.
    OWN_GIFT = "Q3110", "own-gift", Warn;
    /// A required object locks the object that requires it.
    LOCKED_BEFORE = "Q3111", "locked-before", Deny;
    /// Two objects that lock each other, and another that needs both.
    LOCK_EACH_OTHER = "Q3112", "lock-each-other", Warn;
    /// A condition that asks for more than all objects give together.
    TOO_LITTLE = "Q3113", "too-little", Warn;

    /// An object that breaks a rule of the schema (`x-rules`).
    RULE = "Q4001", "schema-rule", Warn;

    /// A lock that cannot be read.
    LOCK = "Q5001", "lock", Deny, always;
    /// An id that saved games can hold is gone.
    ID_GONE = "Q5002", "id-gone", Deny;
    /// Something is in another object than in the last release.
    MOVED_AWAY = "Q5003", "moved-away", Deny;
    /// A task asks for less than in the last release.
    COUNT_LOWERED = "Q5004", "count-lowered", Warn;
    /// A task counts something else than in the last release.
    COUNTS_OTHER = "Q5005", "counts-other", Warn;
    /// An id that an earlier release had is used again.
    ID_AGAIN = "Q5006", "id-again", Warn;
    /// Saved games belong to a game of another name.
    OTHER_GAME = "Q5007", "other-game", Deny;
    /// A version that was raised less than the changes need.
    VERSION_TOO_LOW = "Q5008", "version-too-low", Warn;

    /// A language file that has the wrong form.
    LANGUAGE_FILE = "Q6001", "language-file", Deny, always;
    /// Texts without a translation.
    UNTRANSLATED = "Q6002", "untranslated", Warn;
    /// A translation of a text that has changed since.
    STALE_TRANSLATION = "Q6003", "stale-translation", Warn;
    /// A translation of a text that there is not.
    UNKNOWN_TEXT = "Q6004", "unknown-text", Warn;
    /// A translation with other placeholders than its text.
    TRANSLATED_PLACEHOLDERS = "Q6005", "translated-placeholders", Deny;
    /// A translation that is longer than the schema allows.
    TRANSLATION_TOO_LONG = "Q6006", "translation-too-long", Deny;
    /// A translation with other tags than its text.
    TRANSLATED_MARKUP = "Q6007", "translated-markup", Warn;
    /// The manifest allows more open texts than there are.
    OPEN_TEXTS = "Q6008", "open-texts", Warn;
}
