//! Pieces of HTML without content of their own.

use maud::{Markup, PreEscaped, html};

/// A line break in the source of a page, so that small changes of content are small changes of text.
pub(crate) const NL: PreEscaped<&str> = PreEscaped("\n");

/// The relative path from a page to the root folder.
pub(crate) fn up(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// A text in which the parts between backticks are code.
pub(crate) fn with_code(text: &str) -> Markup {
    html! {
        @for (at, part) in text.split('`').enumerate() {
            @if at % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

/// A heading; levels below the sixth look like the sixth.
pub(crate) fn heading(level: u8, content: &Markup) -> Markup {
    match level {
        0..=2 => html! { h2 { (content) } },
        3 => html! { h3 { (content) } },
        4 => html! { h4 { (content) } },
        5 => html! { h5 { (content) } },
        _ => html! { h6 { (content) } },
    }
}

/// Links to the pages of something that has several.
pub(crate) fn pager(page: usize, pages: usize, path: &dyn Fn(usize) -> String) -> Markup {
    let file = |page: usize| {
        let path = path(page);
        path.rsplit('/').next().unwrap_or(&path).to_owned()
    };
    html! {
        nav.pager aria-label="More" { (NL)
            @for other in 0..pages {
                @if other == page { span aria-current="page" { (other + 1) } }
                @else { a href=(file(other)) aria-label={ "Page " (other + 1) } { (other + 1) } }
                (NL)
            }
        } (NL)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backticks_are_code() {
        assert_eq!(with_code("no `a<b` here").into_string(), "no <code>a&lt;b</code> here");
    }

    #[test]
    fn pages_link_to_each_other_in_their_folder() {
        let markup = pager(0, 2, &|page| format!("lists/npc,{}.html", page + 1)).into_string();
        assert!(markup.contains("<span aria-current=\"page\">1</span>"), "{markup}");
        assert!(markup.contains("<a href=\"npc,2.html\" aria-label=\"Page 2\">2</a>"), "{markup}");
    }

    #[test]
    fn up_counts_folders() {
        assert_eq!((up("index.html"), up("ids/npc/a.html")), (String::new(), "../../".to_owned()));
    }
}
