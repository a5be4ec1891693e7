//! Fails where the content of this crate is required and missing. Without content, the other tests are empty.

#[test]
fn the_content_is_there_or_not_required() {
    if cfg!(not(oldwood)) {
        quest_test::Suite::Oldwood.skip("this crate was compiled without QUESTC_CONTENT");
    }
}
