//! Ways to write a date.

/// How a date is written, apart from the order of day and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notation {
    /// `2024-01-31`.
    Iso,
    /// `2024/01/31`.
    YearSlashes,
    /// `2024.01.31`.
    YearDots,
    /// `31/01/2024`.
    Slashes,
    /// `31.01.2024`.
    Dots,
    /// `31-01-2024`.
    Dashes,
    /// `31/01/24`.
    ShortSlashes,
    /// `31.01.24`.
    ShortDots,
    /// `31-01-24`.
    ShortDashes,
    /// `31 Jan 2024`, `31-JAN-24`.
    MonthNames,
    /// `2024年1月31日`.
    Characters,
    /// `20240131`, `20240131093000`.
    Compact,
    /// `1706693400`.
    Seconds,
    /// `1706693400000`.
    Milliseconds,
    /// `1706693400000000`.
    Microseconds,
    /// `1706693400000000000`.
    Nanoseconds,
    /// `45322.395`: days since 1900 in a worksheet.
    Serial,
    /// A date by its type, in a file that has types.
    Typed,
}

impl Notation {
    /// Every notation, in the order of the enum.
    pub const ALL: [Self; 18] = [
        Self::Iso,
        Self::YearSlashes,
        Self::YearDots,
        Self::Slashes,
        Self::Dots,
        Self::Dashes,
        Self::ShortSlashes,
        Self::ShortDots,
        Self::ShortDashes,
        Self::MonthNames,
        Self::Characters,
        Self::Compact,
        Self::Seconds,
        Self::Milliseconds,
        Self::Microseconds,
        Self::Nanoseconds,
        Self::Serial,
        Self::Typed,
    ];

    /// What people call it, if day and month are in this order.
    pub fn name(self, order: Order) -> &'static str {
        macro_rules! first {
            ($rest:literal) => {
                match order {
                    Order::Day => concat!("day first, with ", $rest),
                    Order::Month => concat!("month first, with ", $rest),
                    Order::Year => concat!("year first, with ", $rest),
                }
            };
        }
        match self {
            Self::Iso => "ISO 8601",
            Self::YearSlashes => "year first, with slashes",
            Self::YearDots => "year first, with dots",
            Self::Slashes => first!("slashes"),
            Self::Dots => first!("dots"),
            Self::Dashes => first!("dashes"),
            Self::ShortSlashes => first!("slashes and two-digit years"),
            Self::ShortDots => first!("dots and two-digit years"),
            Self::ShortDashes => first!("dashes and two-digit years"),
            Self::MonthNames => "month names",
            Self::Characters => "year, month and day in characters",
            Self::Compact => "compact digits",
            Self::Seconds => "seconds since 1970",
            Self::Milliseconds => "milliseconds since 1970",
            Self::Microseconds => "microseconds since 1970",
            Self::Nanoseconds => "nanoseconds since 1970",
            Self::Serial => "Excel serial numbers",
            Self::Typed => "values stored as dates",
        }
    }

    /// Whether few services read it.
    pub fn is_uncommon(self) -> bool {
        use Notation::*;
        match self {
            Iso | YearSlashes | YearDots | Slashes | Dots | Dashes | Typed => false,
            ShortSlashes | ShortDots | ShortDashes | MonthNames | Characters | Compact | Seconds
            | Milliseconds | Microseconds | Nanoseconds | Serial => true,
        }
    }

    /// Whether day and month may stand in either order.
    pub fn has_order(self) -> bool {
        use Notation::*;
        matches!(self, Slashes | Dots | Dashes | ShortSlashes | ShortDots | ShortDashes)
    }

    /// Whether it has dots between its numbers, which are always between a day and a month.
    pub fn has_dots(self) -> bool {
        matches!(self, Self::Dots | Self::ShortDots)
    }
}

/// Which part of a date of three numbers stands first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Order {
    #[default]
    Day,
    Month,
    /// Only with years of two digits is there a doubt.
    Year,
}

impl Order {
    pub const ALL: [Self; 3] = [Self::Day, Self::Month, Self::Year];

    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// What a date is in each order: nothing in an order that it cannot have, the same in all if its order is clear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ByOrder<T> {
    pub day: Option<T>,
    pub month: Option<T>,
    pub year: Option<T>,
}

impl<T: Copy + PartialEq> ByOrder<T> {
    pub fn same(value: T) -> Self {
        Self { day: Some(value), month: Some(value), year: Some(value) }
    }

    pub fn get(&self, order: Order) -> Option<T> {
        match order {
            Order::Day => self.day,
            Order::Month => self.month,
            Order::Year => self.year,
        }
    }

    /// Whether it is a date in any order.
    pub fn has_any(&self) -> bool {
        self.day.is_some() || self.month.is_some() || self.year.is_some()
    }

    pub fn map<U: Copy>(&self, of: impl Fn(T) -> U) -> ByOrder<U> {
        let day = self.day.map(&of);
        // Mostly they are the same.
        let again = |value: Option<T>| if value == self.day { day } else { value.map(&of) };
        ByOrder { day, month: again(self.month), year: again(self.year) }
    }
}
