#!/usr/bin/env bash
# Publishes the crates, which cargo puts in the order of what needs what. What is there already is left out, so that it
# can be run again.
set -euo pipefail
cd "$(dirname "$0")/.."

version=$(grep -m1 '^version = ' Cargo.toml | cut -d'"' -f2)
missing=()
for crate in $(cargo metadata --no-deps --format-version 1 | jq -r '.packages[] | select(.publish == null) | .name'); do
	if cargo info --registry crates-io "$crate@$version" >/dev/null 2>&1; then
		echo "$crate $version is there already"
	else
		missing+=(--package "$crate")
	fi
done
if [ ${#missing[@]} -gt 0 ]; then
	cargo publish --locked "${missing[@]}" "$@"
fi
