//! How sure the best way to give the roles is.

use super::alike::{determines, is_alias, is_start_and_end};
use super::choose::{Combination, Options};
use super::column::Column;
use super::kind::Kind;
use super::names::KNOWN;
use super::table::{Grouping, Table};
use super::{Choice, Fixed, Role, Roles, resource};

/// By how much the best combination has to be ahead of those with another column in the role.
pub(super) const CASE_MARGIN: f64 = 2.0;
const ACTIVITY_MARGIN: f64 = 1.5;
const TIMESTAMP_MARGIN: f64 = 1.5;
/// An activity that is worth less is a guess.
const LEAST_ACTIVITY: f64 = 2.5;
/// A table that is worth less may be no event log.
const LEAST_LOG: f64 = 8.0;
/// The confidence of a guess is not above this.
const GUESS: f64 = 0.4;
/// A heading with less says nothing of a role.
const HINTED: f64 = 2.0;
/// A heading that names the role exactly, such as `CaseId`: the fewest rows do not make it doubtful.
const EXACT: f64 = 6.0;
/// In fewer rows, cases of one event each are no surprise.
const FEW_ROWS: usize = 6;
/// From this confidence on, a role is not reported as a guess.
const SURE: f64 = 0.5;

/// The roles of the best combination.
pub(super) fn roles(table: &Table<'_>, options: &Options, fixed: &Fixed) -> Roles {
    let mut roles = options.best().map_or_else(Roles::default, |(best, grouping)| {
        let all = &options.combinations;
        Judge { table, fixed, all, best, grouping, is_case_sure: false }.roles()
    });
    for role in Role::ALL {
        let column = named_column(table, role, |at| roles.has(at));
        let place = roles.place(role);
        *place = place.or(column.map(|column| Choice { column: column.at, confidence: SURE, rival: None }));
    }
    roles
}

/// A free column that has a role by its heading, for a role that no column has by its values: in a log of one row these
/// show nothing. Without any value, it is better to report that the values are missing.
fn named_column<'t, 'a>(
    table: &'t Table<'a>,
    role: Role,
    is_taken: impl Fn(usize) -> bool,
) -> Option<&'t Column<'a>> {
    let name = |column: &Column<'_>| column.name(role);
    let can_be = |column: &Column<'_>| match role {
        Role::Timestamp => column.kind.is_moment() || !table.has_moments(),
        _ => !column.kind.is_moment(),
    };
    let is_meant = |column: &&Column<'_>| match column.distinct {
        0 => name(column) >= KNOWN,
        _ => name(column) >= EXACT && can_be(column),
    };
    let columns = table.columns.iter().filter(|column| !is_taken(column.at)).filter(is_meant);
    // Of equal ones, the leftmost.
    columns.rev().max_by(|one, other| name(one).total_cmp(&name(other)))
}

/// The confidence that a margin gives; `limit` gives one half. Little data gives less.
pub(super) fn confidence(margin: f64, limit: f64, rows: usize, cases: usize) -> f64 {
    let limit = limit * (1.0 + 10.0 / rows.max(1) as f64 + 2.0 / cases.max(1) as f64);
    if margin.is_finite() { margin / (margin + limit) } else { 1.0 }
}

struct Judge<'j, 'a> {
    table: &'j Table<'a>,
    fixed: &'j Fixed,
    all: &'j [Combination],
    best: &'j Combination,
    /// The cases of the best combination.
    grouping: &'j Grouping,
    is_case_sure: bool,
}

impl Judge<'_, '_> {
    fn roles(mut self) -> Roles {
        let mut case = self.choice(Role::Case, CASE_MARGIN);
        self.is_case_sure = case.as_ref().is_some_and(|case| self.is_sure(case));
        let activity = self.choice(Role::Activity, ACTIVITY_MARGIN);
        if let (Some(case), Some(activity)) = (&mut case, &activity)
            && is_swap_likely(case, activity)
        {
            case.confidence = case.confidence.min(GUESS);
        }
        let mut roles = Roles {
            case,
            activity,
            timestamp: self.choice(Role::Timestamp, TIMESTAMP_MARGIN),
            resource: resource::find(self.table, self.best, self.grouping, self.fixed),
            time_of_day: None,
            score: self.best.total,
        };
        let timestamp = self.table.column(self.best.of(Role::Timestamp));
        let clock = timestamp.and_then(|timestamp| timestamp.clock);
        roles.time_of_day = clock.filter(|clock| !roles.has(*clock));
        roles
    }

    fn is_sure(&self, case: &Choice) -> bool {
        let column = self.table.column(Some(case.column));
        case.confidence >= SURE || column.is_some_and(|column| column.name(Role::Case) >= KNOWN)
    }

