//! A stream of batches as one table of text.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use arrow_array::{RecordBatch, RecordBatchReader, new_empty_array};
use arrow_schema::{ArrowError, Field, Schema};

use super::cells::{Cells, Unwritable, cells};
use super::headings::{empty, end_row, headings, refused, write_headings};
use super::text;
use crate::error::{Error, ErrorKind, Result};
use crate::upload::{Source, Spool};

/// So many rows are written in one go: few enough to stay in the cache.
pub(super) const ROWS: usize = 4096;

/// Writes batches as CSV: UTF-8, as RFC 4180 has it. `names` gives columns other headings.
///
/// A column that has no place in CSV is refused before the first row is read. It ends where it is told to stop.
pub(crate) fn write(
    batches: impl RecordBatchReader,
    names: &HashMap<String, String>,
    stop: &AtomicBool,
) -> Result<Source> {
    let columns = columns(&batches.schema(), names)?;
    let (mut spool, mut text, mut rows) = (Spool::new(), Vec::new(), 0);
    write_headings(columns.iter().map(|(_, heading)| heading.as_str()), &mut text);
    for batch in batches {
        let batch = batch.map_err(unreadable)?;
        for start in (0..batch.num_rows()).step_by(ROWS) {
            if stop.load(Ordering::Relaxed) {
                return Err(Error::internal("nobody waits for the data frame any more"));
            }
            let piece = batch.slice(start, ROWS.min(batch.num_rows() - start));
            write_rows(&piece, &columns, rows, &mut text)?;
            rows += piece.num_rows();
            spool.write(&text)?;
            text.clear();
        }
    }
    if rows == 0 { Err(empty()) } else { Ok(spool.finish()) }
}

/// A column that is written: where it is, and its heading.
type Column = (usize, String);

/// The columns that are written, each of which has a form in CSV.
fn columns(schema: &Schema, names: &HashMap<String, String>) -> Result<Vec<Column>> {
    let known: Vec<_> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    let columns = headings(&known, names)?;
    for (field, heading) in schema.fields().iter().zip(&columns) {
        if heading.is_some()
            && let Some(held) = unwritten(field)
        {
            let message = format!("The column '{}' holds {held}, which has no place in CSV.", field.name());
            return Err(refused(message, "Turn it into text, numbers or dates, or leave it out"));
        }
    }
    Ok(columns.into_iter().enumerate().filter_map(|(at, heading)| Some((at, heading?))).collect())
}

/// What a column holds that has no form in CSV, if it does.
fn unwritten(field: &Field) -> Option<String> {
    let data = field.data_type();
    match field.extension_type_name() {
        // It is stored as something else than it means: a month as the number of months since 1970.
        Some(extension) if !data.is_string() => Some(extension.to_owned()),
        _ => cells(new_empty_array(data).as_ref()).is_none().then(|| data.to_string()),
    }
}

fn write_rows(piece: &RecordBatch, columns: &[Column], before: usize, out: &mut Vec<u8>) -> Result<()> {
    let arrays = columns.iter().map(|(at, _)| cells(piece.columns().get(*at)?.as_ref()));
    let mut written: Vec<Cells> = arrays.collect::<Option<_>>().ok_or_else(|| {
        unreadable(ArrowError::SchemaError("a batch has other columns than its schema".to_owned()))
    })?;
    for row in 0..piece.num_rows() {
        let start = out.len();
        for (at, write) in written.iter_mut().enumerate() {
            if at > 0 {
                out.push(b',');
            }
            write(row, out).map_err(|what| unwritable(what, columns.get(at), before + row))?;
        }
        if out.len() == start {
            // An empty line is no row to many a reader: the one column's null is written as an empty text.
            text::write("", out);
        }
        end_row(out);
    }
    Ok(())
}

fn unwritable(what: Unwritable, column: Option<&Column>, row: usize) -> Error {
    let heading = column.map(|(_, heading)| heading.as_str()).unwrap_or_default();
    refused(
        format!("The column '{heading}' holds {} in row {}.", what.0, row + 1),
        "Mend the value, or make it null",
    )
}

