#!/usr/bin/env bash
# Publishes the crates, in the order of what needs what. What is there already is left out, so that it can be run again.
set -euo pipefail
cd "$(dirname "$0")/.."

version=$(grep -m1 '^version = ' Cargo.toml | cut -d'"' -f2)
published=$(cargo metadata --no-deps --format-version 1 | jq -r '.packages[] | select(.publish == null) | .name')
for crate in processmind processmind-emulator processmind-cli; do
	if ! grep -qx "$crate" <<<"$published"; then
		continue
	elif cargo info --registry crates-io "$crate@$version" >/dev/null 2>&1; then
		echo "$crate $version is there already"
	else
		cargo publish --locked --package "$crate" "$@"
	fi
done
