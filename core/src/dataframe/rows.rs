//! Rows as JSON has them, for a language whose tables are lists of objects.

use std::collections::HashMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{MapAccess, Visitor};
use serde_json::Value;

use super::headings::{empty, end_row, headings, is_unnamed_index, refused, write_headings};
use super::{FILE_NAME, text};
use crate::error::Result;
use crate::upload::{Source, Spool};

/// Collects rows, written as CSV. The columns are those of the first row; what a later one lacks is null.
#[derive(Debug, Default)]
pub struct Rows {
    spool: Spool,
    names: HashMap<String, String>,
    columns: Vec<String>,
    rows: usize,
    text: Vec<u8>,
}

impl Rows {
    /// No rows yet. `names` gives columns other headings.
    #[must_use]
    pub fn new(names: HashMap<String, String>) -> Self {
        Self { names, ..Self::default() }
    }

    /// Adds rows: a JSON array of objects.
    ///
    /// # Errors
    /// `InvalidArgument` for a value that has no place in CSV, and for a column that the first row has not; `Source`
    /// where the temporary file can't be written.
    pub fn write(&mut self, json: &str) -> Result<()> {
        let rows: Vec<Row> = serde_json::from_str(json).map_err(|error| {
            refused(format!("The rows are no objects: {error}."), "Pass rows as { name: value }")
        })?;
        for Row(fields) in rows {
            if self.rows == 0 {
                self.begin(&fields)?;
            }
            self.row(fields)?;
        }
        self.spool.write(&self.text)?;
        self.text.clear();
        Ok(())
    }

    /// The source of what was written.
    ///
    /// # Errors
    /// `EmptyFile` where there was no row.
    pub fn finish(self) -> Result<Source> {
        if self.rows == 0 { Err(empty()) } else { Ok(self.spool.finish().or_named(FILE_NAME)) }
    }

    fn begin(&mut self, fields: &[(String, Value)]) -> Result<()> {
        let columns: Vec<_> = fields.iter().map(|(name, _)| name.as_str()).collect();
        let headings = headings(&columns, &self.names)?;
        write_headings(headings.iter().flatten().map(String::as_str), &mut self.text);
        let written = columns.into_iter().zip(headings).filter(|(_, heading)| heading.is_some());
        self.columns = written.map(|(name, _)| name.to_owned()).collect();
        Ok(())
    }

    fn row(&mut self, fields: Vec<(String, Value)>) -> Result<()> {
        self.rows += 1;
        // Mostly the columns of the first row in its order: then there is nothing to search.
        let is_alike = fields.iter().map(|(name, _)| name).eq(&self.columns);
        let is_unknown = |name: &String| !self.columns.contains(name) && !is_unnamed_index(name);
        if !is_alike && let Some((name, _)) = fields.iter().find(|(name, _)| is_unknown(name)) {
            let message = format!("Row {} has a column '{name}', which the first row has not.", self.rows);
            return Err(refused(message, "Give the first row all columns, null where it has no value"));
        }
        let start = self.text.len();
        for (at, column) in self.columns.iter().enumerate() {
            if at > 0 {
                self.text.push(b',');
            }
            // Mostly in the order of the first row.
            let field = fields.get(at).filter(|(name, _)| name == column);
            let field = field.or_else(|| fields.iter().find(|(name, _)| name == column));
            write_value(field.map(|(_, value)| value), &mut self.text).ok_or_else(|| {
                let message =
                    format!("The column '{column}' holds an object or a list in row {}.", self.rows);
                refused(message, "Turn it into text, numbers or dates, or leave it out")
            })?;
        }
        if self.text.len() == start {
            text::write("", &mut self.text);
        }
        end_row(&mut self.text);
        Ok(())
    }
}

fn write_value(value: Option<&Value>, out: &mut Vec<u8>) -> Option<()> {
    match value {
        None | Some(Value::Null) => {}
        Some(Value::Bool(flag)) => out.extend_from_slice(flag.to_string().as_bytes()),
        Some(Value::Number(number)) => out.extend_from_slice(number.to_string().as_bytes()),
        Some(Value::String(value)) => text::write(value, out),
        Some(Value::Array(_) | Value::Object(_)) => return None,
    }
    Some(())
}

/// An object whose fields keep their order.
struct Row(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = Row;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Row, A::Error> {
                let mut fields = Vec::with_capacity(map.size_hint().unwrap_or_default());
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Row(fields))
            }
        }

        deserializer.deserialize_map(Fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;
    use std::io::Read as _;

    fn text_of(pieces: &[&str], names: &[(&str, &str)]) -> Result<String> {
        let names = names.iter().map(|(name, heading)| ((*name).to_owned(), (*heading).to_owned())).collect();
        let mut rows = Rows::new(names);
        for piece in pieces {
            rows.write(piece)?;
        }
        let mut text = String::new();
        rows.finish()?.open().unwrap().read_to_string(&mut text).unwrap();
        Ok(text)
    }

    #[test]
    fn rows_have_the_columns_of_the_first() {
        let first = r#"[{"CaseId": "a,b", "Amount": 1.5, "Done": true}, {"Done": null, "CaseId": ""}]"#;
        let second = r#"[{"CaseId": "c", "Amount": 12345678901234567890, "Done": false}]"#;
        let text = text_of(&[first, "[]", second], &[("Done", "Is it, done")]).unwrap();
        assert_eq!(
            text,
            "CaseId,Amount,\"Is it, done\"\r\n\"a,b\",1.5,true\r\n\"\",,\r\nc,12345678901234567890,false\r\n"
        );
    }

    #[test]
    fn an_unnamed_index_is_left_out_of_the_rows_too() {
        let json = r#"[{"__index_level_0__": 0, "CaseId": "a"}, {"CaseId": "b", "__index_level_0__": 1}]"#;
        assert_eq!(text_of(&[json], &[]).unwrap(), "CaseId\r\na\r\nb\r\n");
        let named = text_of(&[json], &[("__index_level_0__", "Row")]).unwrap();
        assert_eq!(named, "Row,CaseId\r\n0,a\r\n1,b\r\n");
    }

    #[test]
    fn what_can_not_be_written_is_refused() {
        for (json, kind, text) in [
            ("[]", ErrorKind::EmptyFile, "no rows"),
            ("[1]", ErrorKind::InvalidArgument, "no objects"),
            (r#"[{"a": [1]}]"#, ErrorKind::InvalidArgument, "'a' holds an object or a list in row 1"),
            (r#"[{"a": 1}, {"b": 1}]"#, ErrorKind::InvalidArgument, "Row 2 has a column 'b'"),
            (r#"[{"": 1}]"#, ErrorKind::InvalidArgument, "Column 1 has no name"),
            (r#"[{}]"#, ErrorKind::InvalidArgument, "no columns"),
        ] {
            let error = text_of(&[json], &[]).unwrap_err();
            assert_eq!(error.kind(), kind);
            assert!(error.to_string().contains(text), "{error}");
        }
    }
}
