//! What the macros say to somebody who made a mistake: every case in `cases` fails with exactly the text next to it.
//!
//! After a change, `TRYBUILD=overwrite cargo test -p compile-fail --test macros` writes the texts again. Read the diff.

#[test]
fn messages() {
    let cases = trybuild::TestCases::new();
    cases.pass("cases/pass/*.rs");
    cases.compile_fail("cases/*.rs");
}
