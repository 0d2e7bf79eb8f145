//! The error classes of Python and TypeScript, from the one table in core.

use processmind::ErrorKind;
use processmind::error::{DOCS, KindInfo};

/// What a file that can't be read is in Python, beside the `OSError` that it is; the template has them.
const SOURCE_ERRORS: [&str; 5] = [
    "SourceIsADirectoryError",
    "SourceNotADirectoryError",
    "SourceNotFoundError",
    "SourceOSError",
    "SourcePermissionError",
];

/// `exceptions.py`: the base from its template, then a class for every kind.
pub fn python() -> String {
    let classes = ErrorKind::ALL.iter().map(python_class).collect::<String>();
    let mut names: Vec<_> = ErrorKind::ALL.iter().map(|info| info.class).collect();
    names.extend(["ErrorCause", "ProcessMindError"]);
    names.extend(SOURCE_ERRORS);
    names.sort_unstable();
    let names: String = names.iter().map(|name| format!("    \"{name}\",\n")).collect();
    let template = include_str!("exceptions.py.in").replace("DOCS", DOCS);
    template.replace("# CLASSES\n", &classes).replace("    # NAMES\n", &names)
}

fn python_class(info: &KindInfo) -> String {
    let KindInfo { class, parent, code, .. } = info;
    let builtin = info.python_base.map(|base| format!(", {base}")).unwrap_or_default();
    format!("\n\nclass {class}({parent}{builtin}):\n    \"\"\"{}\"\"\"\n\n    code = \"{code}\"\n", doc(info))
}

/// `errors.ts`: the base from its template, then a class for every kind.
pub fn typescript() -> String {
    let classes = ErrorKind::ALL.iter().map(typescript_class).collect::<String>();
    include_str!("errors.ts.in").replace("DOCS", DOCS).replace("// CLASSES\n", &classes)
}

fn typescript_class(info: &KindInfo) -> String {
    let KindInfo { class, parent, code, .. } = info;
    let doc = doc(info);
    format!(
        "
/** {doc} Code: `{code}`. */
export class {class} extends {parent} {{
  override readonly code: string = '{code}';
  static {{
    {class}.prototype.name = '{class}';
  }}
}}
"
    )
}

fn doc(info: &KindInfo) -> String {
    info.doc.split_whitespace().collect::<Vec<_>>().join(" ")
}
