//! The rules, on small logs of every kind.

use proptest::prelude::*;

use super::*;
use crate::eventlog::profile::sample::Sample;

/// A log, with the values of a row separated by `;`.
fn log<'a>(headings: &str, rows: impl IntoIterator<Item = &'a str>) -> (Vec<String>, Sample) {
    let names: Vec<String> = headings.split(';').map(str::to_owned).collect();
    let mut sample = Sample::new(names.len());
    rows.into_iter().for_each(|row| sample.push_row(row.split(';').map(str::as_bytes)));
    (names, sample)
}

/// A log of eight cases with three events each; `row` makes a row of the number of the case, from 1, and of the event.
fn log_of(headings: &str, row: impl Fn(usize, usize) -> String) -> (Vec<String>, Sample) {
    let rows: Vec<String> =
        (1..=8).flat_map(|case| (0..3).map(move |event| (case, event))).map(|(c, e)| row(c, e)).collect();
    log(headings, rows.iter().map(String::as_str))
}

fn roles_of((names, sample): &(Vec<String>, Sample)) -> Roles {
    decide(names, sample, &Fixed::default())
}

/// The headings of case, activity, timestamp and resource; with a question mark if they are a guess.
fn given(log: &(Vec<String>, Sample)) -> [String; 4] {
    let Roles { case, activity, timestamp, resource, .. } = roles_of(log);
    [case, activity, timestamp, resource].map(|choice| {
        choice.map_or_else(
            || "-".to_owned(),
            |choice| format!("{}{}", log.0[choice.column], if choice.confidence < 0.5 { "?" } else { "" }),
        )
    })
}

const STEPS: [&str; 3] = ["Register", "Check documents", "Close"];

#[test]
fn date_of_the_case_left_of_the_event_date_is_not_the_timestamp() {
    let log = log_of("Case ID;Created;Due Date;Activity;Event Date", |case, event| {
        format!(
            "C{case};2024-01-{case:02};2024-03-{case:02};{};2024-01-{:02} 0{event}:30",
            STEPS[event],
            case + event
        )
    });
    assert_eq!(given(&log), ["Case ID", "Activity", "Event Date", "-"]);
    let neutral = (["a", "b", "c", "d", "e"].map(str::to_owned).to_vec(), log.1);
    assert_eq!(given(&neutral)[2], "e");
}

#[test]
fn status_that_does_not_change_in_a_case_is_not_the_activity() {
    let constant = log_of("Incident ID;Status;What was done;DateStamp", |case, event| {
        format!("IM{case};Closed;{};2024-01-0{case} 0{event}:00", STEPS[event])
    });
    assert_eq!(given(&constant), ["Incident ID", "What was done", "DateStamp", "-"]);
    let by_case = log_of("Case ID;Status;Aktivitaetstext;Zeit", |case, event| {
        let status = if case % 2 == 0 { "Open" } else { "Closed" };
        format!("{case};{status};{};2024-01-0{case} 0{event}:00", STEPS[event])
    });
    assert_eq!(given(&by_case), ["Case ID", "Aktivitaetstext", "Zeit", "-"]);
}

#[test]
fn gender_is_not_the_activity_though_it_has_the_fewest_values() {
    let pages = ["home", "vacancies", "documents"];
    let log = log_of("Gender;SessionID;TIMESTAMP;PAGE_NAME", |case, event| {
        let gender = if case % 2 == 0 { "M" } else { "F" };
        format!("{gender};9000{case};2015-07-0{case} 10:0{event}:01.380;{}", pages[(case + event) % 3])
    });
    assert_eq!(given(&log)[..3], ["SessionID", "PAGE_NAME", "TIMESTAMP"]);
}

#[test]
fn lifecycle_and_instance_columns_are_not_the_activity() {
    let rows: Vec<String> = (0..96)
        .map(|row| {
            let (instance, state) = (row / 2, ["start", "complete"][row % 2]);
            let (patient, step) = (
                instance / 6,
                ["Triage", "Blood test", "X-Ray", "MRI", "Discuss", "Check-out"][instance % 6],
            );
            format!(
                "{step};{patient};r{};{instance};{state};2017-01-{:02}T{:02}:{:02}:00Z",
                instance % 6,
                patient + 1,
                instance % 6 + 8,
                row % 2
            )
        })
        .collect();
    let log =
        log("handling;patient;employee;handling_id;registration_type;time", rows.iter().map(String::as_str));
    assert_eq!(given(&log), ["patient", "handling", "time", "employee"]);
}

