use super::*;

/// A cover sheet: texts here and there.
fn cover() -> Vec<Vec<In<'static>>> {
    vec![vec![In::Text("Event log of 2024")], vec![], vec![In::Nothing, In::Text("Owner: BI team")]]
}

/// A table of codes and texts, with so many rows.
fn codes_of(rows: usize) -> Vec<Vec<In<'static>>> {
    let code = |at| vec![In::Number(["1", "2", "3"][at % 3]), In::Text("some text")];
    std::iter::once(vec![In::Text("Code"), In::Text("Text")]).chain((0..rows).map(code)).collect()
}

/// A table of cases: an id and a date each.
fn cases(rows: usize) -> Vec<Vec<In<'static>>> {
    let case = |at: usize| vec![In::Text(format!("C{at}").leak()), day(at as f64), In::Text("open")];
    let header = ["Customer", "Since", "State"].map(In::Text).into();
    std::iter::once(header).chain((0..rows).map(case)).collect()
}

fn stated(sheet: &str) -> Stated {
    Stated { sheet: Some(sheet.to_owned()), ..Stated::default() }
}

fn listed(report: &EventLogReport) -> Vec<(&str, i64, bool)> {
    report.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.rows, sheet.read)).collect()
}

#[test]
fn the_sheet_that_looks_like_a_log_is_read() {
    for other in [cover(), codes_of(3), codes_of(500), cases(3), cases(500), vec![], vec![header()]] {
        for log_first in [true, false] {
            let mut sheets = vec![Sheet::of("Log", log()), Sheet::of("Other", other.clone())];
            if !log_first {
                sheets.reverse();
            }
            let report = check(&sheets);
            assert_eq!((report.sheet.as_deref(), report.rows), (Some("Log"), 6), "{other:?}");
        }
    }
}

#[test]
fn a_log_is_one_by_its_values_too() {
    let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let date = |at: usize| vec![day(at as f64), In::Text(weekdays[at % 7]), In::Truth(at.is_multiple_of(50))];
    let header = ["Date", "Weekday", "Holiday"].map(In::Text).into();
    let calendar = std::iter::once(header).chain((0..365).map(date)).collect();
    let mut rows = log();
    rows[0] = ["Nr", "Was", "Wann"].map(In::Text).into();
    let report = check(&[Sheet::of("Calendar", calendar), Sheet::of("Daten", rows)]);
    assert_eq!(report.sheet.as_deref(), Some("Daten"));
}

#[test]
fn sheets_are_listed_with_their_rows() {
    let chart = Sheet { is_chart: true, ..Sheet::of("Chart", vec![]) };
    let lookup = Sheet { is_hidden: true, ..Sheet::of("Lookup", codes_of(2)) };
    let report = check(&[chart, Sheet::of("Readme", cover()), lookup, Sheet::of("Log", log())]);
    let rows = [("Chart", 0, false), ("Readme", 2, false), ("Lookup", 2, false), ("Log", 6, true)];
    assert_eq!(listed(&report), rows);
    assert_eq!(report.sheets.iter().filter(|sheet| sheet.hidden).count(), 1);
    assert_eq!(
        problem(&report, "MORE_SHEETS").message,
        "Only the sheet 'Log' was read. Other sheets with rows: 'Readme' (2 rows), 'Lookup' (2 rows, hidden). ProcessMind may read the first sheet instead, 'Readme'."
    );
    assert!(report.to_string().contains("sheet 'Log'"), "{report}");
}

#[test]
fn a_log_on_two_sheets_is_read_from_the_first() {
    let mut longer = log();
    longer.extend(log().split_off(1));
    let report = check(&[Sheet::of("Jan", log()), Sheet::of("Feb", longer), Sheet::of("Notes", cover())]);
    assert_eq!((report.sheet.as_deref(), report.rows), (Some("Jan"), 6));
    let message = &problem(&report, "MORE_SHEETS").message;
    assert!(message.contains("same headings are left out: 'Feb' (12 rows)"), "{message}");
    assert!(!message.contains("may read the first"), "{message}");
    let sample = log().into_iter().take(2).collect();
    let many = (0..20).flat_map(|at| log().split_off(usize::from(at > 0))).collect();
    let report = check(&[Sheet::of("Template", sample), Sheet::of("Log", many)]);
    assert_eq!((report.sheet.as_deref(), report.rows), (Some("Log"), 120));
}

