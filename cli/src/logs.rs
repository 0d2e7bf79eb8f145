//! Logs on stderr, for those who ask for them. Core's logs hold no secret; those of others are left out.

use tracing::Dispatch;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;

/// Where logs go: nowhere, or to stderr for `-v`, with every detail for `-vv`.
pub fn dispatch(verbose: u8) -> Dispatch {
    let level = match verbose {
        0 => return Dispatch::none(),
        1 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    };
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(false);
    let ours = Targets::new().with_target("processmind", level);
    tracing_subscriber::registry().with(lines).with(ours).into()
}
