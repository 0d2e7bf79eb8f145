//! XML and HTML, told from text that only begins with `<`.

use super::{Content, text};

/// Tags that a web page, or a table exported as HTML, begins with.
const PAGE: &[&str] = &[
    "html", "head", "body", "table", "thead", "tbody", "tr", "meta", "title", "script", "style", "div",
    "form", "center", "link", "base", "iframe", "frameset",
];

/// Roots that are known, with a part of their tag: a namespace, or nothing.
const ROOTS: &[(&str, &str, Content)] = &[
    ("definitions", "http://www.omg.org/spec/BPMN/20100524/MODEL", Content::Bpmn),
    ("definitions", "/spec/DMN/", Content::Document("a DMN model")),
    ("definitions", "/spec/CMMN/", Content::Document("a CMMN model")),
    (
        "definitions",
        "http://schemas.xmlsoap.org/wsdl/",
        Content::Document("a web service description (WSDL)"),
    ),
    ("Package", "wfmc.org", Content::Document("an XPDL model")),
    ("BpmnDiagram", "", Content::Document("a BPMN 1 diagram")),
    ("process", "bpel", Content::Document("a BPEL process")),
    ("specificationSet", "yawl", Content::Document("a YAWL specification")),
    ("AML", "", Content::Document("an ARIS export (AML)")),
    ("pnml", "", Content::Document("a Petri net (PNML)")),
    ("epml", "", Content::Document("an EPC model (EPML)")),
    ("mxfile", "", Content::Document("a draw.io diagram")),
    ("mxGraphModel", "", Content::Document("a draw.io diagram")),
    ("VisioDocument", "", Content::Document("a Visio drawing (.vdx)")),
    ("XMI", "", Content::Document("a UML model (XMI)")),
    ("svg", "", Content::Document("an SVG image")),
    ("WorkflowLog", "", Content::Data("an event log in MXML")),
    ("Workbook", "urn:schemas-microsoft-com:office:spreadsheet", Content::ExcelXml),
    ("wordDocument", "", Content::Document("a Word document in XML")),
];

/// What follows a value in a table.
const DELIMITERS: &[char] = &[',', ';', '\t', '|', '^', '"'];
/// How much of the name of a root is kept.
const LONGEST_NAME: usize = 60;

/// What text is that begins with `<`; nothing if it is no markup.
pub(super) fn identify(text: &str) -> Option<Content> {
    let mut prolog = Prolog { rest: text, is_declared: false, is_page: false };
    loop {
        match prolog.next() {
            Some(Item::Markup) => {}
            // The root is not among these bytes.
            Some(Item::Cut) => return prolog.is_declared.then(|| Content::Xml { root: String::new() }),
            Some(Item::Value) => return None,
            None => return prolog.root(),
        }
    }
}

/// What comes before the root.
struct Prolog<'a> {
    rest: &'a str,
    /// Whether there is a declaration or a DOCTYPE.
    is_declared: bool,
    /// Whether the DOCTYPE is that of HTML.
    is_page: bool,
}

enum Item {
    /// A declaration, an instruction or a comment.
    Markup,
    /// The same, without its end.
    Cut,
    /// A value of a table that looks like markup.
    Value,
}

impl Prolog<'_> {
    fn next(&mut self) -> Option<Item> {
        let text = self.rest;
        let is_type = begins_with(text, "<!doctype");
        let is_declaration = is_type || begins_with(text, "<?xml");
        let length = match text {
            _ if is_type => length_of_type(text),
            _ if text.starts_with("<?") => text.find("?>").map(|at| at + 2),
            _ if text.starts_with("<!--") => text.find("-->").map(|at| at + 3),
            _ => return None,
        };
        let was_declared = self.is_declared;
        self.is_declared |= is_declaration;
        let Some(rest) = length.and_then(|length| text.get(length..)) else { return Some(Item::Cut) };
        self.is_page |= is_type && begins_with(text.get(9..)?.trim_start(), "html");
        self.rest = rest.trim_start();
        let is_value = !self.rest.is_empty() && !self.rest.starts_with('<');
        // A tab before the root may separate two values of a table.
        let is_tab_of_table = !is_declaration && is_next_value(rest);
        Some(if !was_declared && (is_value || is_tab_of_table) { Item::Value } else { Item::Markup })
    }

    fn root(&self) -> Option<Content> {
        let tag = Tag::parse(self.rest);
        if self.is_page {
            let is_page = self.rest.is_empty() || tag.is_some_and(|tag| !tag.is_value());
            return is_page.then_some(Content::Html);
        }
        tag?.content(self.is_declared)
    }
}

