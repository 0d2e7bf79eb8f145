//! What a heading says about the role of its column.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use foldhash::fast::RandomState;
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

use super::Role;
use super::words::{FILLERS, Group, ID_ENDINGS, IDS, Vocabulary};

/// A heading with at least this score for a role is known to stand for it.
pub(super) const KNOWN: f64 = 4.0;
/// A heading is only taken for what it says where nothing is against it, except from this score on.
const SURE: f64 = 6.0;
/// What `case:` in front of a heading takes off every other role: XES has it on attributes of the whole case.
const CASE_ATTRIBUTE: f64 = -4.0;

/// From this score for one role on, a heading speaks against the others.
const OTHER: f64 = 5.0;
const OF_OTHER: f64 = -3.0;

/// A heading, taken apart.
#[derive(Debug)]
pub(super) struct Heading {
    pub words: Vec<String>,
    scores: [f64; Role::ALL.len()],
}

impl Heading {
    pub fn new(name: &str) -> Self {
        let words = words(name);
        let plain = plain(&words);
        let is_of_case = matches!(words.first().map(String::as_str), Some("case")) && is_prefixed(name);
        let scores = Role::ALL.map(|role| {
            let score = Lexicon::of(role).score(&words, &plain);
            match role {
                Role::Case if has_id(&words, &plain) => score + 1.0,
                Role::Case => score,
                _ if is_of_case => score + CASE_ATTRIBUTE,
                _ => score,
            }
        });
        Self { words, scores: without_others(scores) }
    }

    pub fn score(&self, role: Role) -> f64 {
        self.scores.get(role as usize).copied().unwrap_or_default()
    }
}

/// A heading that is a sure one for one role is none for the others.
fn without_others(scores: [f64; Role::ALL.len()]) -> [f64; Role::ALL.len()] {
    let best = scores.iter().copied().fold(0.0, f64::max);
    scores.map(|score| if best >= OTHER && score < best / 2.0 { score + OF_OTHER } else { score })
}

/// Whether a heading is one that event logs have.
pub(crate) fn is_known_heading(name: &str) -> bool {
    let heading = Heading::new(name);
    let is_exact = |lexicon: &Lexicon| lexicon.exact.contains_key(plain(&heading.words).as_str());
    heading.words.len() <= 4
        && (heading.scores.iter().any(|score| *score >= 2.5) || LEXICONS.iter().any(is_exact))
}

/// The words of a heading: split at separators, at capitals inside a word and between letters and digits.
pub(super) fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = ComposingNormalizerBorrowed::new_nfkc().normalize(name).chars().collect();
    let mut words = vec![String::new()];
    let mut before = None;
    for (at, letter) in letters.iter().enumerate() {
        let next_is_small = letters.get(at + 1).is_some_and(|next| next.is_lowercase());
        if before.is_some_and(|before| is_boundary(before, *letter, next_is_small)) {
            words.push(String::new());
        }
        if letter.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.push(*letter);
        }
        before = Some(*letter);
    }
    words.retain(|word| !word.is_empty());
    words.iter().map(|word| fold(word)).collect()
}

fn is_boundary(before: char, letter: char, next_is_small: bool) -> bool {
    !letter.is_alphanumeric()
        || before.is_numeric() != letter.is_numeric()
        || (before.is_lowercase() && letter.is_uppercase())
        || (before.is_uppercase() && letter.is_uppercase() && next_is_small)
}

/// A word without what people write in different ways: capitals and accents.
pub(super) fn fold(word: &str) -> String {
    let lower = word.to_lowercase();
    let bare: String = DecomposingNormalizerBorrowed::new_nfkd()
        .normalize(&lower)
        .chars()
        .filter(|letter| !matches!(letter, '\u{300}'..='\u{36f}'))
        .map(|letter| match letter {
            'ı' => 'i',
            'ł' => 'l',
            'ø' => 'o',
            letter => letter,
        })
        .collect();
    ComposingNormalizerBorrowed::new_nfc().normalize(&bare).into_owned()
}

/// The heading in one word, without running numbers.
fn plain(words: &[String]) -> String {
    let is_number = |word: &&String| word.chars().all(char::is_numeric);
    words.iter().filter(|word| !is_number(word)).map(String::as_str).collect()
}

