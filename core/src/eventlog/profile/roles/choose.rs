//! One decision over all roles: the columns that together are worth most.

use super::cases::Cases;
use super::column::Column;
use super::kind::Kind;
use super::sequence::Sequence;
use super::table::{Grouping, Table};
use super::{Fixed, Role, candidates, weigh};

/// One way to give the roles.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Combination {
    case: Option<usize>,
    activity: Option<usize>,
    timestamp: Option<usize>,
    pub total: f64,
    /// The part of the activity in the total.
    pub activity_worth: f64,
}

impl Combination {
    pub fn of(&self, role: Role) -> Option<usize> {
        match role {
            Role::Case => self.case,
            Role::Activity => self.activity,
            Role::Timestamp => self.timestamp,
            Role::Resource => None,
        }
    }

    pub fn has(&self, column: usize) -> bool {
        [self.case, self.activity, self.timestamp].contains(&Some(column))
    }
}

/// All ways to give the roles.
pub(super) struct Options {
    /// The best one first; of equal ones, the leftmost columns.
    pub combinations: Vec<Combination>,
    groupings: Vec<Grouping>,
}

impl Options {
    /// With `only`, that column is the case.
    pub fn new(table: &Table<'_>, fixed: &Fixed, only: Option<usize>) -> Self {
        let mut cases = candidates::cases(table, fixed);
        cases.extend(only.filter(|only| !cases.contains(only)));
        let mut groupings = table.groupings(&cases);
        let is_unlikely = |grouping: &Grouping| case_worth(table, grouping) < 0.0;
        if fixed.case.is_none() && only.is_none() && groupings.iter().all(is_unlikely) {
            groupings.push(table.grouping(None));
        }
        let chooser = Chooser::new(table, fixed);
        let mut combinations = Vec::new();
        for grouping in groupings.iter().filter(|grouping| only.is_none() || grouping.case == only) {
            chooser.add(grouping, case_worth(table, grouping), &mut combinations);
        }
        combinations.sort_by(|one, other| other.total.total_cmp(&one.total));
        Self { combinations, groupings }
    }

    /// The best combination, and its cases.
    pub fn best(&self) -> Option<(&Combination, &Grouping)> {
        let best = self.combinations.first()?;
        Some((best, self.groupings.iter().find(|grouping| grouping.case == best.case)?))
    }
}

fn case_worth(table: &Table<'_>, grouping: &Grouping) -> f64 {
    let Some(column) = table.column(grouping.case) else { return weigh::NO_CASE };
    let coarse = if grouping.is_coarse { weigh::COARSE_CASE } else { 0.0 };
    column.name(Role::Case) + weigh::case(column) + weigh::case_attributes(grouping.fixed) + coarse
}

/// What is the same whatever the case is.
struct Chooser<'t, 'a> {
    table: &'t Table<'a>,
    fixed: &'t Fixed,
    /// With the rows in their order.
    timestamps: Vec<(Option<usize>, Vec<u32>)>,
    resources: Vec<(f64, usize)>,
    has_dates: bool,
}

impl<'t, 'a> Chooser<'t, 'a> {
    fn new(table: &'t Table<'a>, fixed: &'t Fixed) -> Self {
        let is_date = |column: &Column<'_>| matches!(column.kind, Kind::Date | Kind::NumericDate);
        let timestamps = candidates::timestamps(table, fixed);
        Self {
            table,
            fixed,
            timestamps: timestamps.into_iter().map(|at| (at, table.order(at))).collect(),
            resources: candidates::resources(table, fixed),
            has_dates: table.columns.iter().any(|column| is_date(column) && column.fill() > 0.5),
        }
    }

    /// Adds all ways to give the other roles.
    fn add(&self, grouping: &Grouping, case_worth: f64, all: &mut Vec<Combination>) {
        let case = grouping.case;
        let activities = candidates::activities(self.table, grouping, self.fixed);
        let mut known: Option<(Cases, Vec<f64>)> = None;
        for (timestamp, order) in self.timestamps.iter().filter(|(at, _)| at.is_none() || *at != case) {
            let cases = self.table.cases(case, order);
            // Most files are in the order of each of their timestamps.
            let (cases, activity_worths) = match known.take() {
                Some(known) if known.0 == cases => known,
                _ => {
                    let worth = |activity: &Option<usize>| self.activity_worth(*activity, grouping, &cases);
                    let worths = activities.iter().map(worth).collect();
                    (cases, worths)
                }
            };
            let rest = case_worth + self.timestamp_worth(*timestamp, grouping, &cases);
            for (activity, activity_worth) in activities.iter().zip(&activity_worths) {
                let (activity, activity_worth) = (*activity, *activity_worth);
                if activity.is_some() && [case, *timestamp].contains(&activity) {
                    continue;
                }
                let mut one =
                    Combination { case, activity, timestamp: *timestamp, total: 0.0, activity_worth };
                one.total = rest + activity_worth + self.resource_worth(&one);
                all.push(one);
            }
            known = Some((cases, activity_worths));
        }
    }

    fn activity_worth(&self, activity: Option<usize>, grouping: &Grouping, cases: &Cases) -> f64 {
        self.table.column(activity).map_or(weigh::NO_ACTIVITY, |column| {
            let value = weigh::activity(column, grouping.change(column.at), &Sequence::new(cases, column));
            column.name(Role::Activity) + value
        })
    }

    fn timestamp_worth(&self, timestamp: Option<usize>, grouping: &Grouping, cases: &Cases) -> f64 {
        self.table.column(timestamp).map_or(weigh::NO_TIMESTAMP, |column| {
            let value = weigh::timestamp(column, grouping, self.has_dates);
            let of_case = if grouping.case.is_some() { weigh::case_in_time(cases, column) } else { 0.0 };
            column.name(Role::Timestamp) + value + of_case
        })
    }

    /// The best resource that is left, so that a column that is one is not used up for another role.
    fn resource_worth(&self, taken: &Combination) -> f64 {
        let left = self.resources.iter().find(|(_, at)| !taken.has(*at));
        left.map_or(0.0, |(worth, _)| worth.max(0.0))
    }
}
