//! `cargo xtask version 1.2.3`: the version, in every file that states it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use semver::Version;

/// The files that state the version. Whatever else needs it reads it from one of these.
pub const FILES: [&str; 5] =
    ["Cargo.toml", "package.json", "package-lock.json", "pyproject.toml", "emulator/npm/package.json"];

const UNRELEASED: &str = "## [Unreleased]\n";

/// Writes the version into `FILES`, and ends what the changelog says about the unreleased: all of it or nothing.
pub fn set(root: &Path, version: &Version, today: &str) -> Result<()> {
    let old = current(root)?;
    let changed = FILES.into_iter().map(|name| change(root, name, |text| stated(name, text, &old, version)));
    let log = change(root, "CHANGELOG.md", |text| released(text, version, today));
    for (path, text) in changed.chain([log]).collect::<Result<Vec<_>>>()? {
        fs::write(path, text)?;
    }
    Ok(())
}

/// The version of the workspace.
pub fn current(root: &Path) -> Result<Version> {
    let path = root.join("Cargo.toml");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let line =
        text.lines().find_map(|line| line.strip_prefix("version = ")).context("Cargo.toml has no version")?;
    Ok(line.trim_matches('"').parse()?)
}

fn change(root: &Path, name: &str, change: impl FnOnce(&str) -> Result<String>) -> Result<(PathBuf, String)> {
    let path = root.join(name);
    let changed = fs::read_to_string(&path).map_err(Into::into).and_then(|text| change(&text));
    Ok((path, changed.with_context(|| name.to_owned())?))
}

fn released(log: &str, version: &Version, today: &str) -> Result<String> {
    let (before, after) = log.split_once(UNRELEASED).context("there is no '## [Unreleased]'")?;
    ensure!(!after.trim_start().starts_with("## "), "nothing is written under '## [Unreleased]'");
    ensure!(!log.contains(&format!("## [{version}]")), "{version} is there already");
    Ok(format!("{before}{UNRELEASED}\n## [{version}] - {today}\n{after}"))
}

/// The text with the version in place of the old one, in the lines that state ours.
fn stated(name: &str, text: &str, old: &Version, version: &Version) -> Result<String> {
    let (old, new) = (old.to_string(), version.to_string());
    let (mut previous, mut is_stated) = ("", false);
    let mut changed = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match is_ours(name, previous, line) {
            true => {
                ensure!(line.contains(&old), "this line does not state {old}: {}", line.trim());
                is_stated = true;
                changed.push_str(&line.replace(&old, &new));
            }
            false => changed.push_str(line),
        }
        previous = line;
    }
    ensure!(is_stated, "no line states the version");
    Ok(changed)
}

fn is_ours(name: &str, previous: &str, line: &str) -> bool {
    match name {
        "Cargo.toml" => line.starts_with("version = ") || line.contains("path = "),
        "pyproject.toml" => line.contains("processmind-emulator=="),
        _ if line.contains(r#""processmind-emulator": "#) => previous.contains(r#""peerDependencies": {"#),
        _ => previous.contains(r#""name": "processmind"#),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]
mod tests {
    use super::*;

    fn root() -> &'static Path {
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
    }

    /// The files of the project, as git lists them.
    fn tracked() -> Vec<String> {
        let listed = std::process::Command::new("git").arg("ls-files").current_dir(root()).output().unwrap();
        assert!(listed.status.success());
        String::from_utf8(listed.stdout).unwrap().lines().map(str::to_owned).collect()
    }

    fn copy() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in FILES.into_iter().chain(["CHANGELOG.md"]) {
            let target = folder.path().join(name);
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::copy(root().join(name), target).unwrap();
        }
        let log = folder.path().join("CHANGELOG.md");
        fs::write(&log, "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A thing.\n").unwrap();
        folder
    }

    #[test]
    fn the_version_is_set_wherever_it_stands() {
        let (copy, next) = (copy(), "98.7.6-rc.1".parse().unwrap());
        let old = current(root()).unwrap();
        set(copy.path(), &next, "2026-01-31").unwrap();
        assert_eq!(current(copy.path()).unwrap(), next);
        set(copy.path(), &old, "2026-02-01").unwrap_err(); // Nothing new to release.
        for name in tracked().iter().filter(|name| !["CHANGELOG.md", "Cargo.lock"].contains(&name.as_str())) {
            let path = Some(copy.path().join(name))
                .filter(|path| path.exists())
                .unwrap_or_else(|| root().join(name));
            let Ok(text) = fs::read_to_string(path) else { continue }; // A picture, or a file that was deleted.
            let mut previous = "";
            for line in text.lines() {
                let about_us = line.contains("processmind") || previous.contains(r#""name": "processmind"#);
                assert!(!about_us || !line.contains(&old.to_string()), "{name} still states {old}: {line}");
                previous = line;
            }
        }
    }

    #[test]
    fn the_version_that_stands_there_can_be_the_first_to_be_released() {
        let (copy, first) = (copy(), current(root()).unwrap());
        set(copy.path(), &first, "2026-01-31").unwrap();
        assert_eq!(current(copy.path()).unwrap(), first);
        assert!(
            fs::read_to_string(copy.path().join("CHANGELOG.md")).unwrap().contains(&format!("## [{first}]"))
        );
    }

    #[test]
    fn the_unreleased_becomes_the_release() {
        let copy = copy();
        set(copy.path(), &"98.7.6".parse().unwrap(), "2026-01-31").unwrap();
        assert_eq!(
            fs::read_to_string(copy.path().join("CHANGELOG.md")).unwrap(),
            "# Changelog\n\n## [Unreleased]\n\n## [98.7.6] - 2026-01-31\n\n### Added\n\n- A thing.\n",
        );
    }
}
