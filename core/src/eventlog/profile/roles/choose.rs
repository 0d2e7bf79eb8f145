//! One decision over all roles: the columns that add up to most.

use super::alike::{is_alias, is_start_and_end};
use super::clock;
use super::column::{Column, Kind};
use super::names::KNOWN;
use super::pair::{Cases, Sequence, changes};
use super::{Choice, Fixed, Role, Roles, weigh};
use crate::eventlog::profile::sample::Sample;

/// Columns that are tried for each role.
const CASES: usize = 6;
const ACTIVITIES: usize = 8;
const TIMESTAMPS: usize = 3;
const RESOURCES: usize = 4;
/// The margin over the next best columns from which on a role is sure.
const LIMITS: [(Role, f64); 3] = [(Role::Case, 2.0), (Role::Activity, 1.5), (Role::Timestamp, 1.5)];
/// A column that changes in less of the cases is one of the cases.
const STILL: f64 = 0.02;
/// An activity with less is a guess.
const ACTIVITY_FLOOR: f64 = 2.5;
/// A log with less may be none.
const LOG_FLOOR: f64 = 8.0;
/// What a role that is a guess has at most.
const GUESS: f64 = 0.4;
const RESOURCE_FLOOR: f64 = 1.5;

/// The columns of a sample, looked at.
pub(super) struct Table<'a> {
    pub columns: Vec<Column<'a>>,
    file_order: Vec<u32>,
}

/// The cases that a column makes.
struct Grouping {
    case: Option<usize>,
    /// In the order of the file.
    cases: Cases,
    /// By column: the share of the cases in which it changes.
    changes: Vec<f64>,
    /// Share of the columns that do not change.
    fixed: f64,
}

impl Grouping {
    fn change(&self, column: usize) -> f64 {
        self.changes.get(column).copied().unwrap_or_default()
    }
}

/// One way to give the roles.
#[derive(Clone, Copy, Debug, Default)]
struct Combination {
    case: Option<usize>,
    activity: Option<usize>,
    timestamp: Option<usize>,
    total: f64,
    /// What of it is the activity's.
    activity_score: f64,
}

impl Combination {
    fn of(&self, role: Role) -> Option<usize> {
        match role {
            Role::Case => self.case,
            Role::Activity => self.activity,
            Role::Timestamp => self.timestamp,
            Role::Resource => None,
        }
    }
}

impl<'a> Table<'a> {
    pub fn new(names: &[String], sample: &'a Sample) -> Self {
        let named = sample.columns.iter().enumerate();
        let name = |at: usize| names.get(at).map(String::as_str).unwrap_or_default();
        let mut columns: Vec<_> = named.map(|(at, column)| Column::new(at, name(at), column)).collect();
        clock::join(&mut columns);
        let rows = u32::try_from(sample.rows).unwrap_or(u32::MAX);
        Self { columns, file_order: (0..rows).collect() }
    }

