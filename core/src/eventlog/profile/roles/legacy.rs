//! Which column is the case, the activity, the timestamp and the resource: by its name, else by its values.

use std::cmp::Reverse;

use super::Role;
use crate::eventlog::profile::types::Kind;

/// What the first rows say about a column.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub name: String,
    pub kind: Kind,
    pub rows: u64,
    pub filled: u64,
    pub distinct: u64,
}

/// Names in small letters and digits alone, those that are surest first.
const CASE: [&str; 37] = [
    "caseconceptname",
    "caseid",
    "case",
    "caseidentifier",
    "casekey",
    "casenumber",
    "caseno",
    "casenr",
    "casename",
    "traceid",
    "trace",
    "processinstanceid",
    "processinstance",
    "instanceid",
    "caseident",
    "vorgangsid",
    "vorgangsnummer",
    "fallnummer",
    "fallnr",
    "vorgang",
    "fallid",
    "fall",
    "zaakid",
    "zaak",
    "dossierid",
    "iddossier",
    "idcaso",
    "casoid",
    "orderid",
    "ordernumber",
    "ticketid",
    "ticketnumber",
    "incidentid",
    "requestid",
    "claimid",
    "applicationid",
    "invoiceid",
];
const ACTIVITY: [&str; 29] = [
    "conceptname",
    "activity",
    "activityname",
    "activityid",
    "eventname",
    "event",
    "eventtype",
    "taskname",
    "task",
    "action",
    "actionname",
    "operation",
    "step",
    "stepname",
    "activiteit",
    "aktivitaet",
    "aktivität",
    "aktion",
    "tätigkeit",
    "taetigkeit",
    "schritt",
    "arbeitsschritt",
    "activite",
    "activité",
    "actividad",
    "attivita",
    "attività",
    "atividade",
    "status",
];
const TIMESTAMP: [&str; 34] = [
    "timetimestamp",
    "timestamp",
    "starttime",
    "starttimestamp",
    "eventtime",
    "eventtimestamp",
    "eventdate",
    "eventdatetime",
    "startdatetime",
    "startdate",
    "start",
    "datetime",
    "completetimestamp",
    "completetime",
    "completiontime",
    "endtime",
    "endtimestamp",
    "enddate",
    "end",
    "time",
    "date",
    "createdat",
    "created",
    "createddate",
    "occurredat",
    "zeitstempel",
    "zeitpunkt",
    "datum",
    "tijdstip",
    "tijd",
    "horodatage",
    "fechahora",
    "fecha",
    "data",
];
const RESOURCE: [&str; 22] = [
    "orgresource",
    "resource",
    "resourcename",
    "resourceid",
    "user",
    "username",
    "userid",
    "performer",
    "agent",
    "employee",
    "employeeid",
    "assignee",
    "assignedto",
    "owner",
    "actor",
    "operator",
    "originator",
    "ressource",
    "benutzer",
    "mitarbeiter",
    "medewerker",
    "recurso",
];

/// The role of every column. Each role is given once at most.
pub(crate) fn roles(columns: &[Sample]) -> Vec<Option<Role>> {
    let mut roles = vec![None; columns.len()];
    let names: Vec<String> = columns.iter().map(|column| plain(&column.name)).collect();
    for (role, known) in [
        (Role::Case, &CASE[..]),
        (Role::Activity, &ACTIVITY),
        (Role::Timestamp, &TIMESTAMP),
        (Role::Resource, &RESOURCE),
    ] {
        let rank = |at: usize| {
            let (name, column) = (names.get(at)?, columns.get(at)?);
            let rank = known.iter().position(|known| known == name)?;
            // A date under the name of another role is none of it, and the other way round.
            let is_date = column.kind == Kind::Datetime;
            let can_be = is_date == (role == Role::Timestamp) || column.filled == 0;
            Some((!can_be, rank))
        };
        let free = (0..columns.len()).filter(|at| roles.get(*at) == Some(&None));
        let best = free.filter_map(|at| Some((rank(at)?, at))).min();
        // A name that is sure is believed even where the values are not what they should be: that is to be told.
        if let Some(((misfit, rank), at)) = best
            && (!misfit || (role == Role::Timestamp && rank < 3))
        {
            give(&mut roles, at, role);
        }
    }
    by_values(columns, &names, &mut roles);
    roles
}

/// A column without a role.
struct Free<'a> {
    at: usize,
    name: &'a str,
    column: &'a Sample,
}

impl Free<'_> {
    fn is(&self, kind: Kind) -> bool {
        self.column.filled > 0 && self.column.kind == kind
    }
}

