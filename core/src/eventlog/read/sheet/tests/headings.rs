use super::*;

/// The log with cells put before each row.
fn after(cell: impl Fn(usize) -> In<'static>) -> Vec<Vec<In<'static>>> {
    let put = |(at, row): (usize, Vec<In<'static>>)| std::iter::once(cell(at)).chain(row).collect();
    log().into_iter().enumerate().map(put).collect()
}

fn names(report: &EventLogReport) -> Vec<&str> {
    report.columns.iter().map(|column| column.name.as_str()).collect()
}

#[test]
fn an_index_without_a_heading_is_a_column() {
    let numbers = ["", "0", "1", "2", "3", "4", "5"];
    let report = check_rows(after(|at| if at == 0 { In::Nothing } else { In::Number(numbers[at]) }));
    assert_eq!(names(&report), ["", "Case ID", "Activity", "Timestamp"]);
    assert_eq!((report.columns[0].r#type.as_str(), report.cases, report.ok), ("integer", Some(3), true));
    assert_eq!(problem(&report, "EMPTY_HEADING").row, Some(1));
}

#[test]
fn an_empty_column_before_the_table_is_not_part_of_it() {
    let report = check_rows(after(|_| In::Nothing));
    assert_eq!((names(&report), codes(&report)), (vec!["Case ID", "Activity", "Timestamp"], vec![]));
}

#[test]
fn a_heading_may_be_missing_in_the_middle() {
    for cell in [In::Nothing, In::Text("x")] {
        let mut rows = log();
        for (at, row) in rows.iter_mut().enumerate() {
            row.insert(1, if at == 0 { In::Nothing } else { cell.clone() });
        }
        let report = check_rows(rows);
        assert_eq!(names(&report), ["Case ID", "", "Activity", "Timestamp"]);
        assert_eq!((codes(&report), report.ok), (vec!["EMPTY_HEADING"], true));
    }
}

#[test]
fn a_note_beside_the_table_is_named_with_its_place() {
    let mut rows = log();
    rows[2].extend([In::Nothing, In::Nothing, In::Text("checked")]);
    rows.push(vec![In::Nothing; 5]);
    rows.push(vec![In::Nothing, In::Nothing, In::Nothing, In::Nothing, In::Text("by BI")]);
    let report = check_rows(rows);
    let note = problem(&report, "NOTE_BESIDE_TABLE");
    assert_eq!((&note.rows[..], note.example.as_deref()), (&[3, 9][..], Some("checked")));
    assert_eq!(note.message, "Cell F3 is beside the table and has no heading.");
    assert_eq!((report.rows, report.ok, codes(&report).len()), (6, true, 1));
}

#[test]
fn a_note_beside_the_headings_is_no_heading() {
    let mut rows = log();
    rows[0].extend([In::Nothing, In::Text("exported in May")]);
    let report = check_rows(rows);
    assert_eq!((report.columns.len(), codes(&report)), (3, vec!["NOTE_BESIDE_TABLE"]));
}

#[test]
fn no_hint_speaks_of_delimiters() {
    for code in crate::eventlog::ProblemCode::ALL {
        let hint = code.hint_for(Format::Xlsx);
        assert!(hint.ends_with('.'));
        let is_of_text = matches!(code.code(), "RAGGED_ROW" | "STRAY_QUOTE" | "UNCLOSED_QUOTE");
        assert!(is_of_text || !hint.contains("delimiter") && !hint.contains("line "), "{hint}");
    }
}

#[test]
fn titles_above_the_headings_are_skipped() {
    let mut rows = vec![vec![In::Text("Tickets")], vec![In::Text("Period"), In::Text("January")], vec![]];
    rows.extend(log());
    let report = check_rows(rows);
    assert_eq!((report.rows, report.cases, report.columns.len()), (6, Some(3), 3));
    let above = problem(&report, "LINES_BEFORE_HEADER");
    assert_eq!((above.row, above.severity.as_str()), (Some(4), "error"));
}

#[test]
fn rows_beyond_the_sample_are_read_as_the_first_ones() {
    let mut rows = vec![header()];
    for at in 0..6000 {
        rows.push(vec![In::Number(["1", "2", "3"][at % 3]), In::Text("Open"), day(at as f64)]);
    }
    rows[5900].push(In::Text("a note"));
    rows[5950][0] = In::Nothing;
    let report = check_rows(rows);
    assert_eq!((report.rows, report.cases), (6000, Some(3)));
    assert_eq!(problem(&report, "NOTE_BESIDE_TABLE").row, Some(5901));
    assert_eq!(problem(&report, "MISSING_CASE_ID").row, Some(5951));
}

#[test]
fn headings_without_rows_are_a_log_without_rows() {
    let report = check_rows(vec![header()]);
    assert_eq!((names(&report).len(), codes(&report)), (3, vec!["NO_ROWS"]));
}