    fn choice(&self, role: Role, limit: f64) -> Option<Choice> {
        let column = self.table.column(self.best.of(role))?;
        if self.fixed.of(role).is_some() {
            return Some(Choice::stated(column.at));
        }
        let rival = self.all.iter().find(|other| !self.is_same(role, column, other.of(role)));
        let margin = rival.map_or(f64::INFINITY, |rival| self.best.total - rival.total);
        let rival = rival.and_then(|rival| rival.of(role));
        let is_coarser = |rival| role == Role::Activity && is_coarser_activity(column, rival);
        let limit = if self.table.column(rival).is_some_and(is_coarser) { 2.0 * limit } else { limit };
        let cases = self.table.column(self.best.of(Role::Case)).map_or(1, |case| case.distinct);
        let confidence = confidence(margin, limit, self.table.rows(), cases);
        let confidence = match () {
            () if self.is_guess(role, column, rival) => confidence.min(GUESS),
            () if self.is_named_alone(role, column) => confidence.max(SURE),
            () => confidence,
        };
        Some(Choice { column: column.at, confidence, rival })
    }

    /// Whether the heading of this column alone names the role exactly.
    fn is_named_alone(&self, role: Role, column: &Column<'_>) -> bool {
        let is_rival = |other: &&Column<'_>| other.name(role) >= KNOWN && !is_alias(column, other);
        let mut others = self.table.columns.iter().filter(|other| other.at != column.at);
        let can_be = role != Role::Timestamp || column.kind.is_moment() || !self.table.has_moments();
        can_be && column.name(role) >= EXACT && !others.any(|other| is_rival(&other))
    }

    /// Whether the headings of case and activity name them exactly, and no better timestamp is left out.
    fn is_log_by_name(&self) -> bool {
        let column = |role| self.table.column(self.best.of(role));
        let free = |role| named_column(self.table, role, |at| self.best.has(at));
        let is_named = |role| match column(role) {
            Some(column) => column.name(role) >= EXACT,
            None => free(role).is_some(),
        };
        let is_moment = column(Role::Timestamp).is_some_and(|column| column.kind.is_moment());
        [Role::Case, Role::Activity].into_iter().all(is_named) && (is_moment || !self.table.has_moments())
    }

    /// Whether a column has the role only because there is no better one.
    fn is_guess(&self, role: Role, column: &Column<'_>, rival: Option<usize>) -> bool {
        let (name, is_known) = (column.name(role), column.name(role) >= KNOWN);
        let is_odd = match role {
            Role::Case => {
                (column.unique() > 0.95 && (!is_known || self.table.rows() >= FEW_ROWS))
                    || (!is_known && column.distinct < 2)
            }
            Role::Activity => {
                (self.best.activity_worth < LEAST_ACTIVITY && name < EXACT)
                    || (name < KNOWN && column.talk.people > 0.6)
                    || (name < HINTED && column.kind == Kind::Integer)
            }
            Role::Timestamp => {
                // In short cases a date is the same throughout, if it is the only one.
                let is_attribute =
                    self.grouping.change(column.at) < 0.05 && (rival.is_some() || name < HINTED);
                !is_known && (!column.kind.is_moment() || is_attribute)
            }
            Role::Resource => false,
        };
        is_odd || (self.best.total < LEAST_LOG && !self.is_log_by_name())
    }

    /// Whether another column says the same as the one that has the role.
    fn is_same(&self, role: Role, column: &Column<'_>, other: Option<usize>) -> bool {
        if other == Some(column.at) {
            return true;
        }
        let Some(other) = self.table.column(other) else { return false };
        is_alias(column, other) || (role == Role::Timestamp && self.is_same_event(column, other))
    }

    /// Whether two timestamps are the start and the end of the same events, not a date of the case.
    fn is_same_event(&self, one: &Column<'_>, other: &Column<'_>) -> bool {
        let change = |column: &Column<'_>| self.grouping.change(column.at);
        self.is_case_sure && change(one).min(change(other)) >= 0.5 && is_start_and_end(one, other)
    }
}

/// Whether a column names, less exactly, what an activity is that no heading gives away: which of both is meant?
fn is_coarser_activity(activity: &Column<'_>, rival: &Column<'_>) -> bool {
    activity.name(Role::Activity) < HINTED && rival.talk.actions >= 0.5 && determines(activity, rival)
}

/// Whether case and activity are a guess because they could be the other way round.
fn is_swap_likely(case: &Choice, activity: &Choice) -> bool {
    let is_close = activity.confidence < SURE && case.confidence < 0.7;
    is_close && case.rival == Some(activity.column) && activity.rival == Some(case.column)
}