fn has_id(words: &[String], plain: &str) -> bool {
    words.iter().any(|word| COMMON.ids.contains(word))
        || COMMON
            .id_endings
            .iter()
            .any(|ending| plain.len() > ending.len() && plain.ends_with(ending.as_str()))
}

fn is_prefixed(name: &str) -> bool {
    name.trim_start().chars().nth(4).is_some_and(|letter| letter == ':' || letter.is_whitespace())
}

/// Words that are the same for every role, folded.
struct Common {
    ids: HashSet<String, RandomState>,
    id_endings: Vec<String>,
    fillers: HashSet<String, RandomState>,
}

static COMMON: LazyLock<Common> = LazyLock::new(|| Common {
    ids: folded(IDS).collect(),
    id_endings: folded(ID_ENDINGS).collect(),
    fillers: folded(FILLERS).collect(),
});

/// The words of a list, folded.
pub(super) fn folded(words: &'static str) -> impl Iterator<Item = String> {
    words.split_whitespace().map(fold)
}

/// The words of one role, folded.
struct Lexicon {
    exact: Weights,
    stems: Weights,
    against: Weights,
}

type Weights = HashMap<String, f64, RandomState>;

static LEXICONS: LazyLock<[Lexicon; Role::ALL.len()]> = LazyLock::new(|| {
    Role::ALL.map(|role| {
        let Vocabulary { exact, stems, against } = Vocabulary::of(role);
        Lexicon { exact: weights(exact), stems: weights(stems), against: weights(against) }
    })
});

fn weights(groups: &[Group]) -> Weights {
    let mut weights = Weights::default();
    for (weight, words) in groups {
        for word in words.split_whitespace() {
            weights.insert(fold(word), *weight);
            weights.insert(fold(&without_umlauts(word)), *weight);
        }
    }
    weights
}

fn without_umlauts(word: &str) -> String {
    word.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue")
}

impl Lexicon {
    fn of(role: Role) -> &'static Self {
        let [case, activity, timestamp, resource] = &*LEXICONS;
        match role {
            Role::Case => case,
            Role::Activity => activity,
            Role::Timestamp => timestamp,
            Role::Resource => resource,
        }
    }

    fn score(&self, words: &[String], plain: &str) -> f64 {
        let exact = self.exact.get(plain).copied().unwrap_or_default();
        let compounds = words.iter().filter_map(|word| self.without_id(word));
        let stems = self.stems.iter().map(|(stem, weight)| weight * fit(stem, words, plain));
        let best = compounds.chain(stems).fold(exact, f64::max);
        if best >= SURE {
            return best;
        }
        best + words.iter().filter_map(|word| self.against.get(word)).copied().fold(0.0, f64::min)
    }

    /// `zaaknummer`, `sagsnr`, `订单号`: the word before the number.
    fn without_id(&self, word: &str) -> Option<f64> {
        let endings = COMMON.id_endings.iter().map(String::as_str);
        let cut = endings.chain(["no"]).find_map(|ending| word.strip_suffix(ending))?;
        Some(self.stems.get(cut)? * 0.9)
    }
}

