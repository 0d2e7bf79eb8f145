//! Asking before something is deleted.

use std::io::{self, BufRead, IsTerminal, Write};

/// Whether it may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Yes,
    No,
    /// Nobody is there to ask.
    Nobody,
}

/// Asks on the terminal whether to go on with what the command says that it does.
pub fn go_on(what: &str) -> io::Result<Answer> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Ok(Answer::Nobody);
    }
    let mut stderr = io::stderr().lock();
    // The help's sentences have lost their full stop.
    write!(stderr, "{}. Go on? [y/N] ", what.trim_end_matches('.'))?;
    stderr.flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    let is_yes = matches!(answer.trim().to_lowercase().as_str(), "y" | "yes");
    Ok(if is_yes { Answer::Yes } else { Answer::No })
}
