//! The frame of every page: head, search, navigation.

use crate::folder::File;
use crate::site::context::Site;
use crate::site::markup::{NL, up};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// A page without its frame.
pub(crate) struct Page<'p> {
    /// The address, from the root folder.
    pub(crate) path: String,
    pub(crate) title: &'p str,
    pub(crate) body: Markup,
}

impl Page<'_> {
    /// The page in its frame.
    pub(crate) fn file(self, site: &Site<'_, '_, '_>) -> File {
        let Page { path, title, body } = self;
        let up = up(&path);
        let full = if title == site.title { title.to_owned() } else { format!("{title} · {}", site.title) };
        let page = html! {
            (DOCTYPE) (NL)
            html lang="en" {
                head { (NL)
                    meta charset="utf-8"; (NL)
                    meta name="viewport" content="width=device-width, initial-scale=1"; (NL)
                    meta name="color-scheme" content="light dark"; (NL)
                    title { (full) } (NL)
                    link rel="icon" href="data:,"; (NL)
                    link rel="stylesheet" href={ (up) "assets/site.css" }; (NL)
                    script src={ (up) "assets/theme.js" } {} (NL)
                    script src={ (up) "assets/site.js" } defer {} (NL)
                } (NL)
                body data-up=(up) { (NL)
                    a.skip href="#main" { "Skip to content" } (NL)
                    header.top { (NL)
                        a.brand href={ (up) "index.html" } { (site.title) } (NL)
                        form.search role="search" action={ (up) "index.html" } { (NL)
                            label.hidden for="search" { "Search by name or id" } (NL)
                            input #search type="search" autocomplete="off" placeholder="Search names and ids" aria-describedby="search-status"; (NL)
                            p.hidden #search-status role="status" {} (NL)
                            ul #search-results hidden {} (NL)
                        } (NL)
                        button #theme type="button" { "Theme: system" } (NL)
                    } (NL)
                    div.frame { (NL)
                        (PreEscaped(site.navigation.on(&path, &up)))
                        main #main tabindex="-1" { (NL) (body) (NL) } (NL)
                    } (NL)
                } (NL)
            } (NL)
        };
        (path, page.into_string().into_bytes())
    }
}
