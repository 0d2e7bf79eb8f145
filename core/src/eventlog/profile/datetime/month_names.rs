//! Dates with the name of the month, in English, German, Dutch, French, Spanish, Italian and Portuguese.

use crate::eventlog::profile::datetime::calendar::{days, full_year};
use crate::eventlog::profile::datetime::cursor::{Cursor, is_combining};

/// Takes a date such as `13-JAN-24`, `13. Januar 2024`, `Jan 13, 2024`, `13 de enero de 2024` or `2024-Jan-13`.
pub(super) fn take_date(cursor: &mut Cursor<'_>) -> Option<i64> {
    cursor.attempt(|cursor| {
        if let Some(year) = cursor.number_of(4) {
            skip_between(cursor);
            let month = take_month(cursor)?;
            skip_between(cursor);
            return days(year, month, take_day(cursor)?);
        }
        let (day, month) = take_day_and_month(cursor)?;
        skip_between(cursor);
        let year = cursor.number()?;
        match year.digits {
            4 => days(year.value, month, day),
            // `13 Jan 08:05` has no year.
            2 if cursor.peek() != Some(b':') => days(full_year(year.value), month, day),
            _ => None,
        }
    })
}

/// Takes `13. Januar` or `January 13th`.
pub(super) fn take_day_and_month(cursor: &mut Cursor<'_>) -> Option<(i64, i64)> {
    cursor.attempt(|cursor| {
        if cursor.is_at_digit() {
            let day = take_day(cursor)?;
            skip_between(cursor);
            return Some((day, take_month(cursor)?));
        }
        let month = take_month(cursor)?;
        skip_between(cursor);
        Some((take_day(cursor)?, month))
    })
}

/// Skips a day of the week, which says nothing that the date does not.
pub(super) fn skip_weekday(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.attempt(|cursor| {
        let word = cursor.word()?;
        if !is_weekday(&folded(word)) {
            return None;
        }
        cursor.take("-feira");
        cursor.take(".");
        cursor.take(",");
        cursor.skip_blanks().then_some(())
    })
}

/// Skips words between a date and a time, as in `13. Januar 2024 um 08:05`.
pub(super) fn skip_at(cursor: &mut Cursor<'_>) {
    let skip = |cursor: &mut Cursor<'_>| {
        let word = folded(cursor.word()?);
        let is_at = matches!(&*word, "um" | "at" | "a" | "as" | "om" | "alle" | "ore" | "las" | "les" | "kl");
        (is_at && cursor.skip_blanks()).then_some(())
    };
    while cursor.attempt(skip).is_some() {}
}

/// A day of the month, also `13th` and `1er`.
fn take_day(cursor: &mut Cursor<'_>) -> Option<i64> {
    let day = cursor.number().filter(|number| number.digits <= 2)?;
    cursor.take("º");
    cursor.attempt(|cursor| {
        let suffix = folded(cursor.word()?);
        matches!(&*suffix, "st" | "nd" | "rd" | "th" | "er" | "e").then_some(())
    });
    Some(day.value)
}

fn take_month(cursor: &mut Cursor<'_>) -> Option<i64> {
    month(&folded(cursor.word()?))
}

/// Skips what stands between day, month and year, also `de` and `of`.
fn skip_between(cursor: &mut Cursor<'_>) {
    let skip_marks =
        |cursor: &mut Cursor<'_>| while cursor.skip_blanks() || cursor.take_one_of(b"-/.,'").is_some() {};
    let skip_word = |cursor: &mut Cursor<'_>| {
        let word = folded(cursor.word()?);
        (matches!(&*word, "de" | "del" | "of") && cursor.skip_blanks()).then_some(())
    };
    skip_marks(cursor);
    if cursor.attempt(skip_word).is_some() {
        skip_marks(cursor);
    }
}

/// In lower case and without accents.
fn folded(word: &str) -> String {
    let base = |c: char| match c {
        'ä' | 'á' | 'à' | 'ã' | 'â' => 'a',
        'é' | 'è' | 'ê' => 'e',
        'í' | 'ì' => 'i',
        'ó' => 'o',
        'ú' | 'ù' | 'û' => 'u',
        'ç' => 'c',
        other => other,
    };
    word.chars().flat_map(char::to_lowercase).filter(|c| !is_combining(*c)).map(base).collect()
}

#[rustfmt::skip]
fn month(name: &str) -> Option<i64> {
    Some(match name {
        "january" | "jan" | "januar" | "janner" | "januari" | "janvier" | "janv" | "enero" | "ene" | "gennaio" | "gen" | "janeiro" => 1,
        "february" | "feb" | "februar" | "februari" | "fevrier" | "fevr" | "fev" | "febrero" | "febbraio" | "febb" | "fevereiro" => 2,
        "march" | "mar" | "marz" | "maerz" | "mrz" | "maart" | "mrt" | "mars" | "marzo" | "marco" => 3,
        "april" | "apr" | "avril" | "avr" | "abril" | "abr" | "aprile" => 4,
        "may" | "mai" | "mei" | "mayo" | "maggio" | "mag" | "magg" | "maio" => 5,
        "june" | "jun" | "juni" | "juin" | "junio" | "giugno" | "giu" | "junho" => 6,
        "july" | "jul" | "juli" | "juillet" | "juil" | "julio" | "luglio" | "lug" | "julho" => 7,
        "august" | "aug" | "augustus" | "aout" | "aou" | "agosto" | "ago" => 8,
        "september" | "sep" | "sept" | "septembre" | "septiembre" | "setiembre" | "set" | "settembre" | "sett" | "setembro" => 9,
        "october" | "oct" | "oktober" | "okt" | "octobre" | "octubre" | "ottobre" | "ott" | "outubro" | "out" => 10,
        "november" | "nov" | "novembre" | "noviembre" | "novembro" => 11,
        "december" | "dec" | "dezember" | "dez" | "decembre" | "diciembre" | "dic" | "dicembre" | "dezembro" => 12,
        _ => return None,
    })
}