    fn column(&self, at: Option<usize>) -> Option<&Column<'a>> {
        self.columns.get(at?)
    }

    pub fn decide(&self, fixed: &Fixed) -> Roles {
        let mut all = self.combinations(fixed);
        all.sort_by(|one, other| other.total.total_cmp(&one.total));
        let Some(best) = all.first() else { return Roles::default() };
        let mut roles = Roles { score: best.total, ..Roles::default() };
        for (role, limit) in LIMITS {
            let choice = best.of(role).map(|column| match fixed.of(role) {
                Some(_) => Choice { column, confidence: 1.0, rival: None },
                None => self.choice(role, column, limit, best, &all),
            });
            *roles.place(role) = choice;
        }
        roles.resource = self.resource(best, fixed);
        let taken = roles.taken();
        let clock = self.column(best.timestamp).and_then(|date| date.clock);
        roles.time_of_day = clock.filter(|clock| !taken.contains(clock));
        roles
    }

    fn choice(
        &self,
        role: Role,
        column: usize,
        limit: f64,
        best: &Combination,
        all: &[Combination],
    ) -> Choice {
        let is_same = |other: &Combination| self.is_same(role, other.of(role), best);
        let rival = all.iter().find(|other| !is_same(other));
        let margin = rival.map_or(f64::INFINITY, |rival| best.total - rival.total);
        // Few rows tell little, and few cases.
        let cases = self.column(best.case).map_or(1, |case| case.distinct).max(1);
        let limit = limit * (1.0 + 10.0 / self.file_order.len().max(1) as f64 + 2.0 / cases as f64);
        let confidence = if margin.is_finite() { margin / (margin + limit) } else { 1.0 };
        let is_guess = best.total < LOG_FLOOR || self.is_guess(role, column, best);
        Choice {
            column,
            confidence: if is_guess { confidence.min(GUESS) } else { confidence },
            rival: rival.and_then(|rival| rival.of(role)),
        }
    }

    /// Whether a column has a role only because there is no better one.
    fn is_guess(&self, role: Role, column: usize, best: &Combination) -> bool {
        let Some(column) = self.columns.get(column) else { return true };
        let is_known = column.name(role) >= KNOWN;
        let change = || changes(&self.cases(best.case, &self.file_order), column);
        match role {
            Role::Case => column.unique() > 0.95 || (!is_known && column.distinct < 2),
            Role::Activity => best.activity_score < ACTIVITY_FLOOR || (!is_known && column.talk.people > 0.6),
            Role::Timestamp => !is_known && (change() < 0.05 || !column.kind.is_moment()),
            Role::Resource => false,
        }
    }

    /// Whether a column says the same as the one that has the role.
    fn is_same(&self, role: Role, other: Option<usize>, best: &Combination) -> bool {
        if other == best.of(role) {
            return true;
        }
        let (Some(one), Some(other)) = (self.column(best.of(role)), self.column(other)) else { return false };
        is_alias(one, other) || (role == Role::Timestamp && self.is_one_event(best, one, other))
    }

    fn is_one_event(&self, best: &Combination, one: &Column<'_>, other: &Column<'_>) -> bool {
        let cases = self.cases(best.case, &self.file_order);
        changes(&cases, one) >= 0.5 && changes(&cases, other) >= 0.5 && is_start_and_end(one, other)
    }

    fn cases(&self, case: Option<usize>, order: &[u32]) -> Cases {
        self.column(case).map_or_else(|| Cases::one(order), |case| Cases::new(case, order))
    }

    fn combinations(&self, fixed: &Fixed) -> Vec<Combination> {
        let candidates = self.candidates(fixed);
        let groupings: Vec<Grouping> = candidates.cases.iter().map(|case| self.grouping(*case)).collect();
        let finer = |one: &Grouping| groupings.iter().any(|other| self.is_finer(other, one));
        let of_case = |one: &Grouping| {
            let coarse = if finer(one) { weigh::COARSE } else { 0.0 };
            self.column(one.case).map_or(weigh::NO_CASE, |column| {
                column.name(Role::Case) + weigh::case(column) + weigh::case_fixed(one.fixed) + coarse
            })
        };
        groupings.iter().flat_map(|one| self.with_case(one, of_case(one), &candidates, fixed)).collect()
    }

    fn grouping(&self, case: Option<usize>) -> Grouping {
        let cases = self.cases(case, &self.file_order);
        let changes: Vec<f64> = self.columns.iter().map(|column| changes(&cases, column)).collect();
        let others = self
            .columns
            .iter()
            .zip(&changes)
            .filter(|(column, _)| column.distinct > 1 && Some(column.at) != case);
        let (mut all, mut still) = (0_u32, 0_u32);
        for (_, change) in others {
            all += 1;
            still += u32::from(*change < STILL);
        }
        Grouping { case, cases, changes, fixed: f64::from(still) / f64::from(all.max(1)) }
    }

    /// Whether a case of `other` is made of cases of `one`, in which things happen as well.
    fn is_finer(&self, one: &Grouping, other: &Grouping) -> bool {
        let (Some(fine), Some(coarse)) = (self.column(one.case), self.column(other.case)) else {
            return false;
        };
        let happens = |column: &Column<'_>| {
            matches!(column.kind, Kind::Text | Kind::Integer)
                && !column.is_lifecycle
                && column.unique() < 0.5
                && ![fine.at, coarse.at].contains(&column.at)
                && one.change(column.at) > 0.3
        };
        matches!(fine.kind, Kind::Text | Kind::Integer)
            && fine.distinct as f64 > 1.1 * coarse.distinct as f64
            && fine.unique() < 0.34
            && fine.fill() > 0.9
            && one.change(coarse.at) < STILL
            && self.columns.iter().any(happens)
    }

    fn with_case(
        &self,
        grouping: &Grouping,
        of_case: f64,
        candidates: &Candidates,
        fixed: &Fixed,
    ) -> Vec<Combination> {
        let Grouping { case, cases: plain, .. } = grouping;
        let case = *case;
        let activities = self.activities(grouping, fixed);
        let has_dates = self.has_dates();
        let mut all = Vec::new();
        for (timestamp, order) in &candidates.timestamps {
            if timestamp.is_some() && *timestamp == case {
                continue;
            }
            let ordered = self.cases(case, order);
            let of_timestamp = self.column(*timestamp).map_or(weigh::NO_TIMESTAMP, |column| {
                let in_time = if case.is_some() { weigh::case_in_time(&ordered, column) } else { 0.0 };
                let value = weigh::timestamp(column, plain, grouping.change(column.at), has_dates);
                column.name(Role::Timestamp) + value + in_time
            });
            for activity in &activities {
                if activity.is_some() && activity == timestamp {
                    continue;
                }
                let activity_score = self.column(*activity).map_or(weigh::NO_ACTIVITY, |column| {
                    let (change, sequence) = (grouping.change(column.at), Sequence::new(&ordered, column));
                    if std::env::var("ROLES_DUMP").is_ok() {
                        println!(
                            "DUMP\t{}\t{}\t{}\t{:?}\t{:.3}\t{:?}\t{:?}\t{}\t{:.2}\t{:.2}\t{:.2}",
                            case.map_or(99, |c| c),
                            timestamp.map_or(99, |c| c),
                            column.at,
                            column.kind,
                            change,
                            sequence,
                            column.talk,
                            column.distinct,
                            column.digits,
                            column.unique(),
                            weigh::activity(column, change, &sequence)
                        );
                    }
                    column.name(Role::Activity) + weigh::activity(column, change, &sequence)
                });
                let taken = [case, *activity, *timestamp];
                let left = candidates.resources.iter().find(|(_, at)| !taken.contains(&Some(*at)));
                let of_resource = left.map_or(0.0, |(score, _)| score.max(0.0));
                let total = of_case + of_timestamp + activity_score + of_resource;
                all.push(Combination {
                    case,
                    activity: *activity,
                    timestamp: *timestamp,
                    total,
                    activity_score,
                });
            }
        }
        all
    }

    /// The columns that may be the activity of the cases.
    fn activities(&self, grouping: &Grouping, fixed: &Fixed) -> Vec<Option<usize>> {
        if fixed.activity.is_some() {
            return vec![fixed.activity];
        }
        let case = self.column(grouping.case);
        let free = self.columns.iter().filter(|column| {
            column.distinct > 0
                && !fixed.has(column.at)
                && case.is_none_or(|case| case.at != column.at && !is_alias(case, column))
        });
        let rate = |column: &Column<'_>| rate_activity(column) + 3.0 * grouping.change(column.at);
        let mut activities: Vec<_> = best_of(free, ACTIVITIES, &rate).into_iter().map(Some).collect();
        activities.push(None);
        activities
    }

    fn has_dates(&self) -> bool {
        let is_date = |column: &Column<'_>| matches!(column.kind, Kind::Date | Kind::NumericDate);
        self.columns.iter().any(|column| is_date(column) && column.fill() > 0.5)
    }

    fn resource(&self, best: &Combination, fixed: &Fixed) -> Option<Choice> {
        if let Some(column) = fixed.resource {
            return Some(Choice { column, confidence: 1.0, rival: None });
        }
        let cases = self.cases(best.case, &self.file_order);
        let taken = [best.case, best.activity, best.timestamp];
        let is_alias_of =
            |column: &Column<'_>, at| self.column(at).is_some_and(|other| is_alias(column, other));
        let mut free: Vec<(f64, usize)> = self
            .columns
            .iter()
            .filter(|column| !taken.contains(&Some(column.at)))
            .filter(|column| column.name(Role::Resource) >= KNOWN || !is_alias_of(column, best.case))
            .filter_map(|column| {
                let score = weigh::resource(column)? + 0.5 * changes(&cases, column);
                Some((if is_alias_of(column, best.activity) { score - 1.0 } else { score }, column.at))
            })
            .collect();
        free.sort_by(|one, other| other.0.total_cmp(&one.0));
        let (score, column) = free.first().copied().filter(|(score, _)| *score >= RESOURCE_FLOOR)?;
        let one = self.columns.get(column)?;
        let rival = free
            .iter()
            .skip(1)
            .find(|(_, at)| !self.column(Some(*at)).is_some_and(|other| is_alias(one, other)));
        let margin = score - rival.map_or(0.0, |(score, _)| score.max(0.0));
        Some(Choice { column, confidence: margin / (margin + 0.3), rival: rival.map(|(_, at)| *at) })
    }

    fn candidates(&self, fixed: &Fixed) -> Candidates {
        let role = |role: Role, count: usize, rate: &dyn Fn(&Column<'_>) -> f64| {
            if let Some(at) = fixed.of(role) {
                return vec![Some(at)];
            }
            let free = self.columns.iter().filter(|column| column.distinct > 0 && !fixed.has(column.at));
            best_of(free, count, rate).into_iter().map(Some).collect::<Vec<_>>()
        };
        let mut cases = role(Role::Case, CASES, &rate_case);
        let mut timestamps = role(Role::Timestamp, TIMESTAMPS, &rate_timestamp);
        if fixed.timestamp.is_none() {
            timestamps.retain(|at| self.column(*at).is_some_and(may_be_timestamp));
            timestamps.push(None);
        }
        if fixed.case.is_none() {
            cases.push(None);
        }
        let free = self.columns.iter().filter(|column| !fixed.has(column.at));
        let mut resources: Vec<(f64, usize)> =
            free.filter_map(|column| Some((weigh::resource(column)?, column.at))).collect();
        resources.sort_by(|one, other| other.0.total_cmp(&one.0));
        resources.truncate(RESOURCES);
        let timestamps = timestamps.into_iter().map(|at| (at, self.order(at))).collect();
        Candidates { cases, timestamps, resources }
    }

    /// The rows in the order of a timestamp.
    fn order(&self, timestamp: Option<usize>) -> Vec<u32> {
        let mut order = self.file_order.clone();
        if let Some(moments) = self.column(timestamp).and_then(|column| column.moments.as_ref()) {
            order.sort_by_key(|row| moments.of_rows.get(*row as usize));
        }
        order
    }
}

