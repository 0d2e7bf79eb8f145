//! Classifiers: which attributes of the events say what happened.

/// The keys of the classifiers of events, in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Classifiers(Vec<String>);

/// How many classifiers are looked at, and how long they are at most: real ones are few and short.
const MOST: usize = 100;
const LONGEST: usize = 1_000;
/// Keys with these prefixes have a meaning in the standard, which is another one.
const OTHER_MEANINGS: [&str; 5] = ["lifecycle:", "time:", "org:", "cost:", "identity:"];

impl Classifiers {
    pub fn add(&mut self, scope: Option<&str>, keys: &str) {
        let is_of_events = scope.is_none_or(|scope| scope == "event");
        if is_of_events && self.0.len() < MOST && keys.len() <= LONGEST {
            self.0.push(keys.to_owned());
        }
    }

    /// The first key that events have.
    pub fn activity(&self, is_key: impl Fn(&str) -> bool) -> Option<String> {
        let fits = |key: &String| is_key(key) && !OTHER_MEANINGS.iter().any(|prefix| key.starts_with(prefix));
        self.0.iter().flat_map(|keys| split(keys, &is_key)).find(fits)
    }
}

/// The keys, which blanks separate. One with a blank in it should be in quotes, and is found without them too.
fn split(keys: &str, is_key: &impl Fn(&str) -> bool) -> Vec<String> {
    let words = words(keys);
    let mut found = Vec::new();
    let mut from = 0;
    while from < words.len() {
        let joined = |to: usize| words.get(from..to).unwrap_or_default().join(" ");
        let longest = (from + 1..=words.len()).rev().find(|to| is_key(&joined(*to))).unwrap_or(from + 1);
        found.push(joined(longest));
        from = longest;
    }
    found
}

/// Words and what is in quotes.
fn words(keys: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = keys.trim();
    while let Some(first) = rest.chars().next() {
        let quoted = rest.strip_prefix(['"', '\'']).and_then(|rest| rest.split_once(first));
        let (word, behind) = quoted.or_else(|| rest.split_once(char::is_whitespace)).unwrap_or((rest, ""));
        words.push(word);
        rest = behind.trim_start();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn activity(classifiers: &[&str], columns: &[&str]) -> Option<String> {
        let mut all = Classifiers::default();
        classifiers.iter().for_each(|keys| all.add(None, keys));
        all.activity(|key| columns.contains(&key))
    }

    #[test]
    fn the_first_key_that_events_have() {
        let is = |classifiers: &[&str], columns: &[&str], key: &str| {
            assert_eq!(activity(classifiers, columns).as_deref(), Some(key), "{classifiers:?}");
        };
        is(&["Activity"], &["Activity"], "Activity");
        is(&["concept:name", "task step"], &["step"], "step");
        is(&["Activity lifecycle:transition"], &["lifecycle:transition", "Activity"], "Activity");
        is(&["'Activity name' lifecycle:transition"], &["Activity name"], "Activity name");
        is(&["\"Activity name\""], &["Activity", "Activity name"], "Activity name");
        is(&["lifecycle:transition Activity name here"], &["Activity name", "here"], "Activity name");
        is(&["It's done"], &["It's done"], "It's done");
        is(&[" Activity\n"], &["Activity"], "Activity");
        is(&["Tätigkeit"], &["Tätigkeit"], "Tätigkeit");
    }

    #[test]
    fn keys_that_mean_something_else_are_none() {
        assert_eq!(
            activity(&["org:resource", "lifecycle:transition"], &["org:resource", "lifecycle:transition"]),
            None
        );
        assert_eq!(activity(&["Activity", "", "'"], &["activity"]), None);
        let mut all = Classifiers::default();
        all.add(Some("trace"), "variant");
        all.add(Some("event"), "step");
        assert_eq!(all.activity(|_| true).as_deref(), Some("step"));
    }
}
