//! Logs on stderr, for those who ask for them. Core's logs hold no secret; those of others are left out.

use tracing::Dispatch;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;

/// Where logs go: to stderr where they are asked for, else nowhere.
pub fn dispatch(verbose: bool) -> Dispatch {
    if !verbose {
        return Dispatch::none();
    }
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(false);
    let ours = Targets::new().with_target("processmind", LevelFilter::DEBUG);
    tracing_subscriber::registry().with(lines).with(ours).into()
}