/// The columns that are tried.
struct Candidates {
    cases: Vec<Option<usize>>,
    /// With the rows in its order.
    timestamps: Vec<(Option<usize>, Vec<u32>)>,
    /// With what they are worth, the best first.
    resources: Vec<(f64, usize)>,
}

fn best_of<'c, 'a: 'c>(
    columns: impl Iterator<Item = &'c Column<'a>>,
    count: usize,
    rate: &dyn Fn(&Column<'_>) -> f64,
) -> Vec<usize> {
    let mut rated: Vec<(f64, usize)> = columns.map(|column| (rate(column), column.at)).collect();
    rated.sort_by(|one, other| other.0.total_cmp(&one.0));
    rated.into_iter().take(count).map(|(_, at)| at).collect()
}

fn rate_case(column: &Column<'_>) -> f64 {
    column.name(Role::Case) + weigh::case(column)
}

fn rate_activity(column: &Column<'_>) -> f64 {
    let kind = if matches!(column.kind, Kind::Text | Kind::Integer) { 0.0 } else { -6.0 };
    let repeats = if column.unique() > 0.5 { -4.0 } else { 0.0 };
    let constant = if column.distinct < 2 || column.is_lifecycle { -5.0 } else { 0.0 };
    column.name(Role::Activity) + kind + repeats + constant - 5.0 * (1.0 - column.fill())
        + column.talk.actions
        - column.talk.people
}

fn rate_timestamp(column: &Column<'_>) -> f64 {
    let kind = match column.kind {
        Kind::Date => 6.0,
        Kind::NumericDate => 2.0,
        Kind::Clock => 0.0,
        _ => -6.0,
    };
    column.name(Role::Timestamp) + kind + column.unique() - 4.0 * (1.0 - column.fill())
}

fn may_be_timestamp(column: &Column<'_>) -> bool {
    column.kind.is_moment() || column.name(Role::Timestamp) >= KNOWN + 1.0
}
