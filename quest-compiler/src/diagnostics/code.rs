//! Every diagnostic has a code that never changes its meaning.

use super::Level;

/// A kind of diagnostic.
#[derive(Debug)]
pub struct Code {
    /// Such as `Q2001`.
    pub id: &'static str,
    /// The name by which a manifest sets its level.
    pub name: &'static str,
    /// The level without a manifest's word.
    pub level: Level,
    /// Whether a manifest may set another level: what would leave a hole in the tables stays an error.
    pub fixed: bool,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $constant:ident = $id:literal, $name:literal, $level:ident $(, $fixed:ident)?;)*) => {
        $($(#[$doc])* pub static $constant: Code =
            Code { id: $id, name: $name, level: Level::$level, fixed: codes!(@fixed $($fixed)?) };)*
        /// All of them, in order.
        pub static ALL: &[&Code] = &[$(&$constant),*];
    };
    (@fixed fixed) => { true };
    (@fixed) => { false };
}

codes! {
    /// The text is not JSON.
    SYNTAX = "Q0001", "syntax", Deny, fixed;
    /// The bytes are not UTF-8.
    ENCODING = "Q0002", "encoding", Deny, fixed;
    /// Arrays and objects stand in each other too deep.
    TOO_DEEP = "Q0003", "too-deep", Deny, fixed;
    /// A number that no table can hold.
    NUMBER_RANGE = "Q0004", "number-range", Deny, fixed;
    /// Two properties of one object have the same name.
    DUPLICATE_PROPERTY = "Q0005", "duplicate-property", Deny, fixed;
    /// A file that cannot be read.
    UNREADABLE = "Q0006", "unreadable-file", Deny, fixed;
    /// A pattern or path of the manifest that matches no file.
    NO_MATCH = "Q0007", "no-match", Deny, fixed;
    /// The manifest is wrong.
    MANIFEST = "Q0008", "manifest", Deny, fixed;
    /// A file without a document.
    EMPTY_FILE = "Q0009", "empty-file", Deny, fixed;
    /// The output cannot be written.
    OUTPUT = "Q0010", "output", Deny, fixed;
    /// A content file that no section of the manifest takes.
    UNMATCHED = "Q0011", "unmatched-file", Warn;
    /// A place in a file where documents are looked for and none are.
    NO_DOCUMENT = "Q0012", "no-document", Deny, fixed;
    /// An exception of the manifest that nothing triggers any more.
    UNNEEDED_EXCEPTION = "Q0013", "unneeded-exception", Warn;
    /// A mistake of ours.
    INTERNAL = "Q0099", "internal", Deny, fixed;

    /// A value of another type than the schema says.
    WRONG_TYPE = "Q1001", "wrong-type", Deny, fixed;
    /// A property that the schema does not know.
    UNKNOWN_PROPERTY = "Q1002", "unknown-property", Deny;
    /// A property that the schema requires is not there.
    MISSING_PROPERTY = "Q1003", "missing-property", Deny, fixed;
    /// A value that is none of those allowed.
    NOT_IN_ENUM = "Q1004", "not-in-enum", Deny, fixed;
    /// A text that does not match the pattern.
    PATTERN = "Q1005", "pattern", Deny;
    /// A number outside its bounds.
    OUT_OF_BOUNDS = "Q1006", "out-of-bounds", Deny, fixed;
    /// A text or list that is too short or too long.
    LENGTH = "Q1007", "length", Deny;
    /// A value that fits none of the variants it can have, or several where one is meant.
    NO_VARIANT = "Q1008", "no-variant", Deny, fixed;
    /// A value that `not` excludes.
    FORBIDDEN = "Q1009", "forbidden-value", Deny;
    /// A list that has too few or too many elements of a form.
    CONTAINS = "Q1010", "contains", Deny;
    /// A list with equal elements where they must differ.
    NOT_UNIQUE = "Q1011", "not-unique", Deny;
    /// A value that is not equal to another with which it must be.
    NOT_EQUAL = "Q1012", "not-equal", Deny;
    /// Objects that belong together and do not fit together.
    GROUP = "Q1013", "group", Deny;
    /// A text that people read, and white space where they see none.
    WHITE_SPACE = "Q1014", "white-space", Warn;
    /// Two objects with one name.
    SAME_NAME = "Q1015", "same-name", Warn;
    /// A word in braces for which nothing will be put.
    PLACEHOLDER = "Q1016", "unknown-placeholder", Deny;

    /// A schema that is no schema.
    SCHEMA = "Q1101", "schema", Deny, fixed;
    /// A `$ref` that leads nowhere.
    SCHEMA_REF = "Q1102", "schema-ref", Deny, fixed;
    /// A construct that is not supported.
    UNSUPPORTED = "Q1103", "unsupported", Deny, fixed;
    /// An annotation that cannot be.
    ANNOTATION = "Q1104", "annotation", Deny, fixed;
    /// A keyword that looks like a misspelt annotation.
    ANNOTATION_TYPO = "Q1105", "annotation-typo", Warn;

    /// Two things that would have one name in Rust.
    NAME_COLLISION = "Q1106", "name-collision", Deny, fixed;
    /// An overlay that names no place in a schema.
    OVERLAY = "Q1107", "overlay", Deny, fixed;

    /// A reference to something that does not exist.
    UNKNOWN_REFERENCE = "Q2001", "unknown-reference", Deny, fixed;
    /// The same, where the schema says that it is to be tolerated.
    TOLERATED_REFERENCE = "Q2002", "tolerated-reference", Warn;
    /// Two objects with one id.
    DUPLICATE_ID = "Q2003", "duplicate-id", Deny, fixed;
    /// A reference to something of another kind.
    WRONG_KIND = "Q2004", "wrong-kind", Deny, fixed;
    /// A reference that several things answer to.
    AMBIGUOUS = "Q2005", "ambiguous-reference", Deny, fixed;
    /// A reference that has to be there and is not.
    MISSING_TARGET = "Q2006", "missing-target", Deny, fixed;
    /// A reference where none belongs.
    SURPLUS_TARGET = "Q2007", "surplus-target", Warn;
    /// A reference to an object that is not of the sort that is needed.
    WRONG_SORT = "Q2009", "wrong-sort", Deny, fixed;
    /// An id that is unique within an object of another kind, outside of any such object.
    MISSING_PARENT = "Q2010", "missing-parent", Deny, fixed;
    /// Ids of a kind that neither content nor registries define.
    UNDEFINED_KIND = "Q2008", "undefined-kind", Warn;
    /// Ids that are easily taken for each other.
    SIMILAR_IDS = "Q2011", "similar-ids", Warn;
    /// An id that nothing names.
    UNUSED = "Q2012", "unused", Allow;
    /// Something is tested that nothing sets.
    NEVER_SET = "Q2013", "never-set", Warn;
    /// Something is set that nothing tests.
    NEVER_TESTED = "Q2014", "never-tested", Allow;
    /// A reference to the object in which it stands.
    NAMES_ITSELF = "Q2015", "names-itself", Deny;

    /// A stage that no way leads to.
    UNREACHABLE = "Q3001", "unreachable", Warn;
    /// From here no end can be reached.
    DEAD_END = "Q3002", "dead-end", Deny;
    /// A stage that leads to itself.
    SELF_EDGE = "Q3003", "leads-to-itself", Deny;
    /// A branch that cannot be taken.
    BRANCH_NEVER = "Q3004", "branch-never-taken", Warn;
    /// All of several hidden alternatives are required.
    HIDDEN_ALTERNATIVES = "Q3005", "hidden-alternatives", Warn;
    /// A next stage to which no one goes on.
    NEVER_NEXT = "Q3006", "next-never-taken", Warn;

    /// Two ways from a node to the same one.
    SAME_WAY = "Q3007", "same-way", Warn;
    /// A stage that can be left out, and no way leads past it.
    NOT_OPTIONAL = "Q3008", "not-optional", Warn;
    /// A way that leads into another object.
    LEADS_OUTSIDE = "Q3009", "leads-outside", Deny;
    /// A task that names one of another node as a way to do it.
    TASK_ELSEWHERE = "Q3010", "task-elsewhere", Deny;

    /// Objects that wait for each other.
    DEADLOCK = "Q3101", "deadlock", Deny;
    /// Conditions that exclude each other.
    CONTRADICTION = "Q3102", "contradiction", Deny;
    /// A condition that the object's own level does not meet.
    OWN_LEVEL = "Q3103", "own-level", Warn;
    /// An object that requires itself.
    REQUIRES_ITSELF = "Q3104", "requires-itself", Deny;
    /// A condition that asks for a number that there is not.
    OUT_OF_REACH = "Q3105", "out-of-reach", Warn;
    /// More objects that must be complete one after the other than the schema wants.
    LONG_CHAIN = "Q3106", "long-chain", Warn;
    /// An object that asks for less than one that must be complete before.
    LESS_THAN_BEFORE = "Q3107", "less-than-before", Warn;
    /// An object that can be begun again, and gives what keeps it from that.
    NOT_AGAIN = "Q3108", "not-again", Warn;
    /// A condition that something is not there which an object before gives.
    GIVEN_BEFORE = "Q3109", "given-before", Warn;
    /// A condition on what only the object itself sets.
    OWN_GIFT = "Q3110", "own-gift", Warn;
    /// What must be complete before locks the object.
    LOCKED_BEFORE = "Q3111", "locked-before", Deny;
    /// Two objects that lock each other, and another that needs both.
    LOCK_EACH_OTHER = "Q3112", "lock-each-other", Warn;
    /// A condition that asks for more than all objects give.
    TOO_LITTLE = "Q3113", "too-little", Warn;

    /// An object that breaks a rule that the schema brings along.
    RULE = "Q4001", "schema-rule", Warn;

    /// A lock that cannot be read.
    LOCK = "Q5001", "lock", Deny, fixed;
    /// An id that saved games can hold is gone.
    ID_GONE = "Q5002", "id-gone", Deny;
    /// Something stands in another object than when it was released.
    MOVED_AWAY = "Q5003", "moved-away", Deny;
    /// A task asks for less than when it was released.
    COUNT_LOWERED = "Q5004", "count-lowered", Warn;
    /// A task counts something else than when it was released.
    COUNTS_OTHER = "Q5005", "counts-other", Warn;
    /// An id that an earlier release had is used again.
    ID_AGAIN = "Q5006", "id-again", Warn;
    /// Saved games say that they belong to another game.
    OTHER_GAME = "Q5007", "other-game", Deny;
    /// A version that was raised less than the changes need.
    VERSION_TOO_LOW = "Q5008", "version-too-low", Warn;
}
