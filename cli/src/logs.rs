//! Logs on stderr: warnings of what is sent, and all else for those who ask for it. Core's logs hold no secret; those of
//! others are left out.

use tracing::Dispatch;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;

/// Where logs go: to stderr. Without being asked it is only said what is likely wrong with what is sent.
pub fn dispatch(verbose: bool) -> Dispatch {
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(false);
    if verbose {
        let ours = Targets::new().with_target("processmind", LevelFilter::DEBUG);
        return tracing_subscriber::registry().with(lines).with(ours).into();
    }
    let about_content = Targets::new().with_target("processmind::check", LevelFilter::WARN);
    let texts = lines.without_time().with_target(false).with_level(false);
    tracing_subscriber::registry().with(texts).with(about_content).into()
}
