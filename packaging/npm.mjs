// Lays out and packs the npm packages: `node packaging/npm.mjs NATIVE OUT`.
//
// NATIVE holds what was built: `processmind.<platform>.node`, and `<platform>/processmind-emulator[.exe]`. OUT gets
// a tarball of each package whose part is there, and of `processmind` and `processmind-emulator`, which name the
// packages of all platforms as optional dependencies. The TypeScript has to be built: `npm run build:ts`.

import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const [NATIVE, OUT] = process.argv.slice(2).map((path) => resolve(path));
const STAGE = join(ROOT, 'target/npm');

rmSync(STAGE, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const platforms = clientPlatforms();
client(platforms);
emulator();

/** A folder for each platform, as napi describes it, and with its native part where that was built. */
function clientPlatforms() {
  const folder = join(STAGE, 'platforms');
  const napi = join(ROOT, 'node_modules/@napi-rs/cli/dist/cli.js');
  run(process.execPath, [
    napi,
    'create-npm-dirs',
    '--npm-dir',
    folder,
    '--package-json-path',
    join(ROOT, 'package.json'),
  ]);
  return readdirSync(folder).map((name) => {
    const platform = { folder: join(folder, name), manifest: manifest(join(folder, name)) };
    const part = join(NATIVE, platform.manifest.main);
    if (existsSync(part)) {
      cpSync(part, join(platform.folder, platform.manifest.main));
      pack(platform.folder);
    }
    return platform;
  });
}

function client(platforms) {
  const folder = join(STAGE, 'processmind');
  const isSource = (path) => !path.endsWith('.node');
  cpSync(join(ROOT, 'bindings-node/dist'), join(folder, 'bindings-node/dist'), { recursive: true, filter: isSource });
  for (const name of ['README.md', 'LICENSE']) cpSync(join(ROOT, name), join(folder, name));
  const { scripts, devDependencies, napi, ...rest } = manifest(ROOT);
  write(folder, { ...rest, optionalDependencies: exactly(platforms.map((platform) => platform.manifest)) });
  pack(folder);
}

function emulator() {
  const source = join(ROOT, 'emulator/npm');
  const main = manifest(source);
  const { license, repository, engines, version, description } = main;
  const platforms = ['darwin', 'linux', 'win32'].flatMap((os) => ['arm64', 'x64'].map((cpu) => ({ os, cpu })));
  const manifests = platforms.map(({ os, cpu }) => {
    const name = `processmind-emulator-${os}-${cpu}`;
    const program = `processmind-emulator${os === 'win32' ? '.exe' : ''}`;
    const described = `${description} (the program for ${os}-${cpu})`;
    const files = [program];
    const all = { name, version, description: described, license, repository, engines, os: [os], cpu: [cpu], files };
    const built = join(NATIVE, `${os}-${cpu}`, program);
    if (existsSync(built)) {
      const folder = join(STAGE, name);
      cpSync(built, join(folder, program));
      chmodSync(join(folder, program), 0o755);
      write(folder, all);
      pack(folder);
    }
    return all;
  });
  const folder = join(STAGE, 'processmind-emulator');
  cpSync(source, folder, { recursive: true });
  for (const name of ['README.md', 'LICENSE']) cpSync(join(ROOT, 'emulator', name), join(folder, name));
  write(folder, { ...main, optionalDependencies: exactly(manifests) });
  pack(folder);
}

/** Packages as dependencies in the very version that they have. */
function exactly(manifests) {
  return Object.fromEntries(manifests.map(({ name, version }) => [name, version]));
}

function manifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function write(folder, manifest) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

function pack(folder) {
  const shell = process.platform === 'win32'; // npm is a script there.
  run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', OUT], { cwd: folder, shell });
}

function run(command, args, options) {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], ...options });
}