#[test]
fn charts_and_empty_sheets_leave_nothing_out() {
    let chart = Sheet { is_chart: true, ..Sheet::of("Chart", vec![]) };
    let report = check(&[chart.clone(), Sheet::of("Log", log())]);
    assert_eq!((report.rows, codes(&report)), (6, vec![]));
    let report = check(&[chart, Sheet::of("Log", log()), Sheet::of("Empty", vec![])]);
    assert_eq!((report.rows, codes(&report)), (6, vec![]));
    let report = check(&[Sheet::of("Empty", vec![]), Sheet::of("Log", log())]);
    assert!(problem(&report, "MORE_SHEETS").message.contains("instead, 'Empty'"));
}

#[test]
fn a_hidden_sheet_is_read_only_if_it_alone_is_a_log() {
    let hidden = |name| Sheet { is_hidden: true, ..Sheet::of(name, log()) };
    let report = check(&[hidden("Copy"), Sheet::of("Log", log())]);
    assert_eq!(report.sheet.as_deref(), Some("Log"));
    let report = check(&[Sheet::of("Readme", cover()), hidden("Data")]);
    assert_eq!(report.sheet.as_deref(), Some("Data"));
    assert!(problem(&report, "MORE_SHEETS").message.starts_with("Only the sheet 'Data' (hidden) was read"));
}

#[test]
fn the_stated_sheet_is_read() {
    let book = book(&[Sheet::of("Log", log()), Sheet::of(" Codes", codes_of(2))]);
    for name in [" Codes", "codes", "CODES "] {
        let report = check_bytes(book.clone(), Format::Xlsx, &stated(name)).unwrap();
        assert_eq!((report.sheet.as_deref(), report.rows), (Some(" Codes"), 2));
        assert_eq!(listed(&report)[0], ("Log", 6, false));
    }
    let error = check_bytes(book, Format::Xlsx, &stated("Cods")).unwrap_err();
    assert!(
        matches!(error, ReadError::UnknownSheet { name, sheets } if name == "Cods" && sheets == ["Log", " Codes"])
    );
}

#[test]
fn a_sheet_without_cells_is_empty() {
    let chart = Sheet { is_chart: true, ..Sheet::of("Chart", vec![]) };
    let sheets = [chart.clone(), Sheet::of("Empty", vec![]), Sheet::of("Log", log())];
    for name in ["Empty", "Chart"] {
        let report = check_bytes(book(&sheets), Format::Xlsx, &stated(name)).unwrap();
        assert_eq!(problem(&report, "EMPTY_FILE").message, format!("The sheet '{name}' is empty."));
        assert!(!report.ok && !codes(&report).contains(&"NO_ROWS"));
    }
    for sheets in [vec![Sheet::of("Empty", vec![])], vec![chart, Sheet::of("Empty", vec![])]] {
        assert_eq!(codes(&check(&sheets)), ["EMPTY_FILE"]);
    }
}

#[test]
fn a_damaged_sheet_beside_the_log_does_not_refuse_it() {
    // A cell of a type that there is not.
    let odd = Sheet::of(
        "Odd",
        vec![vec![In::Text("a")], vec![In::Text("</t></is></c><c t=\"odd\"><v>1</v></c><c><is><t>")]],
    );
    let report = check(&[odd.clone(), Sheet::of("Log", log())]);
    assert_eq!(report.rows, 6);
    assert!(problem(&report, "MORE_SHEETS").message.contains("damaged"));
    assert!(check_bytes(book(&[odd]), Format::Xlsx, &Stated::default()).is_err());
}

#[test]
fn very_many_sheets_are_named_in_short() {
    let names: Vec<String> = (0..40).map(|at| format!("Sheet {at}")).collect();
    let sheets: Vec<_> = names.iter().map(|name| Sheet::of(name, log())).collect();
    let report = check(&sheets);
    assert_eq!(report.sheets.len(), 40);
    assert!(problem(&report, "MORE_SHEETS").message.contains("'Sheet 10' (6 rows) and 29 more"));
}
