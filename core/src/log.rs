//! What the core logs, as lines for languages that have no `tracing`.
//!
//! The core says what it does by `tracing`, target `processmind`. A binding listens to one call at a time with
//! [`listen`]; the process's own subscriber, which belongs to the user, is not touched.

use std::fmt::{self, Debug, Write as _};
use std::future::Future;
use std::sync::LazyLock;

use tracing::field::{Field, Visit};
use tracing::instrument::WithSubscriber as _;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Dispatch, Event, Metadata, Subscriber};

pub use tracing::Level;

const TARGET: &str = "processmind";

/// Whether a target is ours, or below it: `processmind::check` is about what is sent.
fn is_ours(metadata: &Metadata<'_>) -> bool {
    let below = metadata.target().strip_prefix(TARGET);
    metadata.is_event() && below.is_some_and(|below| below.is_empty() || below.starts_with("::"))
}

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// `DEBUG` for a request and its answer, `WARN` for another attempt.
    pub level: Level,
    /// What happened, in one line: `trying again attempt=1 wait_ms=312 reason="…"`.
    pub text: String,
}

type Listener = Box<dyn Fn(Line) + Send + Sync>;

tokio::task_local! {
    /// Who listens to the future that is running.
    static LISTENING: (Level, Listener);
}

/// One for all calls: `tracing` looks at every place that logs, also those of other crates, when there is a new one.
static DISPATCH: LazyLock<Dispatch> = LazyLock::new(|| Dispatch::new(Forward));

/// Runs a future, and hands each line that it logs to the listener, down to a level.
///
/// The listener is called while the future is polled, so it has to be quick.
pub fn listen<F: Future>(
    future: F,
    level: Level,
    listener: impl Fn(Line) + Send + Sync + 'static,
) -> impl Future<Output = F::Output> {
    LISTENING.scope((level, Box::new(listener)), future).with_subscriber(DISPATCH.clone())
}

/// The subscriber that turns our own events into lines, and knows nothing of any other.
struct Forward;

impl Subscriber for Forward {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        if is_ours(metadata) { Interest::sometimes() } else { Interest::never() }
    }

    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let wanted = || LISTENING.try_with(|(level, _)| metadata.level() <= level);
        is_ours(metadata) && wanted().unwrap_or(false)
    }

    fn event(&self, event: &Event<'_>) {
        let mut text = Text::default();
        event.record(&mut text);
        let line = Line { level: *event.metadata().level(), text: text.message + &text.fields };
        // Nobody listens outside of `listen`.
        let _ = LISTENING.try_with(|(_, listener)| listener(line));
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// An event as text.
#[derive(Default)]
struct Text {
    message: String,
    fields: String,
}

impl Visit for Text {
    fn record_str(&mut self, field: &Field, value: &str) {
        // As it is where it is one word; else quoted, its line breaks escaped.
        let word = !value.is_empty() && value.chars().all(|char| char.is_ascii_graphic() && char != '"');
        if word {
            self.record_debug(field, &format_args!("{value}"))
        } else {
            self.record_debug(field, &value)
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        // Writing to a text can't fail.
        let _ = match field.name() {
            "message" => write!(self.message, "{value:?}"),
            name => write!(self.fields, " {name}={value:?}"),
        };
    }
}

impl Debug for Forward {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Forward")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    async fn logged(level: Level, future: impl Future<Output = ()>) -> Vec<(Level, String)> {
        let lines = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&lines);
        listen(future, level, move |line| kept.lock().unwrap().push((line.level, line.text))).await;
        let lines = lines.lock().unwrap();
        lines.clone()
    }

    async fn speak() {
        tracing::debug!(target: "processmind", method = "GET", attempt = 1, id = None::<&str>, "request");
        tracing::warn!(target: "processmind", reason = "It \"broke\"\nhere.", "trying again");
        tracing::error!(target: "hyper", "none of ours");
        tracing::trace!(target: "processmind", "too fine");
        tracing::info_span!(target: "processmind", "a span").in_scope(|| ());
    }

    #[tokio::test]
    async fn our_own_events_become_lines() {
        let lines = logged(Level::DEBUG, speak()).await;
        let retry = r#"trying again reason="It \"broke\"\nhere.""#;
        assert_eq!(
            lines,
            [(Level::DEBUG, "request method=GET attempt=1".to_owned()), (Level::WARN, retry.to_owned())]
        );
    }

    #[tokio::test]
    async fn each_future_has_its_own_level_and_listener() {
        let (fine, coarse) = tokio::join!(logged(Level::DEBUG, speak()), logged(Level::WARN, speak()));
        assert_eq!((fine.len(), coarse.len()), (2, 1));
        assert_eq!(logged(Level::ERROR, speak()).await, []);
    }

    #[tokio::test]
    async fn nobody_else_is_told() {
        let inner = logged(Level::DEBUG, async {
            tokio::spawn(speak()).await.unwrap();
        });
        assert_eq!(inner.await, []);
    }
}
