//! Fails where the content of this crate is required and missing. Without content, the other tests are empty.

#[test]
fn the_content_is_there_or_not_required() {
    if cfg!(not(lore2mud)) {
        quest_test::Suite::Lore2mud.skip("this crate was compiled without QUESTC_CONTENT");
    }
}
