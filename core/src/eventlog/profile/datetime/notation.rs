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
    pub fn name(self, order: Order) -> String {
        let (marks, is_short) = match self {
            Self::Iso => return "ISO 8601".to_owned(),
            Self::YearSlashes => return "year first, with slashes".to_owned(),
            Self::YearDots => return "year first, with dots".to_owned(),
            Self::MonthNames => return "month names".to_owned(),
            Self::Characters => return "year, month and day in characters".to_owned(),
            Self::Compact => return "compact digits".to_owned(),
            Self::Seconds => return "seconds since 1970".to_owned(),
            Self::Milliseconds => return "milliseconds since 1970".to_owned(),
            Self::Microseconds => return "microseconds since 1970".to_owned(),
            Self::Nanoseconds => return "nanoseconds since 1970".to_owned(),
            Self::Serial => return "Excel serial numbers".to_owned(),
            Self::Typed => return "date cells".to_owned(),
            Self::Slashes => ("slashes", false),
            Self::Dots => ("dots", false),
            Self::Dashes => ("dashes", false),
            Self::ShortSlashes => ("slashes", true),
            Self::ShortDots => ("dots", true),
            Self::ShortDashes => ("dashes", true),
        };
        let years = if is_short { " and two-digit years" } else { "" };
        format!("{} first, with {marks}{years}", order.name())
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