#[test]
fn date_and_time_of_day_are_one_moment() {
    // The time falls from event to event: only the date alone is in order.
    let log = log_of("Ticket;Uhrzeit;Vorgang;Datum", |case, event| {
        format!("T{case};{:02}:00;{};{:02}.01.2024", 20 - 3 * event, STEPS[event], 3 * case + event)
    });
    let roles = roles_of(&log);
    assert_eq!(given(&log)[2], "Datum");
    assert_eq!(roles.time_of_day, Some(1));
    let sap = log_of("OBJECTID;UDATE;UTIME;TCODE", |case, event| {
        format!("45{case};2024010{case};0{event}3000;{}", ["ME21N", "ME22N", "ME29N"][event])
    });
    assert_eq!(given(&sap)[..3], ["OBJECTID", "TCODE", "UDATE"]);
    assert_eq!(roles_of(&sap).time_of_day, Some(2));
}

#[test]
fn times_with_a_dot_need_a_heading_or_a_zero_before_the_hour() {
    let time_of_day = |heading: &str, value: fn(usize, usize) -> String| {
        let log = log_of(&format!("Ticket;{heading};Vorgang;Datum"), |case, event| {
            format!("T{case};{};{};{:02}.01.2024", value(case, event), STEPS[event], 3 * case + event)
        });
        assert_eq!(given(&log)[..3], ["Ticket", "Vorgang", "Datum"]);
        roles_of(&log).time_of_day
    };
    let (price, padded) =
        (|case, event| format!("{case}.{event}5"), |case, event| format!("0{case}.{event}5"));
    assert_eq!(time_of_day("Preis", price), None);
    assert_eq!(time_of_day("x", price), None);
    assert_eq!(time_of_day("Uhrzeit", price), Some(1));
    assert_eq!(time_of_day("x", padded), Some(1));
    assert_eq!(time_of_day("x", |case, event| format!("{case}:{event}5")), Some(1));
}

#[test]
fn exact_headings_are_no_guess_if_the_timestamp_is_unreadable() {
    for rows in
        [&["1;Open;soon", "1;Close;later", "2;Open;never"][..], &["1;Open;x"], &["1;Open;soon", "1;Close;"]]
    {
        let log = log("CaseId;Activity;StartTime", rows.iter().copied());
        assert_eq!(given(&log), ["CaseId", "Activity", "StartTime", "-"]);
    }
    // Another column has dates: which one is meant?
    let log =
        log("CaseId;Activity;StartTime;Changed", ["1;Open;soon;2024-01-01", "1;Close;later;2024-01-02"]);
    assert!(given(&log)[2].ends_with('?'), "{:?}", given(&log));
}

#[test]
fn time_of_day_belongs_to_the_date_of_the_event() {
    let log = log_of("Date;Time;Due date;Case;Activity", |case, event| {
        format!("2024-01-{case:02};0{event}:15;2024-02-{:02};{case};{}", case * 3, STEPS[event])
    });
    assert_eq!(given(&log), ["Case", "Activity", "Date", "-"]);
    assert_eq!(roles_of(&log).time_of_day, Some(1));
}

#[test]
fn running_number_is_neither_case_nor_activity() {
    let log = log_of("No;Ticket;Task;Pos;Logged", |case, event| {
        format!("{};{case};{};{};2024-01-0{case} 0{event}:30", case * 3 + event, STEPS[event], event + 1)
    });
    assert_eq!(given(&log), ["Ticket", "Task", "Logged", "-"]);
}

#[test]
fn session_is_the_case_and_not_its_customer() {
    let rows: Vec<String> = (0..240)
        .map(|row| {
            let (session, event) = (row / 4, row % 4);
            format!(
                "K{};S{session};{};2024-01-{:02} {:02}:0{event}:00",
                session / 3,
                ["open", "search", "buy", "close"][event],
                session % 28 + 1,
                session / 28
            )
        })
        .collect();
    let log = log("c1;c2;c3;c4", rows.iter().map(String::as_str));
    assert_eq!(given(&log)[..3], ["c2", "c3", "c4"]);
}

#[test]
fn start_and_end_of_one_event_are_not_rivals() {
    let log = log_of("case;task;Start;End", |case, event| {
        format!("{case};{};2024-01-0{case} 0{event}:00;2024-01-0{case} 0{event}:30", STEPS[event])
    });
    assert!(matches!(given(&log)[2].as_str(), "Start" | "End"), "{:?}", given(&log));
}

