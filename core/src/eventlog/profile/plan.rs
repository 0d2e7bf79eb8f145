//! How the columns of a table are read: which role each has, decided by the head of the table, and again by whole cases
//! if the whole table contradicts its head.

use super::roles::{self, Fixed, Roles, WholeColumn};
use super::sample::Sample;
use super::tally::Tally;
use super::timestamps::TimestampColumn;
use crate::eventlog::ReadError;
use crate::eventlog::stated::Stated;

/// How the columns of a table are read.
#[derive(Debug)]
pub(crate) struct Plan {
    pub names: Vec<String>,
    pub roles: Roles,
    fixed: Fixed,
    /// The first rows; none of them if they are all there are.
    head: Option<Sample>,
    /// The columns that may be the case.
    case_candidates: Vec<usize>,
    timestamps: TimestampColumn,
}

impl Plan {
    /// By the headings, the first rows, and what the caller states. `is_whole`: there are no more rows.
    pub fn of(names: Vec<String>, head: Sample, is_whole: bool, stated: &Stated) -> Result<Self, ReadError> {
        let fixed = stated.columns(&names)?;
        let roles = roles::decide(&names, &head, &fixed);
        let timestamps = timestamps_of(&roles, &head);
        let head = (!is_whole).then_some(head);
        let case_candidates =
            head.as_ref().map(|head| roles::case_candidates(&names, head)).unwrap_or_default();
        Ok(Self { names, roles, fixed, head, case_candidates, timestamps })
    }

    /// What is counted of the rows.
    pub fn tally(&self) -> Tally {
        let role_of =
            |place: usize| self.roles.all().find(|(_, choice)| choice.column == place).map(|(role, _)| role);
        let mut tally = Tally::new((0..self.names.len()).map(role_of), self.timestamps.clone());
        if let Some(place) = self.roles.time_of_day {
            tally.set_clock(place);
        }
        tally.sample_cases(&self.case_candidates);
        tally
    }

    /// The plan to read the table with a second time, if what was tallied contradicts this one.
    pub fn corrected(&mut self, tally: &mut Tally) -> Option<Self> {
        let head = self.head.as_ref()?;
        let whole: Vec<_> = tally
            .columns
            .iter()
            .map(|column| WholeColumn { filled: column.filled, distinct: column.distinct.count() })
            .collect();
        let cases = std::mem::take(&mut tally.cases);
        if roles::is_contradicted(head, tally.rows, &whole, &cases.columns())
            && let samples = cases.samples(self.names.len())
            && !samples.is_empty()
        {
            let roles = roles::decide_by_cases(&self.names, &samples, &self.fixed);
            if !roles.has_same_columns(&self.roles) {
                let timestamps = timestamps_of(&roles, head);
                return Some(self.with(roles, timestamps));
            }
            self.roles = roles;
        }
        let timestamps = &tally.timestamps;
        timestamps.needs_next_pass().then(|| self.with(self.roles.clone(), timestamps.next_pass()))
    }

    fn with(&self, roles: Roles, timestamps: TimestampColumn) -> Self {
        let names = self.names.clone();
        Self { names, roles, fixed: self.fixed, head: None, case_candidates: Vec::new(), timestamps }
    }
}

fn timestamps_of(roles: &Roles, head: &Sample) -> TimestampColumn {
    let column = roles.timestamp.as_ref().and_then(|choice| head.columns.get(choice.column));
    TimestampColumn::of_sample(column.into_iter().flat_map(|column| &column.values).map(AsRef::as_ref))
}
