//! The plural forms of languages, as gettext writes them (CLDR 44, whole numbers from 0).

/// The plural forms of a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PluralRule {
    /// How many forms there are.
    pub forms: u8,
    /// The C expression that gives the number of the form.
    pub expression: &'static str,
}

impl PluralRule {
    /// The value of the header `Plural-Forms`.
    #[must_use]
    pub fn header(&self) -> String {
        format!("nplurals={}; plural={};", self.forms, self.expression)
    }
}

const ONE: &str = "0";
const NOT_ONE: &str = "(n != 1)";
const OVER_ONE: &str = "(n > 1)";
const EAST_SLAVIC: &str = "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2)";

const RULES: &[(&[&str], u8, &str)] = &[
    (&["ja", "ko", "zh", "vi", "th", "id", "ms", "lo", "my", "yue"], 1, ONE),
    (
        &[
            "en", "de", "nl", "sv", "da", "nb", "nn", "no", "fi", "et", "el", "hu", "bg", "tr", "eu", "af",
            "ka", "kk", "az", "sq", "ur", "gl", "eo", "gsw", "sw", "ta", "te", "ml", "mn", "ne",
        ],
        2,
        NOT_ONE,
    ),
    (&["hi", "fa", "bn", "gu", "kn", "am", "hy", "zu"], 2, OVER_ONE),
    (&["is"], 2, "(n%10!=1 || n%100==11)"),
    (&["ru", "uk", "be", "sr", "hr", "bs"], 3, EAST_SLAVIC),
    (&["pl"], 3, "(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2)"),
    (&["cs", "sk"], 3, "(n==1 ? 0 : n>=2 && n<=4 ? 1 : 2)"),
    (&["lt"], 3, "(n%10==1 && (n%100<11 || n%100>19) ? 0 : n%10>=2 && (n%100<11 || n%100>19) ? 1 : 2)"),
    (&["lv"], 3, "(n%10==0 || (n%100>=11 && n%100<=19) ? 0 : n%10==1 && n%100!=11 ? 1 : 2)"),
    (&["ro"], 3, "(n==1 ? 0 : n==0 || (n%100>=2 && n%100<=19) ? 1 : 2)"),
    (&["sl"], 4, "(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3)"),
    (&["ga"], 5, "(n==1 ? 0 : n==2 ? 1 : n>=3 && n<=6 ? 2 : n>=7 && n<=10 ? 3 : 4)"),
    (&["cy"], 6, "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5)"),
    (&["he"], 3, "(n==1 ? 0 : n==2 ? 1 : 2)"),
    (&["ar"], 6, "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)"),
    // CLDR has a form for millions; numbers of quests do not need it, but files without it are refused as incomplete.
    (&["es", "it", "ca"], 3, "(n==1 ? 0 : n!=0 && n%1000000==0 ? 1 : 2)"),
    (&["fr", "pt"], 3, "(n<=1 ? 0 : n!=0 && n%1000000==0 ? 1 : 2)"),
];

/// The plural forms of the language of a tag such as `pt-BR`; `None` if they are not known here.
#[must_use]
pub fn plural_rule(tag: &str) -> Option<PluralRule> {
    let language = tag.split(['-', '_']).next()?;
    let (_, forms, expression) = RULES.iter().find(|(tags, ..)| tags.contains(&language))?;
    Some(PluralRule { forms: *forms, expression })
}

#[cfg(test)]
mod tests {
    use super::plural_rule;

    #[test]
    fn regions_have_the_rule_of_their_language() {
        assert_eq!(
            plural_rule("de-AT").map(|rule| rule.header()).as_deref(),
            Some("nplurals=2; plural=(n != 1);")
        );
        assert_eq!(plural_rule("ja").map(|rule| rule.forms), Some(1));
        assert_eq!(plural_rule("xx"), None);
    }
}