#[test]
fn two_names_of_the_activity_are_not_rivals_and_two_activities_are() {
    let aliases = log_of("CaseId;ActivityId;ActivityName;Timestamp", |case, event| {
        format!("{case};a{event};{};2024-01-0{case} 0{event}:00", STEPS[event])
    });
    assert!(matches!(given(&aliases)[1].as_str(), "ActivityId" | "ActivityName"), "{:?}", given(&aliases));
    let other = |case: usize, event: usize| STEPS[if case == 8 { (event + 1) % 3 } else { event }];
    let two = log_of("CaseId;Step;Action;Timestamp", |case, event| {
        format!("{case};{};{};2024-01-0{case} 0{event}:00", STEPS[event], other(case, event))
    });
    let activity = roles_of(&two).activity.unwrap();
    assert!(activity.confidence < 0.5 && [1, 2].contains(&activity.column), "{activity:?}");
    assert_eq!(activity.rival, Some(3 - activity.column));
}

#[test]
fn one_event_for_each_case_is_a_guess() {
    let rows: Vec<String> =
        (0..24).map(|row| format!("R{row};{};2024-01-{:02} 08:00:00", STEPS[row % 3], row + 2)).collect();
    let rows = || rows.iter().map(String::as_str);
    assert_eq!(given(&log("ref;what;when", rows()))[0], "ref?");
    assert_eq!(given(&log("Case ID;Activity;Timestamp", rows())), ["Case ID?", "Activity", "Timestamp", "-"]);
}

#[test]
fn timestamps_that_cannot_be_read_keep_their_role() {
    let with = |value: fn(usize, usize) -> String| {
        log_of("Case ID;Activity;Complete Timestamp;Due Date", move |case, event| {
            format!("{case};{};{};2024-05-0{case}", STEPS[event], value(case, event))
        })
    };
    let some = with(|case, event| {
        if (case, event) == (2, 1) { "soon".to_owned() } else { format!("2024-01-0{case} 0{event}:00") }
    });
    assert_eq!(given(&some)[2], "Complete Timestamp");
    let none = with(|case, event| format!("about {case} and {event}"));
    assert_eq!(given(&none)[2], "Complete Timestamp?");
}

#[test]
fn columns_without_values_have_the_roles_of_their_headings() {
    let no_rows = log("user;Case ID;Activity;Timestamp;Note", []);
    assert_eq!(given(&no_rows), ["Case ID", "Activity", "Timestamp", "user"]);
    let no_time = log_of("case;task;timestamp", |case, event| format!("{case};{};", STEPS[event]));
    assert_eq!(given(&no_time)[2], "timestamp");
    let other_time = log_of("case;task;Start Timestamp;Complete Timestamp", |case, event| {
        format!("{case};{};;2024-01-0{case} 0{event}:00", STEPS[event])
    });
    assert_eq!(given(&other_time)[2], "Complete Timestamp");
    assert_eq!(given(&log("", [])), ["-", "-", "-", "-"]);
}

#[test]
fn stated_columns_are_not_guessed() {
    let log = log_of("Case ID;Activity;Timestamp;Order;Step;Day;Name", |case, event| {
        format!(
            "{case};{};2024-01-0{case} 0{event}:00;O{};{event};2024-02-0{case};N{case}",
            STEPS[event],
            case / 3
        )
    });
    let fixed = Fixed { case: Some(3), activity: Some(4), timestamp: Some(5), resource: Some(6) };
    let roles = decide(&log.0, &log.1, &fixed);
    let stated = [3, 4, 5, 6].map(|column| Some(Choice::stated(column)));
    assert_eq!([roles.case, roles.activity, roles.timestamp, roles.resource], stated);
    let roles = decide(&log.0, &log.1, &Fixed { case: Some(3), ..Fixed::default() });
    assert_eq!((roles.case, roles.activity.unwrap().column), (stated[0], 1));
}

#[test]
fn table_that_is_not_a_log_has_a_guess() {
    let customers: Vec<String> = (0..50)
        .map(|row| {
            format!("{row};Customer {row};{};19{:02}-04-03", ["Rome", "Oslo", "Bonn"][row % 3], row + 30)
        })
        .collect();
    let prices: Vec<String> =
        (0..50).map(|row| format!("P{row};{};{}.50", ["Chair", "Table"][row % 2], row * 7)).collect();
    for (headings, rows) in [("No;Name;City;Date of birth", customers), ("Article;Category;Price", prices)] {
        let given = given(&log(headings, rows.iter().map(String::as_str)));
        assert!(given.iter().any(|role| role.ends_with('?')), "{given:?}");
    }
}

#[test]
fn names_of_people_are_a_guess_as_an_activity() {
    let log = log_of("a;b;c", |case, event| {
        format!("{case};User {};2024-01-0{case} 0{event}:00", (case + event) % 4)
    });
    assert_eq!(given(&log)[1], "b?");
}

mod whole {
    use super::*;

