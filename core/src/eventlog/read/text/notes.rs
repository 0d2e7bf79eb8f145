//! What is told about the header and the dialect of a text.

use super::one_column::OneColumn;
use super::opening::Opening;
use super::rows::Lines;
use crate::eventlog::report::problem::{ProblemCode, Problems};
use crate::eventlog::report::text::counted;

impl Opening {
    /// Tells what is odd about the dialect, the lines above the header and the length of the header.
    pub fn tell(&self, headings: usize, problems: &mut Problems) {
        let lines = Lines::of(&self.head.bytes, self.head.first_line);
        let mut tell = |code, at: usize, message: String| {
            let (line, example) =
                (|| Some(lines.of_record(at)), || Some(self.letters.to_text(lines.text(at))));
            problems.add(code, None, line, || message, example);
        };
        if self.dialect.sep_line.is_some() {
            tell(ProblemCode::SepLine, 0, "The line only tells Excel the delimiter.".to_owned());
        }
        let header = self.header.start;
        for at in self.lines_above() {
            let message =
                format!("The line is not part of the table: the header is in line {}.", lines.at(header));
            tell(ProblemCode::LinesBeforeHeader, at, message);
        }
        if !self.dialect.unnamed.is_none() {
            let values = headings + self.dialect.unnamed.before + self.dialect.unnamed.behind;
            let message = format!(
                "The header has {}, and the rows have {values} values.",
                counted(headings as i64, "heading")
            );
            tell(ProblemCode::HeaderTooShort, header, message.clone());
            // The first row shows it.
            tell(ProblemCode::HeaderTooShort, self.header.end, message);
        }
        if let Some(reason) = &self.dialect.one_column {
            let code = match reason {
                OneColumn::QuotedLines => ProblemCode::QuotedLines,
                OneColumn::FixedWidths | OneColumn::Sign(_) => ProblemCode::NoDelimiter,
            };
            tell(code, header, reason.message());
        }
        if let Some((before, line)) = &self.dialect.unusual {
            let (row, example) = (|| Some(self.head.first_line + before), || Some(line.clone()));
            let message = || self.dialect.quoting.describe().to_owned();
            problems.add(ProblemCode::UnusualQuotes, None, row, message, example);
        }
    }

    /// Where the lines between the start of the table and its header are that are not blank.
    fn lines_above(&self) -> Vec<usize> {
        let above = self.head.bytes.get(self.table..self.header.start).unwrap_or_default();
        let ends = memchr::memchr2_iter(b'\n', b'\r', above).map(|end| end + 1);
        let starts = std::iter::once(0)
            .chain(ends)
            .filter(|start| above.get(*start).is_some_and(|byte| !matches!(byte, b'\n' | b'\r')));
        starts.map(|start| self.table + start).collect()
    }
}