/// Gives the roles that no name has asked for, where the values allow it.
fn by_values(columns: &[Sample], names: &[String], roles: &mut [Option<Role>]) {
    type Find = fn(&[Free<'_>]) -> Option<usize>;
    for (role, find) in
        [(Role::Timestamp, a_date as Find), (Role::Activity, repeating_words), (Role::Case, an_id)]
    {
        if roles.contains(&Some(role)) {
            continue;
        }
        let all = columns.iter().zip(names).enumerate().map(|(at, (column, name))| Free { at, name, column });
        let free: Vec<_> = all.filter(|free| roles.get(free.at) == Some(&None)).collect();
        if let Some(at) = find(&free) {
            give(roles, at, role);
        }
    }
}

fn a_date(free: &[Free<'_>]) -> Option<usize> {
    free.iter().find(|free| free.is(Kind::Datetime)).map(|free| free.at)
}

/// Few words, again and again.
fn repeating_words(free: &[Free<'_>]) -> Option<usize> {
    let repeats = |Sample { distinct, filled, .. }: &Sample| *distinct > 1 && distinct * 2 <= *filled;
    let speaks = |name: &str| ACTIVITY.iter().any(|known| name.contains(known));
    let words = free.iter().filter(|free| free.is(Kind::String) && repeats(free.column));
    words.min_by_key(|free| (!speaks(free.name), free.column.distinct)).map(|free| free.at)
}

/// A number or a name of which there are many, each more than once.
fn an_id(free: &[Free<'_>]) -> Option<usize> {
    let groups =
        |Sample { distinct, filled, rows, .. }: &Sample| *distinct > 1 && distinct < filled && filled == rows;
    let is_id = |name: &str| ["id", "no", "nr", "number", "key"].iter().any(|end| name.ends_with(end));
    let ids = free.iter().filter(|free| free.is(Kind::Integer) || free.is(Kind::String));
    let ids = ids.filter(|free| groups(free.column));
    ids.max_by_key(|free| (is_id(free.name), free.column.distinct, Reverse(free.at))).map(|free| free.at)
}

fn give(roles: &mut [Option<Role>], at: usize, role: Role) {
    if let Some(place) = roles.get_mut(at) {
        *place = Some(role);
    }
}

/// A name without what people write in different ways.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a heading is a name that event logs have.
pub(crate) fn is_known(name: &str) -> bool {
    let name = plain(name);
    [&CASE[..], &ACTIVITY, &TIMESTAMP, &RESOURCE].iter().any(|known| known.contains(&name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(name: &str, kind: Kind, distinct: u64) -> Sample {
        Sample { name: name.to_owned(), kind, rows: 100, filled: 100, distinct }
    }

    fn given(columns: &[Sample]) -> Vec<&'static str> {
        roles(columns).into_iter().map(|role| role.map_or("-", Role::as_str)).collect()
    }

    #[test]
    fn names_come_first() {
        use Kind::{Datetime, Integer, String};
        let pm4py = [
            sample("concept:name", String, 8),
            sample("org:resource", String, 5),
            sample("start_timestamp", Datetime, 100),
            sample("time:timestamp", Datetime, 100),
            sample("case:concept:name", Integer, 20),
        ];
        assert_eq!(given(&pm4py), ["activity", "resource", "-", "timestamp", "case"]);
        let vendor = [
            sample("CaseId", String, 20),
            sample("Activity", String, 8),
            sample("EndTime", Datetime, 90),
            sample("StartTime", Datetime, 90),
        ];
        assert_eq!(given(&vendor), ["case", "activity", "-", "timestamp"]);
        let german =
            [sample("Vorgang", Integer, 20), sample("Aktivität", String, 8), sample("Datum", Datetime, 9)];
        assert_eq!(given(&german), ["case", "activity", "timestamp"]);
        let numbered = [
            sample("Vorgang", String, 20),
            sample("Tätigkeit", String, 100),
            sample("Fallnummer", Integer, 20),
            sample("Zeitstempel", Datetime, 100),
        ];
        assert_eq!(given(&numbered), ["-", "activity", "case", "timestamp"]);
    }

    #[test]
    fn values_decide_where_names_do_not() {
        use Kind::{Datetime, Integer, Number, String};
        let log = [
            sample("amount", Number, 99),
            sample("p_id", Integer, 20),
            sample("what", String, 6),
            sample("note", String, 100),
            sample("when", Datetime, 100),
        ];
        assert_eq!(given(&log), ["-", "case", "activity", "-", "timestamp"]);
    }

    #[test]
    fn a_name_does_not_make_a_date_an_activity() {
        use Kind::{Datetime, String};
        let log =
            [sample("event", Datetime, 100), sample("step_name", String, 5), sample("case", String, 20)];
        assert_eq!(given(&log), ["timestamp", "activity", "case"]);
    }

    #[test]
    fn a_timestamp_that_is_none_keeps_its_name() {
        use Kind::String;
        let log =
            [sample("case", String, 20), sample("activity", String, 4), sample("timestamp", String, 100)];
        assert_eq!(given(&log), ["case", "activity", "timestamp"]);
        assert_eq!(given(&[sample("date", String, 20)]), ["activity"], "few words, again and again");
    }
}
