use proptest::prelude::*;

use super::*;

/// A log with another column, of these cells.
fn with(name: &'static str, cells: &[In<'static>]) -> Vec<Vec<In<'static>>> {
    let mut rows = log();
    rows[0].push(In::Text(name));
    for (row, cell) in rows[1..].iter_mut().zip(cells.iter().cycle()) {
        row.push(cell.clone());
    }
    rows
}

#[test]
fn the_same_id_as_number_and_as_text_is_one_case() {
    let mut rows = log();
    let ids = [
        In::Number("1"),
        In::Text("1"),
        In::Number("1.5"),
        In::Text("1.5"),
        In::Number("3.0"),
        In::Text("3"),
    ];
    for (row, id) in rows[1..].iter_mut().zip(ids) {
        row[0] = id;
    }
    let report = check_rows(rows);
    assert_eq!((report.cases, codes(&report)), (Some(3), vec![]));
}

#[test]
fn error_cells_are_no_values_and_are_named() {
    let mut rows = with("Cost", &[In::Number("1")]);
    (rows[1][0], rows[2][2], rows[3][3]) = (In::Error("#REF!"), In::Error("#N/A"), In::Error("#DIV/0!"));
    let report = check_rows(rows);
    assert_eq!((report.rows, report.cases, column(&report, "Cost").r#type.as_str()), (6, Some(3), "integer"));
    let errors: Vec<_> = report.problems.iter().filter(|problem| problem.code == "ERROR_CELL").collect();
    let found: Vec<_> =
        errors.iter().map(|p| (p.row, p.column.as_deref().unwrap(), p.example.as_deref().unwrap())).collect();
    let expected =
        [(Some(2), "Case ID", "#REF!"), (Some(3), "Timestamp", "#N/A"), (Some(4), "Cost", "#DIV/0!")];
    assert_eq!(found, expected);
    assert_eq!(problem(&report, "MISSING_CASE_ID").rows, [2]);
    assert_eq!(problem(&report, "MISSING_TIMESTAMP").rows, [3]);
}

#[test]
fn errors_that_excel_does_not_know_are_named_with_their_place() {
    let strange = || In::Error("Err:508");
    for (row, column) in [(1, 0), (1, 1), (2, 2), (6, 2), (3, 0)] {
        let mut rows = log();
        rows[row][column] = strange();
        let report = check_rows(rows);
        let problem = problem(&report, "ERROR_CELL");
        let names = ["Case ID", "Activity", "Timestamp"];
        assert_eq!((problem.row, problem.column.as_deref()), (Some(row as i64 + 1), Some(names[column])));
        assert_eq!(problem.example.as_deref(), Some("Err:508"));
    }
    let mut rows = log();
    (rows[2][2], rows[3][0], rows[3][1]) = (strange(), strange(), strange());
    let report = check_rows(rows);
    assert_eq!(report.problems.iter().filter(|problem| problem.code == "ERROR_CELL").count(), 3, "{report}");
}

#[test]
fn durations_are_different_values() {
    let hours = [1.0, 25.0, 26.5, 49.0].map(|hours| In::Duration(hours / 24.0));
    let report = check_rows(with("Took", &hours));
    let took = column(&report, "Took");
    assert_eq!((took.distinct, took.r#type.as_str(), took.first.as_deref()), (4, "string", None));
}

#[test]
fn times_of_day_are_no_dates() {
    let report = check_rows(with("Time", &[In::Date(0.0), In::Date(0.5), In::Date(0.75)]));
    let time = column(&report, "Time");
    assert_eq!((time.distinct, time.r#type.as_str(), time.first.as_deref()), (3, "string", None));
    assert_eq!(column(&report, "Timestamp").role.as_deref(), Some("timestamp"));
}

#[test]
fn cells_have_the_types_that_excel_gives_them() {
    for (cells, kind) in [
        (vec![In::Percentage(0.25)], "number"),
        (vec![In::Number("1"), In::Number("2.0")], "integer"),
        (vec![In::Number("1"), In::Number("2.5")], "number"),
        (vec![In::Truth(true), In::Truth(false)], "boolean"),
        (vec![In::Iso("2024-01-31T09:30:00"), In::Iso("2024-01-31")], "datetime"),
        (vec![day(0.0), In::Iso("2024-01-31")], "datetime"),
        (vec![In::Number("1"), In::Text("x")], "string"),
        (vec![In::Formula(Some("7"))], "integer"),
    ] {
        let report = check_rows(with("Value", &cells));
        assert_eq!(column(&report, "Value").r#type, kind, "{cells:?}");
    }
}

#[test]
fn the_last_day_is_read() {
    let report = check_rows(with("Valid to", &[In::Date(2_958_465.0)]));
    let valid = column(&report, "Valid to");
    assert_eq!((valid.r#type.as_str(), valid.distinct), ("datetime", 1));
}

#[test]
fn long_numbers_have_lost_digits() {
    let mut rows = log();
    for (row, id) in
        rows[1..].iter_mut().zip(["4500000000000000001", "4500000000000000002"].into_iter().cycle())
    {
        row[0] = In::Number(id);
    }
    let report = check_rows(rows);
    let problem = problem(&report, "DIGITS_LOST");
    assert_eq!((problem.row, problem.count, problem.column.as_deref()), (Some(2), 6, Some("Case ID")));
    assert_eq!(problem.example.as_deref(), Some("4500000000000000000"));
    let short = check_rows(with("Number", &[In::Number("999999999999999"), In::Text("4500000000000000001")]));
    assert_eq!(codes(&short), Vec::<&str>::new());
}

#[test]
fn formulas_that_were_never_calculated_are_errors() {
    let mut rows = log();
    (rows[2][0], rows[3][0]) = (In::Formula(None), In::Formula(None));
    let report = check_rows(rows);
    let problem = problem(&report, "FORMULA_WITHOUT_RESULT");
    assert_eq!((&problem.rows[..], problem.column.as_deref()), (&[3, 4][..], Some("Case ID")));
    assert_eq!((report.ok, report.rows), (false, 6));
}

#[test]
fn formulas_that_are_all_zero_were_never_calculated() {
    let mut rows = log();
    for row in &mut rows[1..] {
        row[0] = In::Formula(Some("0"));
    }
    let report = check_rows(rows);
    assert_eq!(problem(&report, "FORMULA_WITHOUT_RESULT").count, 6);
    // A column of which nothing depends may be zero.
    let report = check_rows(with("Cost", &[In::Formula(Some("0"))]));
    assert_eq!(codes(&report), Vec::<&str>::new());
}

#[test]
fn merged_cells_are_named() {
    let mut rows = log();
    for row in [2, 4, 6] {
        rows[row][0] = In::Nothing;
    }
    let merged = &["A6:A7", "A2:A3", "A4:A5"];
    let report = check(&[Sheet { merged, ..Sheet::of("Log", rows) }]);
    let problem = problem(&report, "MERGED_CELLS");
    assert_eq!((&problem.rows[..], problem.count), (&[2, 4, 6][..], 3));
    assert_eq!(problem.message, "Cells A2:A3 are merged: only the first row has the value.");
    assert_eq!(problem.column.as_deref(), Some("Case ID"));
    assert!(codes(&report).contains(&"MISSING_CASE_ID"));
}

#[test]
fn dates_count_from_1904_with_a_format_and_without() {
    for dates in
        [[In::Date(43_830.375), In::Date(43_831.5)], [In::Number("43830.375"), In::Number("43831.5")]]
    {
        let rows = dates.map(|date| vec![In::Text("1"), In::Text("Open"), date]);
        let bytes = book_of_1904(&[Sheet::of("Log", [vec![header()], rows.into()].concat())]);
        let report = check_bytes(bytes, Format::Xlsx, &Stated::default()).unwrap();
        let timestamp = column(&report, "Timestamp");
        assert_eq!(timestamp.first.as_deref(), Some("2024-01-01T09:00:00"), "{report}");
        assert_eq!(timestamp.last.as_deref(), Some("2024-01-02T12:00:00"), "{report}");
    }
}

#[test]
fn merged_case_ids_are_the_case_whatever_else_is_there() {
    let customers = ["K1", "K2", "K1"];
    for headings in [["Case ID", "Activity", "Timestamp", "Customer"], ["Ref", "What", "When", "Who"]] {
        let (mut rows, mut merged) = (vec![headings.map(In::Text).into()], Vec::new());
        for case in 0..12_usize {
            let first = rows.len() + 1;
            for (place, activity) in ["Open", "Work", "Close"].into_iter().enumerate() {
                let id = if place == 0 { In::Text(format!("C{case}").leak()) } else { In::Nothing };
                let customer = In::Text(customers[(case + place) % 3]);
                rows.push(vec![id, In::Text(activity), day((case + place) as f64), customer]);
            }
            merged.push(format!("A{first}:A{}", first + 2));
        }
        let merged: Vec<&str> = merged.iter().map(String::as_str).collect();
        let report = check(&[Sheet { merged: &merged, ..Sheet::of("Log", rows) }]);
        assert_eq!(column(&report, headings[0]).role.as_deref(), Some("case"), "{report}");
        assert_eq!(
            (problem(&report, "MERGED_CELLS").count, problem(&report, "MISSING_CASE_ID").count),
            (12, 24)
        );
        assert_eq!(report.cases, Some(12));
    }
}

#[test]
fn merged_cells_in_a_long_log_keep_the_case() {
    let (mut rows, mut merged) = (vec![header()], Vec::new());
    for case in 0..3000_usize {
        let first = rows.len() + 1;
        rows.push(vec![In::Text(format!("C{case}").leak()), In::Text("Open"), day(case as f64)]);
        rows.push(vec![In::Nothing, In::Text("Close"), day(case as f64 + 0.5)]);
        merged.push(format!("A{first}:A{}", first + 1));
    }
    let merged: Vec<&str> = merged.iter().map(String::as_str).collect();
    let report = check(&[Sheet { merged: &merged, ..Sheet::of("Log", rows) }]);
    assert_eq!(column(&report, "Case ID").role.as_deref(), Some("case"), "{report}");
    assert_eq!((report.rows, problem(&report, "MERGED_CELLS").count), (6000, 3000));
}

#[test]
fn merged_headings_are_named() {
    let mut rows = log();
    for row in &mut rows {
        row.insert(1, In::Text("x"));
    }
    rows[0][1] = In::Nothing;
    let report = check(&[Sheet { merged: &["A1:B1"], ..Sheet::of("Log", rows) }]);
    let message = &problem(&report, "MERGED_CELLS").message;
    assert_eq!(message, "Cells A1:B1 are merged: only the first column has the value.");
}

#[test]
fn merged_titles_are_no_problem() {
    let mut rows = vec![vec![In::Text("Tickets of 2024")], vec![]];
    rows.extend(with("Note", &[In::Nothing, In::Text("late")]));
    let report = check(&[Sheet { merged: &["A1:D1", "F2:G9", "A40:B41"], ..Sheet::of("Log", rows) }]);
    assert_eq!((report.rows, codes(&report)), (6, vec!["LINES_BEFORE_HEADER"]));
}

#[test]
fn blank_cells_and_rows_do_not_count() {
    let mut rows = log();
    rows.push(vec![In::Text(" "), In::Text("\n")]);
    rows.push(vec![]);
    rows.insert(3, vec![]);
    let report = check_rows(rows);
    assert_eq!((report.rows, codes(&report)), (6, vec![]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// A log whose ids are numbers is the same log whose ids are texts, and so are dates and their serial numbers.
    #[test]
    fn numbers_and_their_texts_are_the_same_values(
        ids in prop::collection::vec((0_i64..50, any::<bool>()), 2..60)
    ) {
        let texts: Vec<String> = ids.iter().map(|(id, _)| id.to_string()).collect();
        let event = |(at, text): (usize, &String), as_text: bool| {
            let id = if as_text { In::Text(text.clone().leak()) } else { In::Number(text.clone().leak()) };
            vec![id, In::Text(["Open", "Work", "Close"][at % 3]), day(at as f64)]
        };
        let rows = |as_text: &dyn Fn(usize) -> bool| {
            let events = texts.iter().enumerate().map(|(at, text)| event((at, text), as_text(at)));
            check_rows(std::iter::once(header()).chain(events).collect())
        };
        let (mixed, numbers) = (rows(&|at| ids[at].1), rows(&|_| false));
        prop_assert_eq!((mixed.rows, mixed.cases), (numbers.rows, numbers.cases));
        prop_assert_eq!(mixed.columns[0].distinct, numbers.columns[0].distinct);
    }
}