/// How long a DOCTYPE is, with the declarations inside it.
fn length_of_type(text: &str) -> Option<usize> {
    let end = text.find('>')?;
    match text.find('[').filter(|start| *start < end) {
        None => Some(end + 1),
        Some(start) => {
            let inside = start + text.get(start..)?.find(']')?;
            Some(inside + text.get(inside..)?.find('>')? + 1)
        }
    }
}

fn begins_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start))
}

/// The first tag.
struct Tag<'a> {
    name: &'a str,
    attributes: &'a str,
    is_closed: bool,
    /// What follows; nothing if the tag is cut off.
    rest: Option<&'a str>,
}

impl<'a> Tag<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let text = text.strip_prefix('<')?;
        let length = text.find(|c| !is_name(c)).unwrap_or(text.len());
        let (name, rest) = text.split_at_checked(length)?;
        let is_named = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
        (is_named && is_end_of_name(rest)).then_some(())?;
        let end = end_of_tag(rest);
        let attributes = rest.get(..end.unwrap_or(rest.len()))?;
        let is_closed = attributes.ends_with('/');
        let attributes = attributes.trim_end_matches('/');
        Some(Self { name, attributes, is_closed, rest: end.and_then(|end| rest.get(end + 1..)) })
    }

    fn content(&self, is_declared: bool) -> Option<Content> {
        if !is_declared && self.is_value() {
            return None;
        }
        // Other XML may have a <table> or a <form>, too.
        let names = if is_declared { PAGE.get(..1).unwrap_or_default() } else { PAGE };
        if names.iter().any(|page| self.name.eq_ignore_ascii_case(page)) && self.is_page() {
            return Some(Content::Html);
        }
        let is_xml = is_declared
            || (are_attributes(self.attributes)
                && (self.attributes.contains("xmlns") || self.holds_elements()));
        is_xml.then(|| self.root())
    }

    /// Whether the next value of a table follows: behind this tag, or as text behind its end.
    fn is_value(&self) -> bool {
        let Some(rest) = self.rest else { return false };
        let is_text =
            |after: &str| !after.is_empty() && !after.starts_with(['\r', '\n']) && !is_tag_next(after);
        is_next_value(rest)
            || self.split_at_end().is_some_and(|(_, after)| is_text(after.trim_start_matches([' ', '\t'])))
    }

    /// Whether what follows is as it is in a page: its end, nothing, or tags that are not in a table.
    fn is_page(&self) -> bool {
        self.rest.is_none_or(|rest| {
            rest.trim().is_empty() || rest.contains(&self.end()) || (rest.contains('<') && !is_table(rest))
        })
    }

    fn end(&self) -> String {
        format!("</{}>", self.name)
    }

    /// What is inside and behind the element, if that has none of its name in it.
    fn split_at_end(&self) -> Option<(&'a str, &'a str)> {
        let parts = self.rest?.split_once(&self.end());
        parts.filter(|(inside, _)| !inside.contains(&format!("<{}", self.name)))
    }

    /// Whether the root is the only one, and has elements rather than text in it. A table may begin with values such
    /// as `<b>`, too.
    fn holds_elements(&self) -> bool {
        let Some(rest) = self.rest.filter(|rest| !rest.trim().is_empty()) else {
            return self.is_closed || !self.attributes.trim().is_empty();
        };
        let is_alone = |rest: &str| rest.trim().is_empty() || rest.trim_start().starts_with("<!--");
        if self.is_closed {
            return is_alone(rest);
        }
        match self.split_at_end() {
            Some((inside, after)) => {
                is_alone(after) && (inside.trim().is_empty() || inside.trim_start().starts_with('<'))
            }
            None => rest.trim_start().starts_with('<') && !is_table(rest),
        }
    }

    fn root(&self) -> Content {
        let local = self.name.rsplit(':').next().unwrap_or(self.name);
        let known =
            |(root, part, _): &&(&str, &str, Content)| local == *root && self.attributes.contains(part);
        if local == "log" && self.is_event_log() {
            return Content::Xes;
        }
        match ROOTS.iter().find(known) {
            Some((_, _, content)) => content.clone(),
            None => Content::Xml { root: self.name.chars().take(LONGEST_NAME).collect() },
        }
    }

    fn is_event_log(&self) -> bool {
        let is_in = |part| self.rest.is_some_and(|rest| rest.contains(part));
        self.attributes.to_ascii_lowercase().contains("xes")
            || is_in("<trace")
            || is_in("<extension")
            || is_in("<event")
    }
}

