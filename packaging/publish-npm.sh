#!/usr/bin/env bash
# Publishes the npm packages in a folder: `publish-npm.sh dist [what else npm publish takes]`. Those of the platforms come
# first, because the main ones need them. What is there already is left out, so that it can be run again.
set -euo pipefail

# By whole paths: `dist/a.tgz` alone is a repository of GitHub's to npm.
packages=$(find "$(cd "$1" && pwd)" -name '*.tgz' | sort)
shift
platform='-(darwin|linux|win32)-'
for package in $(grep -E -- "$platform" <<<"$packages") $(grep -Ev -- "$platform" <<<"$packages"); do
	id=$(tar -xOf "$package" package/package.json | jq -r '.name + "@" + .version')
	if npm view "$id" version >/dev/null 2>&1; then
		echo "$id is there already"
	else
		npm publish "$package" --access public "$@"
	fi
done
