//! Lines with the right indentation: the generated code is formatted as it is written, because formatting it afterwards costs a
//! build script more than everything else it does.

/// Rust source in the making.
#[derive(Debug, Default)]
pub(super) struct Writer {
    text: String,
    depth: usize,
}

impl Writer {
    pub(super) fn line(&mut self, line: &str) {
        if !line.is_empty() {
            for _ in 0..self.depth {
                self.text.push_str("    ");
            }
            self.text.push_str(line);
        }
        self.text.push('\n');
    }

    /// A line that opens a block.
    pub(super) fn open(&mut self, line: &str) {
        self.line(line);
        self.depth += 1;
    }

    /// A line that ends a block.
    pub(super) fn close(&mut self, line: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.line(line);
    }

    /// Ends an indented chain that has no closing line.
    pub(super) fn outdent(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// An empty line, unless a block has just been opened.
    pub(super) fn blank(&mut self) {
        if !self.text.ends_with("{\n") && !self.text.ends_with("\n\n") && !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    /// A doc comment, wrapped.
    pub(super) fn doc(&mut self, text: &str) {
        let width = 96usize.saturating_sub(self.depth * 4);
        for paragraph in text.lines() {
            let mut line = String::new();
            for word in escape(paragraph).split_whitespace() {
                if !line.is_empty() && line.len() + 1 + word.len() > width {
                    self.line(&format!("/// {line}"));
                    line.clear();
                }
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(word);
            }
            self.line(format!("/// {line}").trim_end());
        }
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}

/// Text that rustdoc must not take for links or HTML, code spans left as they are.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut code = false;
    for character in text.chars() {
        if character == '`' {
            code = !code;
        }
        if !code && matches!(character, '[' | ']' | '<' | '>') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}
