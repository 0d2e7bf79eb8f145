//! A report as HTML, for notebooks: it needs no style sheet and no script.

use std::fmt::Write as _;

use crate::eventlog::report::text::{MOST_COLUMNS, cells, grouped};
use crate::eventlog::report::{EventLogPeriod, EventLogProblem, EventLogReport};
use crate::html::escaped;

const HEIGHT: i64 = 40;
const BAR: usize = 10;

impl EventLogReport {
    /// The report as a table, a small picture of the events over time, and the problems.
    #[must_use]
    pub fn to_html(&self) -> String {
        let mut html = format!("<div><p><b>{}</b></p>", escaped(&self.headline()));
        html.push_str("<table><thead><tr><th>column</th><th>type</th><th>role</th><th>filled</th><th>distinct</th><th>from</th><th>to</th></tr></thead><tbody>");
        for column in self.columns.iter().take(MOST_COLUMNS) {
            let cells: String =
                cells(column, self.rows).iter().map(|cell| format!("<td>{}</td>", escaped(cell))).collect();
            // What is written to a text can't fail.
            let _ = write!(html, "<tr>{cells}</tr>");
        }
        html.push_str("</tbody></table>");
        if let Some(more) = self.columns.len().checked_sub(MOST_COLUMNS).filter(|more| *more > 0) {
            let _ = write!(html, "<p>and {more} more</p>");
        }
        html.push_str(&picture(&self.events_over_time));
        let _ = write!(html, "<p>{}</p>", escaped(&self.verdict()));
        if !self.problems.is_empty() {
            let items: String = self.problems.iter().map(item).collect();
            let _ = write!(html, "<ul>{items}</ul>");
        }
        html.push_str("</div>");
        html
    }
}

fn item(problem: &EventLogProblem) -> String {
    let example = problem.example.as_deref().map(|text| format!(": <code>{}</code>", escaped(text)));
    format!(
        "<li><b>{}</b> {}: {}<br>{}{}.<br>{}</li>",
        escaped(&problem.severity),
        escaped(&problem.code),
        escaped(&problem.place()),
        escaped(problem.statement()),
        example.unwrap_or_default(),
        escaped(&problem.hint)
    )
}

/// A bar for every period, which tells its start and its events.
fn picture(periods: &[EventLogPeriod]) -> String {
    let Some(most) = periods.iter().map(|period| period.events).max().filter(|most| *most > 0) else {
        return String::new();
    };
    let bar = |(place, period): (usize, &EventLogPeriod)| {
        let height =
            if period.events == 0 { 0 } else { (period.events.saturating_mul(HEIGHT) / most).max(1) };
        format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{height}\"><title>{}: {}</title></rect>",
            place * BAR,
            HEIGHT - height,
            BAR - 1,
            escaped(&period.start),
            grouped(period.events)
        )
    };
    let bars: String = periods.iter().enumerate().map(bar).collect();
    let edge = |period: Option<&EventLogPeriod>| escaped(period.map_or("", |period| &period.start));
    format!(
        "<p>{} <svg width=\"{}\" height=\"{HEIGHT}\" fill=\"currentColor\" role=\"img\" aria-label=\"events over time\">{bars}</svg> {}</p>",
        edge(periods.first()),
        periods.len() * BAR,
        edge(periods.last())
    )
}

#[cfg(test)]
mod tests {
    use crate::eventlog::{Format, Limits, Stated, report};
    use std::io::Cursor;
    use std::sync::atomic::AtomicBool;

    #[test]
    fn what_a_file_says_is_escaped_and_the_rest_is_well_formed() {
        let log =
            "CaseId,<script>alert('x')</script>,\"<img src=\"\"x\"\">\"\n1,2024-01-31,<b>\n1,2024-03-01\n";
        let limits = Limits { cases: 100, stop: &AtomicBool::new(false) };
        let report =
            report(Cursor::new(log), Format::Csv, Some("a<b>.csv".to_owned()), &Stated::default(), &limits)
                .unwrap();
        let html = report.to_html().replace("<br>", "<br/>");
        assert!(
            !html.contains("<script") && !html.contains("<img") && html.contains("&lt;script&gt;"),
            "{html}"
        );
        let document = roxmltree::Document::parse(&html).unwrap();
        let bars = document.descendants().filter(|node| node.has_tag_name("rect")).count();
        assert_eq!(bars, report.events_over_time.len());
        assert_eq!(
            document.descendants().filter(|node| node.has_tag_name("li")).count(),
            report.problems.len()
        );
    }
}