/// How much of its weight a stem has in a heading.
fn fit(stem: &str, words: &[String], plain: &str) -> f64 {
    let is = |word: Option<&String>| word.is_some_and(|word| word == stem);
    let last = words.last();
    if words.iter().any(|word| word == stem) {
        let is_last =
            is(last) || last.is_some_and(|last| COMMON.ids.contains(last) || COMMON.fillers.contains(last));
        return if is_last || is(words.first()) { 1.0 } else { 0.7 };
    }
    let is_ideographic = stem.chars().next().is_some_and(|letter| letter > '\u{2e7f}');
    match stem.chars().count() {
        length if length >= 5 || is_ideographic => {
            if plain.ends_with(stem) {
                0.9
            } else if plain.contains(stem) {
                0.5
            } else {
                0.0
            }
        }
        4 if plain.ends_with(stem) => 0.6,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best_role(name: &str) -> Option<Role> {
        let heading = Heading::new(name);
        let best =
            Role::ALL.into_iter().max_by(|one, other| heading.score(*one).total_cmp(&heading.score(*other)));
        best.filter(|role| heading.score(*role) >= 2.0)
    }

    #[test]
    fn headings_in_many_languages_are_known() {
        for [case, activity, timestamp, resource] in [
            ["Case ID", "Activity", "Complete Timestamp", "Resource"],
            ["case:concept:name", "concept:name", "time:timestamp", "org:resource"],
            ["_CASE_KEY", "ACTIVITY_EN", "EVENTTIME", "USER_NAME"],
            ["orderNumber", "stepName", "loggedAt", "performedBy"],
            ["Vorgangsnummer", "Tätigkeit", "Zeitstempel", "Bearbeiter"],
            ["Auftrags-Nr.", "Arbeitsgang", "Buchungsdatum", "Mitarbeiter"],
            ["Zaaknummer", "Activiteit", "Tijdstip", "Medewerker"],
            ["N° de dossier", "Activité", "Horodatage", "Utilisateur"],
            ["Número de caso", "Actividad", "Fecha y hora", "Usuario"],
            ["ID do processo", "Atividade", "Data e hora", "Responsável"],
            ["Numero pratica", "Attività", "Data e ora", "Utente"],
            ["Numer sprawy", "Czynność", "Znacznik czasu", "Użytkownik"],
            ["Číslo případu", "Aktivita", "Datum a čas", "Uživatel"],
            ["Ärendenummer", "Aktivitet", "Tidpunkt", "Handläggare"],
            ["Sagsnr", "Trin", "Tidspunkt", "Sagsbehandler"],
            ["Tapaus", "Vaihe", "Aikaleima", "Käyttäjä"],
            ["Ügy száma", "Tevékenység", "Időbélyeg", "Felhasználó"],
            ["Dosya No", "İşlem", "Tarih", "Kullanıcı"],
            ["Номер заявки", "Операция", "Дата и время", "Исполнитель"],
            ["案例编号", "活动", "时间", "操作员"],
            ["案件番号", "作業", "日時", "担当者"],
            ["사례 번호", "활동", "시간", "담당자"],
            ["رقم الحالة", "نشاط", "تاريخ", "مستخدم"],
        ] {
            let found = [case, activity, timestamp, resource].map(best_role);
            assert_eq!(found, Role::ALL.map(Some), "{case}, {activity}, {timestamp}, {resource}");
        }
    }

    #[test]
    fn accents_capitals_and_umlauts_make_no_difference() {
        let score = |name: &str| Heading::new(name).score(Role::Activity);
        for name in ["Aktivita\u{308}t", "AKTIVITÄT", "Aktivitaet", "aktivitat", "Ａｋｔｉｖｉｔäｔ"]
        {
            assert_eq!(score(name), score("Aktivität"), "{name}");
        }
    }

    #[test]
    fn headings_are_split_into_words() {
        let words_of = |name: &str| words(name).join(" ");
        assert_eq!(words_of("caseID"), "case id");
        assert_eq!(words_of("HTTPStatus_code-2"), "http status code 2");
        assert_eq!(words_of(" Début réel (h) "), "debut reel h");
        assert_eq!(words_of("案例编号"), "案例编号");
        assert_eq!(words_of(""), "");
    }

    #[test]
    fn attributes_of_the_case_and_planned_dates_are_not_the_timestamp() {
        let score = |name: &str| Heading::new(name).score(Role::Timestamp);
        assert!(score("case:startdate") < 0.0);
        for name in ["Due Date", "Geplantes Datum", "Fälligkeit", "Date d'échéance", "Fecha de vencimiento"]
        {
            assert!(score(name) < score("Date") - 1.0, "{name}");
        }
    }

    #[test]
    fn values_are_not_known_headings() {
        for name in ["Case", "Activity", "timestamp", "Order ID", "Datum", "status", "Ende", "user"] {
            assert!(is_known_heading(name), "{name}");
        }
        for name in ["4711", "2024-01-31", "Send the invoice to the customer", "Müller", ""] {
            assert!(!is_known_heading(name), "{name}");
        }
    }
}