    /// The head and the rest of a log of 300 cases in which no case comes twice among the first 300 rows.
    fn sorted_by_time(headings: &str) -> (Vec<String>, Vec<String>) {
        let names = headings.split(';').map(str::to_owned).collect();
        let steps = ["Antrag erfasst", "Antrag geprüft", "Bescheid erstellt"];
        let row = |step: usize, case: usize| {
            let step_name = steps[(step + case % 2) % 3];
            format!("{};AZ{case:05};{step_name};{:02}.0{}.2024", case % 7, case % 28 + 1, step + 1)
        };
        (names, (0..3).flat_map(|step| (0..300).map(move |case| row(step, case))).collect())
    }

    fn sample<'a>(rows: impl IntoIterator<Item = &'a String>) -> Sample {
        log("a;b;c;d", rows.into_iter().map(String::as_str)).1
    }

    fn whole(sample: &Sample) -> Vec<WholeColumn> {
        let columns = sample.columns.iter();
        columns
            .map(|column| WholeColumn {
                filled: column.filled() as u64,
                distinct: column.values.len() as u64,
            })
            .collect()
    }

    #[test]
    fn head_of_a_log_sorted_by_time_is_contradicted() {
        let (_, rows) = sorted_by_time("a;b;c;d");
        let (head, all) = (sample(&rows[..300]), sample(&rows));
        assert!(is_contradicted(&head, 900, &whole(&all), &[0, 1, 2, 3]));
        assert!(!is_contradicted(&all, 900, &whole(&all), &[0, 1, 2, 3]), "it is the whole file");
        assert!(
            !is_contradicted(&sample(&rows[..300]), 301, &whole(&head), &[0, 1, 2, 3]),
            "no more is known"
        );
    }

    #[test]
    fn head_is_contradicted_by_fill_by_constants_and_by_many_values() {
        let head = sample(&["1;;x;p".to_owned(), "2;;x;q".to_owned()]);
        let same = |filled, distinct| WholeColumn { filled, distinct };
        let of = |columns: [WholeColumn; 4]| is_contradicted(&head, 10, &columns, &[0, 1, 2, 3]);
        assert!(!of([same(10, 9), same(0, 0), same(10, 1), same(10, 9)]));
        assert!(of([same(10, 9), same(10, 0), same(10, 1), same(10, 9)]), "filled");
        assert!(of([same(10, 9), same(0, 0), same(10, 3), same(10, 9)]), "not constant");
        assert!(of([same(10, 2), same(0, 0), same(10, 1), same(10, 9)]), "not unique");
    }

    #[test]
    fn cases_of_a_log_sorted_by_time_are_sampled_and_found() {
        for headings in ["Abteilung;Aktenzeichen;Bearbeitungsschritt;Datum", "a;b;c;d"] {
            let (names, rows) = sorted_by_time(headings);
            let candidates = case_candidates(&names, &sample(&rows[..300]));
            assert!(candidates.contains(&1), "{candidates:?}");
            let kept = |column: usize| {
                let value = move |row: &&String| row.split(';').nth(column).unwrap().to_owned();
                rows.iter().filter(move |row| value(row).bytes().map(u32::from).sum::<u32>() % 3 == 0)
            };
            let samples: Vec<_> = candidates.iter().map(|column| (*column, sample(kept(*column)))).collect();
            let roles = decide_by_cases(&names, &samples, &Fixed::default());
            let columns = [roles.case, roles.activity, roles.timestamp].map(|choice| choice.unwrap().column);
            assert_eq!(columns, [1, 2, 3], "{headings}");
            assert!(roles.case.unwrap().confidence >= 0.5, "{:?}", roles.case);
            let stated = Fixed { case: Some(0), ..Fixed::default() };
            assert_ne!(decide_by_cases(&names, &samples, &stated).case.map(|case| case.column), Some(1));
        }
    }
}

/// A log that is made up: its headings, and its rows case by case.
#[derive(Clone, Debug)]
struct MadeUp {
    names: Vec<String>,
    cases: Vec<Vec<Vec<String>>>,
}

