// Loads the one native part that this process has.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type * as Native from './native.js';

const SYSTEM = `${process.platform}-${process.arch}`;

/** Linux has two kinds of libc. npm installs what fits; where both are there, the wrong one does not load. */
const KINDS: Partial<Record<NodeJS.Platform, readonly string[]>> = { linux: ['-gnu', '-musl'], win32: ['-msvc'] };

function load(): typeof Native {
  const failures: { part: string; cause: unknown }[] = [];
  for (const kind of KINDS[process.platform] ?? ['']) {
    // What was built in the source tree goes before what is installed.
    const built = join(__dirname, `processmind.${SYSTEM}${kind}.node`);
    const isBuilt = existsSync(built);
    const part = isBuilt ? built : `processmind-${SYSTEM}${kind}`;
    try {
      return require(isBuilt ? built : installed(part));
    } catch (cause) {
      failures.push({ part, cause });
    }
  }
  const damaged = failures.find(({ cause }) => !isMissing(cause));
  if (damaged !== undefined) throw new Error(unloadable(damaged.part, damaged.cause), { cause: damaged.cause });
  const wanted = failures.find(({ part }) => part.endsWith(libc())) ?? failures[0];
  throw new Error(missing(wanted?.part), { cause: wanted?.cause });
}

/** Where a package is. Each is named in full, for what gathers the files of a deployment reads the names. */
function installed(name: string): string {
  switch (name) {
    case 'processmind-darwin-arm64':
      return require.resolve('processmind-darwin-arm64');
    case 'processmind-darwin-x64':
      return require.resolve('processmind-darwin-x64');
    case 'processmind-linux-arm64-gnu':
      return require.resolve('processmind-linux-arm64-gnu');
    case 'processmind-linux-arm64-musl':
      return require.resolve('processmind-linux-arm64-musl');
    case 'processmind-linux-x64-gnu':
      return require.resolve('processmind-linux-x64-gnu');
    case 'processmind-linux-x64-musl':
      return require.resolve('processmind-linux-x64-musl');
    case 'processmind-win32-arm64-msvc':
      return require.resolve('processmind-win32-arm64-msvc');
    case 'processmind-win32-x64-msvc':
      return require.resolve('processmind-win32-x64-msvc');
    default:
      return require.resolve(name);
  }
}

function isMissing(cause: unknown): boolean {
  return (cause as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND';
}

/** How the name of the package for this system ends. Asked only where loading failed, for the report is slow. */
function libc(): string {
  if (process.platform !== 'linux') return '';
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime === undefined ? '-musl' : '-gnu';
}

function missing(part?: string): string {
  return (
    `processmind's native part for this system (${SYSTEM}) is not installed: the package '${part}' is missing.\n` +
    'npm leaves it out with `--omit=optional`, and a `node_modules` that was copied from another system has another one.\n' +
    'Run `npm install --include=optional` on the system it is to run on; if it stays missing, delete `node_modules` and\n' +
    '`package-lock.json` first. The guide lists the systems that there are packages for.'
  );
}

function unloadable(part: string, cause: unknown): string {
  return (
    `processmind's native part can't be loaded (${part}, for ${SYSTEM}): ${cause instanceof Error ? cause.message : cause}\n` +
    'Where `GLIBC_…` is not found, this Linux is too old for it: glibc 2.17 or newer is needed. Else it was built for\n' +
    'another system or is damaged: run `npm install --force processmind` on the system it is to run on.'
  );
}

/** The native part. */
export const native: typeof Native = load();
