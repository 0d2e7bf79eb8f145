//! The values of one column, as text: one form for every type of Arrow's that has one.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, ArrowPrimitiveType, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type,
    DecimalType, Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, OffsetSizeTrait, PrimitiveArray};
use arrow_buffer::ArrowNativeType;
use arrow_schema::{DataType, TimeUnit};

use super::text;
use super::time::{self, DAY, Dates, Moments, Zone};

/// A value that has no text, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unwritable(pub &'static str);

type Written = Result<(), Unwritable>;

/// Writes the value of a row; null is nothing.
pub(super) type Cells = Box<dyn FnMut(usize, &mut Vec<u8>) -> Written>;

/// What writes a column, or none where values of its type have no place in CSV.
pub(super) fn cells(array: &dyn Array) -> Option<Cells> {
    Some(match array.data_type() {
        DataType::Null => Box::new(|_, _| Ok(())),
        DataType::Boolean => flags(array),
        DataType::Int8 => integers::<Int8Type>(array),
        DataType::Int16 => integers::<Int16Type>(array),
        DataType::Int32 => integers::<Int32Type>(array),
        DataType::Int64 => integers::<Int64Type>(array),
        DataType::UInt8 => integers::<UInt8Type>(array),
        DataType::UInt16 => integers::<UInt16Type>(array),
        DataType::UInt32 => integers::<UInt32Type>(array),
        DataType::UInt64 => integers::<UInt64Type>(array),
        DataType::Float16 => each::<Float16Type>(array, |value, out| float(f32::from(value), out)),
        DataType::Float32 => each::<Float32Type>(array, float),
        DataType::Float64 => each::<Float64Type>(array, float),
        DataType::Decimal32(..) => decimals::<Decimal32Type>(array),
        DataType::Decimal64(..) => decimals::<Decimal64Type>(array),
        DataType::Decimal128(..) => decimals::<Decimal128Type>(array),
        DataType::Decimal256(..) => decimals::<Decimal256Type>(array),
        DataType::Utf8 => texts::<i32>(array),
        DataType::LargeUtf8 => texts::<i64>(array),
        DataType::Utf8View => views(array),
        DataType::Dictionary(key, _) => match key.as_ref() {
            DataType::Int8 => dictionary::<Int8Type>(array)?,
            DataType::Int16 => dictionary::<Int16Type>(array)?,
            DataType::Int32 => dictionary::<Int32Type>(array)?,
            DataType::Int64 => dictionary::<Int64Type>(array)?,
            DataType::UInt8 => dictionary::<UInt8Type>(array)?,
            DataType::UInt16 => dictionary::<UInt16Type>(array)?,
            DataType::UInt32 => dictionary::<UInt32Type>(array)?,
            _ => dictionary::<UInt64Type>(array)?,
        },
        DataType::Date32 => dates(counts::<Int32Type>(array)?, 1),
        DataType::Date64 => dates(counts::<Int64Type>(array)?, DAY * 1000),
        DataType::Time32(unit) => clocks(counts::<Int32Type>(array)?, *unit),
        DataType::Time64(unit) => clocks(counts::<Int64Type>(array)?, *unit),
        DataType::Timestamp(unit, zone) => {
            let zone = match zone {
                Some(name) => Some(Zone::new(name)?),
                None => None,
            };
            let mut moments = Moments::new(*unit, zone);
            numbers(counts::<Int64Type>(array)?, move |count, out| moments.write(count, out))
        }
        DataType::Duration(unit) => {
            let unit = *unit;
            numbers(counts::<Int64Type>(array)?, move |count, out| {
                time::write_seconds(unit, count, out);
                Ok(())
            })
        }
        _ => return None,
    })
}

/// A column of fixed-size values.
fn each<T: ArrowPrimitiveType>(
    array: &dyn Array,
    write: impl FnMut(T::Native, &mut Vec<u8>) -> Written + 'static,
) -> Cells {
    numbers(array.as_primitive::<T>().clone(), write)
}

fn numbers<T: ArrowPrimitiveType>(
    array: PrimitiveArray<T>,
    mut write: impl FnMut(T::Native, &mut Vec<u8>) -> Written + 'static,
) -> Cells {
    Box::new(move |row, out| if array.is_null(row) { Ok(()) } else { write(array.value(row), out) })
}

/// What a column of dates or times counts in, without what it counts.
fn counts<T: ArrowPrimitiveType>(array: &dyn Array) -> Option<PrimitiveArray<T>> {
    // Dates and times are laid out as the numbers they are.
    array.to_data().into_builder().data_type(T::DATA_TYPE).build().ok().map(PrimitiveArray::from)
}

fn flags(array: &dyn Array) -> Cells {
    let flags = array.as_boolean().clone();
    Box::new(move |row, out| {
        if !flags.is_null(row) {
            out.extend_from_slice(if flags.value(row) { b"true" } else { b"false" });
        }
        Ok(())
    })
}

fn integers<T: ArrowPrimitiveType<Native: itoa::Integer>>(array: &dyn Array) -> Cells {
    let mut digits = itoa::Buffer::new();
    each::<T>(array, move |value, out| {
        out.extend_from_slice(digits.format(value).as_bytes());
        Ok(())
    })
}

/// The shortest text that is read as the same number. What is not a number is as good as null.
fn float<F: zmij::Float + Into<f64> + Copy>(value: F, out: &mut Vec<u8>) -> Written {
    let wide: f64 = value.into();
    if wide.is_finite() {
        out.extend_from_slice(zmij::Buffer::new().format_finite(value).as_bytes());
    } else if wide.is_infinite() {
        out.extend_from_slice(if wide > 0.0 { b"inf" } else { b"-inf" });
    }
    Ok(())
}

fn decimals<T: DecimalType>(array: &dyn Array) -> Cells {
    let decimals = array.as_primitive::<T>().clone();
    Box::new(move |row, out| {
        if !decimals.is_null(row) {
            out.extend_from_slice(decimals.value_as_string(row).as_bytes());
        }
        Ok(())
    })
}

fn texts<O: OffsetSizeTrait>(array: &dyn Array) -> Cells {
    let texts = array.as_string::<O>().clone();
    Box::new(move |row, out| {
        if !texts.is_null(row) {
            text::write(texts.value(row), out);
        }
        Ok(())
    })
}

fn views(array: &dyn Array) -> Cells {
    let texts = array.as_string_view().clone();
    Box::new(move |row, out| {
        if !texts.is_null(row) {
            text::write(texts.value(row), out);
        }
        Ok(())
    })
}

fn dictionary<K: ArrowDictionaryKeyType>(array: &dyn Array) -> Option<Cells> {
    let dictionary = array.as_dictionary::<K>();
    let (keys, mut values) = (dictionary.keys().clone(), cells(dictionary.values().as_ref())?);
    let places = keys.values().clone();
    Some(Box::new(move |row, out| match places.get(row) {
        Some(key) if !keys.is_null(row) => values(key.as_usize(), out),
        _ => Ok(()),
    }))
}

fn dates<T: ArrowPrimitiveType<Native: Into<i64>>>(counts: PrimitiveArray<T>, per_day: i64) -> Cells {
    let mut dates = Dates::new();
    numbers(counts, move |count, out| dates.write(count.into().div_euclid(per_day), out))
}

fn clocks<T: ArrowPrimitiveType<Native: Into<i64>>>(counts: PrimitiveArray<T>, unit: TimeUnit) -> Cells {
    numbers(counts, move |count, out| {
        time::write_clock(unit, count.into(), out);
        Ok(())
    })
}