fn unreadable(cause: ArrowError) -> Error {
    Error::new(ErrorKind::Source, format!("The data frame can't be read: {cause}."))
        .with_hint("Look at what makes it: the query, or the reader; nothing was sent.")
        .caused_by(cause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;
    use std::sync::Arc;

    use arrow_array::builder::{ListBuilder, StringBuilder, StringDictionaryBuilder};
    use arrow_array::types::{Float16Type, Int8Type};
    use arrow_array::{
        Array, ArrayRef, BinaryArray, BooleanArray, Date32Array, Date64Array, Decimal128Array,
        DurationMillisecondArray, Float32Array, Float64Array, Int64Array, LargeStringArray, NullArray,
        PrimitiveArray, RecordBatchIterator, StringArray, StringViewArray, Time32SecondArray,
        Time64NanosecondArray, TimestampMicrosecondArray, TimestampMillisecondArray, TimestampSecondArray,
        UInt64Array,
    };
    use arrow_schema::DataType;

    fn text_of(batches: Vec<RecordBatch>, names: &[(&str, &str)]) -> Result<String> {
        let names = names.iter().map(|(name, heading)| ((*name).to_owned(), (*heading).to_owned())).collect();
        let schema = batches.first().unwrap().schema();
        let reader = RecordBatchIterator::new(batches.into_iter().map(Ok), schema);
        let source = write(reader, &names, &AtomicBool::new(false))?;
        let mut text = String::new();
        source.open().unwrap().read_to_string(&mut text).unwrap();
        Ok(text)
    }

    fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
        RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true)))
            .unwrap()
    }

    fn column(array: impl Array + 'static) -> String {
        let rows = StringArray::from(vec!["row"; array.len()]);
        let text =
            text_of(vec![batch(vec![("value", Arc::new(array)), ("row", Arc::new(rows))])], &[]).unwrap();
        let cells = text.strip_prefix("value,row\r\n").unwrap().strip_suffix(",row\r\n").unwrap();
        cells.replace(",row\r\n", " | ")
    }

    #[test]
    fn every_type_has_its_form() {
        assert_eq!(column(BooleanArray::from(vec![Some(true), None, Some(false)])), "true |  | false");
        assert_eq!(
            column(Int64Array::from(vec![Some(i64::MIN), None, Some(499)])),
            format!("{} |  | 499", i64::MIN)
        );
        assert_eq!(column(UInt64Array::from(vec![u64::MAX])), u64::MAX.to_string());
        let floats = [1.0, 1e-7, 0.1, f64::NAN, f64::NEG_INFINITY, -0.0];
        assert_eq!(column(Float64Array::from(floats.to_vec())), "1.0 | 1e-7 | 0.1 |  | -inf | -0.0");
        assert_eq!(column(Float32Array::from(vec![0.1])), "0.1");
        assert_eq!(column(PrimitiveArray::<Float16Type>::from(vec![half::f16::from_f32(0.5)])), "0.5");
        let decimals =
            Decimal128Array::from(vec![Some(12345), Some(-5), None]).with_precision_and_scale(9, 2).unwrap();
        assert_eq!(column(decimals), "123.45 | -0.05 | ");
        assert_eq!(column(NullArray::new(2)), " | ");
    }

    #[test]
    fn text_keeps_the_difference_between_empty_and_null() {
        let values = vec![Some("Receive"), Some(""), None, Some("a,\"b\"\nc")];
        let written = "Receive | \"\" |  | \"a,\"\"b\"\"\nc\"";
        assert_eq!(column(StringArray::from(values.clone())), written);
        assert_eq!(column(LargeStringArray::from(values.clone())), written);
        assert_eq!(column(StringViewArray::from(values.clone())), written);
        let mut dictionary = StringDictionaryBuilder::<Int8Type>::new();
        dictionary.extend(values);
        assert_eq!(column(dictionary.finish()), written);
    }

    #[test]
    fn times_are_iso_8601() {
        assert_eq!(column(Date32Array::from(vec![19_753, -1])), "2024-01-31 | 1969-12-31");
        assert_eq!(column(Date64Array::from(vec![19_753 * 86_400_000])), "2024-01-31");
        assert_eq!(column(Time32SecondArray::from(vec![86_399])), "23:59:59");
        assert_eq!(column(Time64NanosecondArray::from(vec![1])), "00:00:00.000000001");
        assert_eq!(column(DurationMillisecondArray::from(vec![-1_500, 90_000])), "-1.500 | 90.000");
        let seconds = TimestampSecondArray::from(vec![Some(1_704_103_200), None]);
        assert_eq!(column(seconds), "2024-01-01T10:00:00 | ");
        let moments = TimestampMicrosecondArray::from(vec![1_704_103_200_123_456]).with_timezone("UTC");
        assert_eq!(column(moments), "2024-01-01T10:00:00.123456Z");
        // Back and forth over the change to summer time.
        let moments = vec![1_711_846_799_000, 1_711_846_800_000, 1_711_846_799_999, 1_729_994_400_000];
        let moments = TimestampMillisecondArray::from(moments).with_timezone("Europe/Amsterdam");
        let written = "2024-03-31T01:59:59.000+01:00 | 2024-03-31T03:00:00.000+02:00 | 2024-03-31T01:59:59.999+01:00 \
                       | 2024-10-27T03:00:00.000+01:00";
        assert_eq!(column(moments), written);
    }

    #[test]
    fn batches_follow_each_other_whatever_their_size() {
        let numbers =
            |from: i64, to: i64| batch(vec![("n", Arc::new(Int64Array::from_iter_values(from..to)))]);
        let text = text_of(vec![numbers(0, 10_000), numbers(0, 0), numbers(10_000, 10_001)], &[]).unwrap();
        let wanted: String =
            std::iter::once("n\r\n".to_owned()).chain((0..=10_000).map(|n| format!("{n}\r\n"))).collect();
        assert_eq!(text, wanted);
    }

    #[test]
    fn a_row_of_one_null_is_still_a_row() {
        let text = text_of(vec![batch(vec![("n", Arc::new(Int64Array::from(vec![None, Some(1)])))])], &[]);
        assert_eq!(text.unwrap(), "n\r\n\"\"\r\n1\r\n");
    }

    #[test]
    fn columns_are_renamed_and_an_unnamed_index_is_left_out() {
        let one = || Arc::new(Int64Array::from(vec![1])) as ArrayRef;
        let frame = batch(vec![("case, id", one()), ("activity", one()), ("__index_level_0__", one())]);
        assert_eq!(
            text_of(vec![frame], &[("activity", "Activity")]).unwrap(),
            "\"case, id\",Activity\r\n1,1\r\n"
        );
    }

    #[test]
    fn what_can_not_be_written_is_refused_by_the_name_of_its_column() {
        let one = || Arc::new(Int64Array::from(vec![1])) as ArrayRef;
        let mut tags = ListBuilder::new(StringBuilder::new());
        tags.append_value([Some("a")]);
        type Refused<'a> = (Vec<(&'a str, ArrayRef)>, &'a [(&'a str, &'a str)], &'a str);
        let bad: Vec<Refused<'_>> = vec![
            (vec![("tags", Arc::new(tags.finish()))], &[], "'tags' holds List"),
            (vec![("raw", Arc::new(BinaryArray::from_vec(vec![b"x"])))], &[], "'raw' holds Binary"),
            (vec![("a", one()), ("b", one())], &[("b", "a")], "heading 'a'"),
            (vec![("a", one()), (" ", one())], &[], "Column 2 has no name"),
            (vec![("a", one())], &[("z", "y")], "no column 'z'"),
            (
                vec![("when", Arc::new(TimestampSecondArray::from(vec![0, i64::MAX])))],
                &[],
                "'when' holds a date beyond",
            ),
        ];
        for (columns, names, text) in bad {
            let error = text_of(vec![batch(columns)], names).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidArgument);
            assert!(error.message().contains(text), "{error}");
        }
    }

    #[test]
    fn what_is_stored_as_something_else_is_refused() {
        let extension = [("ARROW:extension:name".to_owned(), "pandas.period".to_owned())];
        let field = Field::new("month", DataType::Int64, true).with_metadata(extension);
        let schema = Arc::new(Schema::new(vec![field]));
        let months = RecordBatch::try_new(schema, vec![Arc::new(Int64Array::from(vec![648]))]).unwrap();
        let error = text_of(vec![months], &[]).unwrap_err();
        assert!(error.message().contains("'month' holds pandas.period"), "{error}");
    }

    #[test]
    fn a_batch_that_is_not_as_its_schema_says_is_refused() {
        let good =
            batch(vec![("a", Arc::new(Int64Array::from(vec![1]))), ("b", Arc::new(NullArray::new(1)))]);
        let schema = good.schema();
        let raw = batch(vec![
            ("a", Arc::new(BinaryArray::from_vec(vec![b"x"]))),
            ("b", Arc::new(NullArray::new(1))),
        ]);
        let few = batch(vec![("a", Arc::new(Int64Array::from(vec![1])))]);
        for bad in [raw, few] {
            let reader = RecordBatchIterator::new([Ok(good.clone()), Ok(bad)], schema.clone());
            let error = write(reader, &HashMap::new(), &AtomicBool::new(false)).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Source, "{error}");
        }
    }

    #[test]
    fn a_frame_without_rows_is_refused() {
        let schema = Arc::new(Schema::new(vec![Field::new("a", DataType::Int64, true)]));
        let consumed = RecordBatchIterator::new(Vec::<Result<RecordBatch, ArrowError>>::new(), schema);
        let error = write(consumed, &HashMap::new(), &AtomicBool::new(false)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::EmptyFile);
        assert!(error.to_string().contains("only once"), "{error}");
    }
}
