//! A progress bar on the terminal.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use processmind::Progress;

const TEMPLATE: &str = "{msg} {bar:30} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left";

/// A bar for every file on its way. It shows nothing where stderr is no terminal, or `PROCESSMIND_PROGRESS` is 0.
#[derive(Clone, Debug)]
pub struct Bar {
    all: MultiProgress,
    files: Arc<Mutex<HashMap<String, ProgressBar>>>,
}

impl Bar {
    pub fn new() -> Self {
        let is_off = std::env::var("PROCESSMIND_PROGRESS").is_ok_and(|value| value == "0");
        // This target hides itself where it is no terminal.
        let target = if is_off { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        Self { all: MultiProgress::with_draw_target(target), files: Arc::default() }
    }

    /// What an upload tells how far it is to.
    pub fn listener(&self) -> impl Fn(Progress) + Send + Sync + 'static {
        let this = self.clone();
        move |progress| this.show(&progress)
    }

    /// Takes the bars away: what was stored is told after them.
    pub fn clear(&self) {
        for bar in self.files.lock().unwrap_or_else(PoisonError::into_inner).values() {
            bar.finish_and_clear();
        }
    }

    fn show(&self, progress: &Progress) {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let bar = files.entry(progress.file_name.clone()).or_insert_with(|| self.all.add(new_bar()));
        bar.set_length(progress.total.unsigned_abs());
        bar.set_position(progress.sent.unsigned_abs());
        bar.set_message(title(progress));
        if progress.phase == "done" {
            bar.finish_and_clear();
        }
    }
}

fn new_bar() -> ProgressBar {
    let bar = ProgressBar::no_length();
    match ProgressStyle::with_template(TEMPLATE) {
        Ok(style) => bar.with_style(style.progress_chars("━╸╌")),
        Err(_) => bar,
    }
}

fn title(progress: &Progress) -> String {
    let Progress { file_name, phase, attempt, .. } = progress;
    let doing = if phase == "sending" { String::new() } else { format!(" ({phase})") };
    let again = if *attempt > 1 { format!(", attempt {attempt}") } else { String::new() };
    format!("{file_name}{doing}{again}")
}
