// Loads the one native part that this process has.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type * as Native from './native.js';

const SYSTEM = `${process.platform}-${process.arch}`;
const KINDS: Partial<Record<NodeJS.Platform, readonly string[]>> = { linux: ['-gnu', '-musl'], win32: ['-msvc'] };

function load(): typeof Native {
  const names = (KINDS[process.platform] ?? ['']).map((kind) => `processmind.${SYSTEM}${kind}.node`);
  const path = names.map((name) => join(__dirname, name)).find((candidate) => existsSync(candidate));
  if (path === undefined) {
    throw new Error(
      `processmind has no native part for this system: ${names.join(' or ')} is not in ${__dirname}.\n` +
        `Install the package on the system it is to run on (this is ${SYSTEM}), or build it with \`npm run build\`.`,
    );
  }
  try {
    return require(path);
  } catch (cause) {
    throw new Error(
      `processmind's native part can't be loaded: ${cause instanceof Error ? cause.message : cause}\n` +
        'It was built for another system: install the package on the system it is to run on.',
      { cause },
    );
  }
}

/** The native part. */
export const native: typeof Native = load();
