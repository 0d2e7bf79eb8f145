//! How the models show themselves in Python: their `repr`, and as HTML in notebooks.

use std::fmt::Write as _;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyInt, PyList, PyString};

use crate::html::escaped;

/// So many of a list are shown, in lines and as the rows of a table.
const MOST_IN_LINE: usize = 20;
const MOST_ROWS: usize = 50;
/// So many letters of a text are shown in a table.
const MOST_LETTERS: usize = 200;
/// Notebooks put all to the right, which is for numbers.
const LEFT: &str = " style=\"text-align: left\"";

/// The name that a field has in Python.
#[must_use]
pub fn name(field: &'static str) -> &'static str {
    field.trim_start_matches("r#")
}

/// A model as the call that would make it, with what it holds beside its fields.
///
/// # Errors
///
/// What the `repr` of a field raises.
pub fn repr(object: &Bound<'_, PyAny>, class: &str, fields: &[&str]) -> PyResult<String> {
    let extra =
        object.getattr(intern!(object.py(), "extra")).is_ok_and(|extra| extra.is_truthy().unwrap_or(false));
    let fields = fields.iter().copied().chain(extra.then_some("extra"));
    let shown = fields.map(|field| Ok(format!("{field}={}", shown(&object.getattr(field)?)?)));
    Ok(format!("{class}({})", shown.collect::<PyResult<Vec<_>>>()?.join(", ")))
}

/// The `repr` of a value; of a long list its beginning.
fn shown(value: &Bound<'_, PyAny>) -> PyResult<String> {
    match value.cast::<PyList>() {
        Ok(list) if list.len() > MOST_IN_LINE => lines(list, ", "),
        _ => value.repr().map(|text| text.to_string()),
    }
}

/// The beginning of a list, and how much more there is.
///
/// # Errors
///
/// What the `repr` of an object raises.
pub fn lines(list: &Bound<'_, PyList>, between: &str) -> PyResult<String> {
    let items = list.iter().take(MOST_IN_LINE).map(|item| Ok(item.repr()?.to_string()));
    let mut items = items.collect::<PyResult<Vec<_>>>()?;
    items.extend(more(list.len(), MOST_IN_LINE).map(|more| format!("… {more}")));
    Ok(format!("[{}]", items.join(between)))
}

/// A model as a table of its fields.
///
/// # Errors
///
/// What the text of a field raises.
pub fn html(object: &Bound<'_, PyAny>, class: &str, fields: &[&str]) -> PyResult<String> {
    let mut html = format!("<table><thead><tr><th{LEFT} colspan=\"2\">{class}</th></tr></thead><tbody>");
    for field in fields {
        let cell = cell(&object.getattr(*field)?)?;
        // What is written to a text can't fail.
        let _ = write!(html, "<tr><th{LEFT}>{field}</th>{cell}</tr>");
    }
    html.push_str("</tbody></table>");
    Ok(html)
}

/// Objects of one class as a table; none where they are of several, or of none of ours.
///
/// # Errors
///
/// What the text of a field raises.
pub fn table(list: &Bound<'_, PyList>) -> PyResult<Option<String>> {
    let Some(class) = list.iter().next().map(|first| first.get_type()) else { return Ok(None) };
    let Ok(fields) = class.getattr(intern!(list.py(), "_fields")) else { return Ok(None) };
    if !list.iter().all(|item| item.get_type().is(&class)) {
        return Ok(None);
    }
    let fields: Vec<String> = fields.extract()?;
    let headings: String = fields.iter().map(|field| format!("<th{LEFT}>{}</th>", escaped(field))).collect();
    let mut html = format!("<table><thead><tr>{headings}</tr></thead><tbody>");
    for item in list.iter().take(MOST_ROWS) {
        let cells = fields.iter().map(|field| cell(&item.getattr(field.as_str())?));
        let _ = write!(html, "<tr>{}</tr>", cells.collect::<PyResult<String>>()?);
    }
    html.push_str("</tbody></table>");
    if let Some(more) = more(list.len(), MOST_ROWS) {
        let _ = write!(html, "<p>… {more}</p>");
    }
    Ok(Some(html))
}

fn more(length: usize, most: usize) -> Option<String> {
    length.checked_sub(most).filter(|more| *more > 0).map(|more| format!("{more} more"))
}

fn cell(value: &Bound<'_, PyAny>) -> PyResult<String> {
    let style = if value.is_exact_instance_of::<PyInt>() { "" } else { LEFT };
    Ok(format!("<td{style}>{}</td>", content(value)?))
}

fn content(value: &Bound<'_, PyAny>) -> PyResult<String> {
    let py = value.py();
    if value.is_none() {
        return Ok(String::new());
    }
    if let Ok(list) = value.cast::<PyList>() {
        return match table(list)? {
            Some(table) => Ok(table),
            None => listed(list),
        };
    }
    if value.is_exact_instance_of::<PyInt>() {
        return value.call_method1(intern!(py, "__format__"), (",",))?.extract();
    }
    match value.getattr(intern!(py, "_fields")).and_then(|fields| fields.extract::<Vec<String>>()) {
        // Such as a colour, which is nothing but its id.
        Ok(fields) if fields.len() == 1 => {
            fields.iter().map(|field| content(&value.getattr(field.as_str())?)).collect()
        }
        Ok(_) => value.call_method0(intern!(py, "_repr_html_"))?.extract(),
        Err(_) => text(&value.str()?),
    }
}

/// A list of texts or numbers, a line each.
fn listed(list: &Bound<'_, PyList>) -> PyResult<String> {
    let mut lines =
        list.iter().take(MOST_IN_LINE).map(|item| content(&item)).collect::<PyResult<Vec<_>>>()?;
    lines.extend(more(list.len(), MOST_IN_LINE).map(|more| format!("… {more}")));
    Ok(lines.join("<br>"))
}

fn text(text: &Bound<'_, PyString>) -> PyResult<String> {
    let text = text.to_cow()?;
    let mut shown: String = text.chars().take(MOST_LETTERS).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    Ok(escaped(&shown).replace('\n', "<br>"))
}
