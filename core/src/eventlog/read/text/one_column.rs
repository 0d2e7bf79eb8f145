//! Why a text that looks like a table has one column.

use super::dialect::Candidate;

/// How many lines are looked at.
const LINES: usize = 200;

/// Why there is one column where a person sees several.
#[derive(Debug, PartialEq)]
pub(crate) enum OneColumn {
    /// Every line is one value in quotes, with the values in it.
    QuotedLines,
    /// Blanks fill every value up to the width of its column.
    FixedWidths,
    /// Something else than what is known as a delimiter stands between the values.
    Sign(String),
}

impl OneColumn {
    /// What is wrong, as a sentence.
    pub fn message(&self) -> String {
        match self {
            Self::QuotedLines => "Every line is in quotes as a whole, which makes it one value.".to_owned(),
            Self::FixedWidths => "No delimiter was found: the columns seem to have fixed widths.".to_owned(),
            Self::Sign(sign) if sign == " " => {
                "No delimiter was found: the values seem to be separated by blanks.".to_owned()
            }
            Self::Sign(sign) => {
                format!("No delimiter was found: the values seem to be separated by '{sign}'.")
            }
        }
    }
}

/// Finds the reason in a text that was read with the best delimiter there is.
pub(crate) fn explain(text: &str, table: &Candidate) -> Option<OneColumn> {
    let lines: Vec<&str> =
        text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).take(LINES).collect();
    if has_quoted_lines(&lines, table) {
        return Some(OneColumn::QuotedLines);
    }
    if table.headings() != 1 || lines.len() < 3 {
        return None;
    }
    if has_fixed_widths(&lines) {
        return Some(OneColumn::FixedWidths);
    }
    separating_sign(&lines).map(OneColumn::Sign)
}

fn has_quoted_lines(lines: &[&str], table: &Candidate) -> bool {
    let is_quoted =
        |line: &&&str| line.trim().len() > 2 && line.trim().starts_with('"') && line.trim().ends_with('"');
    let (_, body) = table.header_and_body();
    let most = |count: usize, all: usize| all > 0 && count * 10 >= all * 9;
    let whole: Vec<&str> = body.iter().filter(|row| row.len() == 1).filter_map(|row| row.get(0)).collect();
    most(whole.len(), body.len())
        && most(lines.iter().filter(is_quoted).count() + 1, lines.len())
        && Candidate::best(&whole.join("\n")).is_some_and(|inner| inner.width > 1 && inner.share >= 0.9)
}

/// Whether blanks stand below each other in all lines, between three columns or more.
fn has_fixed_widths(lines: &[&str]) -> bool {
    let mut is_filled: Vec<bool> = Vec::new();
    for line in lines {
        for (place, letter) in line.chars().enumerate() {
            if place == is_filled.len() {
                is_filled.push(false);
            }
            if letter != ' '
                && let Some(filled) = is_filled.get_mut(place)
            {
                *filled = true;
            }
        }
    }
    let begins = is_filled.windows(2).filter(|pair| matches!(pair, [false, true])).count();
    begins + usize::from(is_filled.first() == Some(&true)) > 2
}

/// What is in all lines equally often.
fn separating_sign(lines: &[&str]) -> Option<String> {
    let (header, rows) = lines.split_first()?;
    let mut signs: Vec<char> = header.chars().filter(|letter| can_separate(*letter)).collect();
    signs.sort_unstable();
    signs.dedup();
    let signs = std::iter::once("::".to_owned()).chain(signs.into_iter().rev().map(String::from));
    signs.into_iter().find(|sign| {
        let is_blank = sign == " ";
        let count =
            |line: &str| line.trim().split(&**sign).filter(|part| !is_blank || !part.is_empty()).count();
        let headings = count(header);
        let values = rows.first().map_or(0, |row| count(row));
        let same = rows.iter().filter(|row| count(row) == values).count();
        // Row names have no heading.
        let fits = values == headings || (is_blank && values == headings + 1);
        fits && headings > 2 && same * 10 >= rows.len() * 9
    })
}

fn can_separate(letter: char) -> bool {
    let is_of_values = matches!(letter, '_' | '-' | '.' | ':' | '\'' | '"' | '(' | ')');
    !letter.is_alphanumeric() && !letter.is_control() && !is_of_values
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eventlog::read::text::dialect::Dialect;

    fn reason(text: &str) -> Option<OneColumn> {
        Dialect::of(text, b',').one_column
    }

    #[test]
    fn quoted_lines() {
        assert_eq!(reason("\"a,b,c\"\n\"1,2,3\"\n\"4,5,6\"\n"), Some(OneColumn::QuotedLines));
        assert_eq!(reason("\"a;b\"\r\n\"1;\"\"x; y\"\"\"\r\n\"4;5\"\r\n"), Some(OneColumn::QuotedLines));
        assert_eq!(reason("a;b;c\n\"1;2;3\"\n\"4;5;6\"\n"), Some(OneColumn::QuotedLines));
        assert_eq!(reason("a,b,c\n\"1,2,3\"\n\"4,5,6\"\n"), Some(OneColumn::QuotedLines));
        assert_eq!(reason("\"a\",\"b\"\n\"1\",\"2\"\n"), None);
        assert_eq!(reason("\"note\"\n\"hello, you\"\n\"bye\"\n\"a\"\n"), None);
    }

    #[test]
    fn fixed_widths() {
        let table =
            "Case  Activity    When      \n1     Open        2024-01-01\n1     Close case  2024-01-02\n";
        assert_eq!(reason(table), Some(OneColumn::FixedWidths));
        assert_eq!(
            reason("Case Activity When\n1 Open 2024\n17 Close 2024\n"),
            Some(OneColumn::Sign(" ".to_owned()))
        );
    }

    #[test]
    fn signs() {
        assert_eq!(reason("a§b§c\n1 x§2§3\n4§5§6\n"), Some(OneColumn::Sign("§".to_owned())));
        assert_eq!(reason("a::b::c\n1::x:y::3\n4::5::6\n"), Some(OneColumn::Sign("::".to_owned())));
        assert_eq!(
            reason("\"a\" \"b\" \"c\"\n1 27 3 4\n5 6 7 8\n13 6 70 812\n"),
            Some(OneColumn::Sign(" ".to_owned()))
        );
        assert_eq!(reason("a&b&c\n1&2&3\n4&5&6\n"), Some(OneColumn::Sign("&".to_owned())));
    }

    #[test]
    fn one_column_indeed() {
        for text in
            ["case\n1\n2\n", "when\n2024-01-01 10:00\n2024-01-02 10:00\n", "note\na b\nc\n", "a\n", ""]
        {
            assert_eq!(reason(text), None, "{text}");
        }
    }
}
