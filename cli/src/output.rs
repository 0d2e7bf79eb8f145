//! What goes to stdout: one JSON document, or a table for people.

use std::io::{self, Write};

use comfy_table::{ColumnConstraint, ContentArrangement, Table, presets};
use processmind::model::exact_integers;
use serde_json::{Map, Value};

/// Prints an answer.
pub fn print(json: &str, as_json: bool) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    let text = if as_json { json.to_owned() } else { for_people(json) };
    match text.trim_end() {
        "" => Ok(()),
        text => writeln!(stdout, "{text}"),
    }
}

/// Prints an answer that is a text for people already.
pub fn print_text(text: &str) -> io::Result<()> {
    writeln!(io::stdout(), "{}", visible_lines(text))
}

/// Says something beside the answer.
pub fn say(text: &str) {
    // Without a stderr the exit code has to do.
    let _ = writeln!(io::stderr(), "{}", visible_lines(text));
}

fn visible_lines(text: &str) -> String {
    text.trim_end().lines().map(visible).collect::<Vec<_>>().join("\n")
}

fn for_people(json: &str) -> String {
    let exact = exact_integers(json.as_bytes(), i128::from(i64::MIN), i128::from(u64::MAX));
    match serde_json::from_slice(&exact) {
        Ok(Value::Array(rows)) if rows.iter().all(Value::is_object) => rows_of(&rows),
        Ok(Value::Object(fields)) => record(&fields),
        Ok(Value::Array(items)) => items.iter().map(cell).collect::<Vec<_>>().join("\n"),
        Ok(value) => cell(&value),
        Err(_) => json.to_owned(),
    }
}

/// A list of objects: a column for every field that is filled in one of them.
fn rows_of(rows: &[Value]) -> String {
    let objects: Vec<_> = rows.iter().filter_map(Value::as_object).collect();
    let mut columns: Vec<&String> = Vec::new();
    for (name, value) in objects.iter().flat_map(|object| object.iter()) {
        if !value.is_null() && !columns.contains(&name) {
            columns.push(name);
        }
    }
    if columns.is_empty() {
        return String::new();
    }
    let mut table = table();
    table.set_header(columns.iter().map(|name| heading(name)));
    for object in objects {
        table.add_row(columns.iter().map(|name| object.get(*name).map(cell).unwrap_or_default()));
    }
    laid_out(table)
}

/// An object: a line for every field, then a part for every object and list of objects in it.
fn record(fields: &Map<String, Value>) -> String {
    let (mut lines, mut parts) = (table(), Vec::new());
    let is_empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    for (name, value) in fields.iter().filter(|(_, value)| !is_empty(value)) {
        match value {
            Value::Object(part) if part.len() > 1 => parts.push((name, record(part))),
            Value::Array(rows) if rows.iter().any(Value::is_object) => parts.push((name, rows_of(rows))),
            _ => drop(lines.add_row([heading(name), cell(value)])),
        }
    }
    let parts = parts.into_iter().map(|(name, part)| format!("{}\n{part}", heading(name)));
    let all = std::iter::once(laid_out(lines)).filter(|lines| !lines.is_empty()).chain(parts);
    all.collect::<Vec<_>>().join("\n\n")
}

fn table() -> Table {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    // A pipe has no width: there a row is a line.
    if let Some((_, width)) = console::Term::stdout().size_checked() {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    table
}

fn laid_out(mut table: Table) -> String {
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    // What stands first is what is copied: an id, or a field's name.
    if let Some(first) = table.column_mut(0) {
        first.set_constraint(ColumnConstraint::ContentWidth);
    }
    table.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// A field's name as a heading: `displayName` is DISPLAY NAME.
fn heading(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() {
            words.push(' ');
        }
        words.extend(letter.to_uppercase());
    }
    visible(&words)
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => visible(text),
        Value::Number(number) if number.is_f64() => format!("{:.3}", number.as_f64().unwrap_or_default()),
        // Such as a colour, which is nothing but its id.
        Value::Object(fields) if fields.len() == 1 => fields.values().map(cell).collect(),
        Value::Array(items) => items.iter().map(cell).collect::<Vec<_>>().join("\n"),
        other => visible(&other.to_string()),
    }
}

/// A text of others without what a terminal would take for a command.
fn visible(text: &str) -> String {
    let shown = |letter: char| match letter {
        '\n' => ' ',
        letter if letter.is_control() => char::REPLACEMENT_CHARACTER,
        letter => letter,
    };
    text.chars().map(shown).collect()
}