impl MadeUp {
    /// Orders with optional and repeated steps, people, and attributes of the case and of the event.
    fn new(cases: usize, seed: u64, names: [&str; 7]) -> Self {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut case = |number: usize| {
            let customer = random.usize(0..cases);
            let mut steps = vec![
                "Create order",
                "Check credit",
                "Pick goods",
                "Ship goods",
                "Send invoice",
                "Receive payment",
            ];
            if random.bool() {
                steps.remove(1);
            }
            if random.u8(..) < 60 {
                steps.insert(3, "Pick goods");
            }
            let mut minute = number * 700;
            let row = |step: &str| {
                minute += random.usize(5..600);
                let person = ["Anna", "Ben", "Cleo", "Dora", "Emil"][random.usize(..5)];
                let (day, month) = (minute / 1440 % 28 + 1, minute / 1440 / 28 % 12 + 1);
                let time = format!("2023-{month:02}-{day:02} {:02}:{:02}", minute / 60 % 24, minute % 60);
                let amount = format!("{}.50", random.u32(10..9000));
                [
                    format!("{}", 1000 + number),
                    step.to_owned(),
                    time,
                    person.to_owned(),
                    format!("Customer {customer}"),
                    amount,
                    "2023-01-01".to_owned(),
                ]
                .to_vec()
            };
            steps.into_iter().map(row).collect()
        };
        Self { cases: (0..cases).map(&mut case).collect(), names: names.map(str::to_owned).to_vec() }
    }

    /// The rows of all cases mixed, each case in its order.
    fn mixed(&self, seed: u64) -> Vec<Vec<String>> {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut left: Vec<_> = self.cases.iter().map(|case| case.iter()).collect();
        let mut turns: Vec<usize> =
            self.cases.iter().enumerate().flat_map(|(at, case)| vec![at; case.len()]).collect();
        random.shuffle(&mut turns);
        turns.iter().map(|turn| left[*turn].next().unwrap().clone()).collect()
    }

    fn rows(&self) -> Vec<Vec<String>> {
        self.cases.concat()
    }
}

/// The headings of case, activity and timestamp.
fn headings(names: &[String], rows: &[Vec<String>]) -> [Option<String>; 3] {
    let mut sample = Sample::new(names.len());
    rows.iter().for_each(|row| sample.push_row(row.iter().map(|value| value.as_bytes())));
    let Roles { case, activity, timestamp, .. } = decide(names, &sample, &Fixed::default());
    [case, activity, timestamp].map(|choice| Some(names[choice?.column].clone()))
}

const KNOWN_NAMES: [&str; 7] = ["Order No", "Step", "Logged at", "User", "Customer", "Amount", "Due date"];
const NEUTRAL_NAMES: [&str; 7] = ["A", "B", "C", "D", "E", "F", "G"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn roles_do_not_depend_on_how_a_log_is_written(
        cases in 12_usize..60, seed: u64, is_known: bool, other: u64, ids in 0..3,
    ) {
        let names = if is_known { KNOWN_NAMES } else { NEUTRAL_NAMES };
        let log = MadeUp::new(cases, seed, names);
        let right = [names[0], names[1], names[2]].map(|name| Some(name.to_owned()));
        prop_assert_eq!(&headings(&log.names, &log.rows()), &right);
        prop_assert_eq!(&headings(&log.names, &log.mixed(other)), &right, "mixed");

        let reversed = |row: &Vec<String>| row.iter().rev().cloned().collect::<Vec<_>>();
        let rows: Vec<_> = log.rows().iter().map(reversed).collect();
        prop_assert_eq!(&headings(&reversed(&log.names), &rows), &right, "reversed");

        let with = |row: &Vec<String>, value: &str| [vec![value.to_owned()], row.clone()].concat();
        let rows: Vec<_> = log.rows().iter().map(|row| with(row, "1.0")).collect();
        prop_assert_eq!(&headings(&with(&log.names, "Version"), &rows), &right, "constant column");

        let mut rows = log.rows();
        for row in &mut rows {
            let id = &row[0];
            row[0] = match ids {
                0 => format!("ORD-{id}"),
                1 => format!("{id}-7f3a-4e21-{id}"),
                _ => format!("45000{id}"),
            };
        }
        prop_assert_eq!(&headings(&log.names, &rows), &right, "other ids");
    }

    #[test]
    fn any_table_is_decided(
        rows in prop::collection::vec(prop::collection::vec("[a-c0-2]?|2024-0[1-3]-1[0-9]|[0-9]{1,2}:[0-5][0-9]", 4), 0..12)
    ) {
        let names = ["Case", "b", "c", "Time"].map(str::to_owned);
        let mut sample = Sample::new(4);
        rows.iter().for_each(|row| sample.push_row(row.iter().map(|value| value.as_bytes())));
        let roles = decide(&names, &sample, &Fixed::default());
        let mut columns: Vec<_> = roles.all().map(|(_, choice)| choice.column).collect();
        prop_assert!(roles.all().all(|(_, choice)| (0.0..=1.0).contains(&choice.confidence)));
        columns.sort_unstable();
        columns.dedup();
        prop_assert_eq!(columns.len(), roles.all().count(), "a column has one role");
    }
}
