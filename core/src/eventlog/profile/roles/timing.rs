//! When the rows of a case take place.

use super::cases::Cases;
use super::moments::{Moments, NEVER};

/// How long cases take, compared with as many events at any time of the sample: about 1 if rows only have a value in
/// common, less if they are a case. Nothing if no case has several events.
pub(super) fn spread(cases: &Cases, moments: &Moments) -> Option<f64> {
    let gathered = cases.gather(&moments.of_rows);
    let mut shares: Vec<f64> = cases
        .split(&gathered)
        .filter(|case| case.len() > 1)
        .map(|case| {
            let known = || case.iter().filter(|at| **at != NEVER);
            let (Some(first), Some(last)) = (known().min(), known().max()) else { return 0.0 };
            let events = case.len() as f64;
            (last - first) as f64 / (moments.span * (events - 1.0) / (events + 1.0))
        })
        .collect();
    if moments.span <= 0.0 || shares.is_empty() {
        return None;
    }
    let middle = shares.len() / 2;
    let (_, median, _) = shares.select_nth_unstable_by(middle, f64::total_cmp);
    Some(*median)
}

/// How clearly time goes one way inside the cases, in the order of the file.
pub(super) fn direction(cases: &Cases, moments: &Moments) -> Option<f64> {
    let gathered = cases.gather(&moments.of_rows);
    let (mut up, mut down) = (0_u32, 0_u32);
    for case in cases.split(&gathered) {
        for (one, next) in
            case.iter().zip(case.iter().skip(1)).filter(|(one, next)| **one != NEVER && **next != NEVER)
        {
            up += u32::from(next > one);
            down += u32::from(next < one);
        }
    }
    (up + down > 0).then(|| (2.0 * f64::from(up) / f64::from(up + down) - 1.0).abs())
}
