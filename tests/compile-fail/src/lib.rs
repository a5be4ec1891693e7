//! Compile-fail cases and whole games, built by the tests of this package.