#[rustfmt::skip]
fn is_weekday(name: &str) -> bool {
    matches!(
        name,
        // English
        "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday"
        | "mon" | "tue" | "tues" | "wed" | "thu" | "thur" | "thurs" | "fri" | "sat" | "sun"
        // German
        | "montag" | "dienstag" | "mittwoch" | "donnerstag" | "freitag" | "samstag" | "sonnabend" | "sonntag"
        | "mo" | "di" | "mi" | "do" | "fr" | "sa" | "so" | "die" | "mit" | "don" | "fre" | "sam" | "son"
        // Dutch
        | "maandag" | "dinsdag" | "woensdag" | "donderdag" | "vrijdag" | "zaterdag" | "zondag"
        | "ma" | "wo" | "vr" | "za" | "zo"
        // French
        | "lundi" | "mardi" | "mercredi" | "jeudi" | "vendredi" | "samedi" | "dimanche"
        | "lun" | "mar" | "mer" | "jeu" | "ven" | "dim"
        // Spanish
        | "lunes" | "martes" | "miercoles" | "jueves" | "viernes" | "sabado" | "domingo"
        | "mie" | "jue" | "vie" | "sab" | "dom"
        // Italian
        | "lunedi" | "martedi" | "mercoledi" | "giovedi" | "venerdi" | "sabato" | "domenica" | "gio"
        // Portuguese
        | "segunda" | "terca" | "quarta" | "quinta" | "sexta"
        | "seg" | "ter" | "qua" | "qui" | "sex"
    )
}

#[cfg(test)]
mod tests {
    use crate::eventlog::profile::datetime::{any, iso};

    const MONTHS: [&str; 12] = [
        "January Jan JAN january Januar Jänner Januari janvier janv janv. enero ene ene. gennaio gen janeiro",
        "February Feb FEB Februar Februari février FÉVRIER févr. fevrier fév febrero feb. febbraio fevereiro fev",
        "March Mar MAR März MÄRZ Ma\u{308}rz Maerz Mrz Mär Maart mrt mars marzo mar. março",
        "April Apr APR Apr. avril avr. abril abr aprile",
        "May MAY Mai mei mayo maggio mag maio",
        "June Jun JUN Juni juin junio giugno giu junho",
        "July Jul JUL Juli juillet juil. julio luglio lug julho",
        "August Aug AUG Augustus août aout AOÛT agosto ago ago.",
        "September Sep Sept SEP Sept. septembre septiembre setiembre set settembre setembro",
        "October Oct OCT Oktober Okt octobre octubre ottobre ott outubro out",
        "November Nov NOV novembre noviembre novembro",
        "December Dec DEC Dezember Dez décembre déc. diciembre dic dicembre dezembro",
    ];

    #[test]
    fn month_names_of_each_language_are_known() {
        for (names, month) in MONTHS.iter().zip(1..) {
            let meant = iso(format!("2024-{month:02}-13").as_bytes());
            for name in names.split(' ') {
                for value in [
                    format!("13 {name} 2024"),
                    format!("13. {name} 2024"),
                    format!("13-{name}-24"),
                    format!("13-{name}-2024"),
                    format!("{name} 13, 2024"),
                    format!("{name} 13th 2024"),
                    format!("13 de {name} de 2024"),
                    format!("2024-{name}-13"),
                    format!("13/{name}/2024"),
                ] {
                    assert_eq!(any(value.as_bytes(), false), meant, "{value}");
                }
            }
        }
    }

    #[test]
    fn weekdays_are_skipped() {
        let meant = iso(b"2024-01-13T08:05").unwrap().micros;
        for value in [
            "Sat, 13 Jan 2024 08:05",
            "Saturday, January 13, 2024 8:05 AM",
            "Samstag, 13. Januar 2024 um 08:05 Uhr",
            "Sa. 13.01.2024 08:05",
            "za 13 jan. 2024 08:05",
            "sam. 13 janv. 2024 à 08:05",
            "sábado, 13 de enero de 2024 a las 8:05",
            "Sat Jan 13 2024 08:05:00",
            "Sat Jan 13 08:05:00 2024",
        ] {
            assert_eq!(any(value.as_bytes(), false).map(|read| read.micros), Some(meant), "{value}");
        }
        assert_eq!(any(b"mar. 12 mars 2024", false), iso(b"2024-03-12"));
        assert_eq!(any("segunda-feira, 15 de janeiro de 2024".as_bytes(), false), iso(b"2024-01-15"));
    }

    #[test]
    fn words_that_are_no_month_make_no_date() {
        for value in [
            "13 jui 2024",
            "13 Foo 2024",
            "Jan 2024",
            "13 Jan",
            "13 Jan 08:05:30",
            "Jan 13 08:05:30",
            "32 Jan 2024",
            "29 Feb 2023",
            "13 Jan 0",
            "13 Jan 202",
            "Sat",
            "Sat 13",
            "Jan-24",
            "Maybe 13, 2024",
            "Jan 13 Jan 2024",
        ] {
            assert_eq!(any(value.as_bytes(), false), None, "{value}");
        }
    }
}
