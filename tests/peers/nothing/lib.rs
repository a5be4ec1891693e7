//! What a macro costs that does nothing.

use proc_macro::TokenStream;

/// A number, whatever it is given.
#[proc_macro]
pub fn nothing(_: TokenStream) -> TokenStream {
    "7_u32".parse().unwrap_or_default()
}
