//! Which of the first rows has the headings.

/// The index of the row with the headings: the first that has a cell in most of the columns that rows have.
pub(super) fn find_header(rows: &[Vec<&str>]) -> usize {
    let filled = |row: &Vec<&str>| row.iter().filter(|text| !text.is_empty()).count();
    let mut counts: Vec<usize> = rows.iter().map(filled).collect();
    counts.sort_unstable();
    let usual = counts.get(counts.len() / 2).copied().unwrap_or_default();
    rows.iter().position(|row| filled(row) * 2 > usual).unwrap_or_default()
}