/// Whether a tag, the end of one or a comment begins here.
fn is_tag_next(text: &str) -> bool {
    ["</", "<!", "<?"].iter().any(|start| text.starts_with(start)) || Tag::parse(text).is_some()
}

/// Whether what follows a tag is the next value of a table. A tab may as well indent the next tag.
fn is_next_value(rest: &str) -> bool {
    rest.starts_with(DELIMITERS) && !(rest.starts_with('\t') && rest.contains("</"))
}

/// Whether what follows the first tag is a table: delimiters in its line, and as many in the next ones.
fn is_table(rest: &str) -> bool {
    let plain = without_tags(rest);
    let mut lines = plain.lines();
    let is_started = lines.next().is_some_and(|line| !line.trim().is_empty());
    let goes_on = lines.any(|line| !line.trim().is_empty()) || !(rest.contains("</") || rest.contains("/>"));
    is_started && goes_on && text::delimiter(&plain).is_some()
}

fn without_tags(mut text: &str) -> String {
    let mut plain = String::new();
    while let Some((before, after)) = text.split_once('<') {
        plain.push_str(before);
        let length = end_of_tag(after);
        match length.filter(|length| after.get(..*length).is_some_and(is_tag)) {
            Some(length) => text = after.get(length + 1..).unwrap_or_default(),
            None => {
                plain.push('<');
                text = after;
            }
        }
    }
    plain + text
}

/// Whether what is in angle brackets is a tag or a comment.
fn is_tag(inside: &str) -> bool {
    let name = inside.trim_start_matches(['/', '!', '?']);
    let after = name.trim_start_matches(is_name);
    let is_named = after.len() < name.len() || inside.starts_with('!');
    is_named && is_end_of_name(after) && !inside.contains('<')
}

/// Whether what follows a name may do so in a tag.
fn is_end_of_name(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n', '/', '>'])
}

/// Whether a name may have this character.
fn is_name(c: char) -> bool {
    c.is_alphanumeric() || "_:.-".contains(c)
}

/// Where a tag ends; `>` may stand in the value of an attribute.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    text.char_indices().find_map(|(at, c)| {
        match (quote, c) {
            (None, '>') => return Some(at),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
        None
    })
}

/// Whether these are attributes of XML, each with a value in quotes. The last one may be cut off.
fn are_attributes(mut text: &str) -> bool {
    loop {
        text = text.trim_start();
        if text.is_empty() {
            return true;
        }
        let Some((name, rest)) = text.split_once('=') else { return false };
        if name.trim().is_empty()
            || name.trim().contains(|c: char| c.is_whitespace() || "<>\"',;".contains(c))
        {
            return false;
        }
        let rest = rest.trim_start();
        let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else { return false };
        let Some((_, rest)) = rest.get(1..).and_then(|rest| rest.split_once(quote)) else { return true };
        text = rest;
    }
}
