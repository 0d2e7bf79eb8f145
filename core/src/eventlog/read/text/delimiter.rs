//! Finding the delimiter of a text file from its first lines.

/// What may stand between two fields.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The delimiter that splits the head most regularly, or none where the text has one column.
///
/// A delimiter scores by the share of records that have as many fields as the header, squared, and
/// a little by the number of fields; one column without any delimiter scores 1.
pub(crate) fn sniff(head: &[u8]) -> Option<u8> {
    let mut best = (1.0, None);
    for delimiter in DELIMITERS {
        let score = score(head, delimiter);
        if score > best.0 {
            best = (score, Some(delimiter));
        }
    }
    best.1
}

fn score(head: &[u8], delimiter: u8) -> f64 {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(head);
    let mut records = reader.byte_records().filter_map(Result::ok);
    let fields = records.next().map_or(0, |header| header.len());
    if fields < 2 {
        return 0.0;
    }
    let (mut all, mut same) = (1.0, 1.0);
    for record in records {
        all += 1.0;
        if record.len() == fields {
            same += 1.0;
        }
    }
    let share: f64 = same / all;
    let fields = u32::try_from(fields).unwrap_or(u32::MAX);
    share.powi(2) * (1.0 + f64::from(fields).ln())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_delimiter() {
        assert_eq!(sniff(b"a,b\n1,2\n"), Some(b','));
        assert_eq!(sniff(b"a;b\n1,5;2\n3,5;4\n"), Some(b';'));
        assert_eq!(sniff(b"a\tb\n1,5\t2;3\n"), Some(b'\t'));
        assert_eq!(sniff(b"a|b|c\n1|2|3\n"), Some(b'|'));
    }

    #[test]
    fn quotes_hide_delimiters_and_line_breaks() {
        assert_eq!(sniff(b"a,b\n\"1;2;3\n;;\",2\n\"x;y\",3\n"), Some(b','));
    }

    #[test]
    fn one_column() {
        assert_eq!(sniff(b"case\n1\n2\n"), None);
        assert_eq!(sniff(b"note\nhello, you\nbye\nand so on\n"), None);
        assert_eq!(sniff(b""), None);
    }

    #[test]
    fn a_header_alone() {
        assert_eq!(sniff(b"a;b;c\n"), Some(b';'));
    }
}
