// The package as users get it: packed, installed elsewhere, used from both kinds of modules and from TypeScript.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { LOG, ROOT, stage } from './support.mjs';

const scene = stage();
const folder = mkdtempSync(join(tmpdir(), 'processmind-pack-'));
const project = join(folder, 'project');
let tarball;

function run(command, args, options) {
  return execFileSync(command, args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], ...options });
}

function bin(name, ...args) {
  return run(process.execPath, [join(ROOT, 'node_modules', ...name), ...args]);
}

before(() => {
  const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder]));
  tarball = join(folder, filename);
  cpSync(join(ROOT, 'tests/node/types'), join(project, 'types'), { recursive: true });
  writeFileSync(join(project, 'package.json'), '{ "private": true }');
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: project });
});

after(() => rmSync(folder, { recursive: true }));

test('the package holds what it needs and no more', () => {
  const names = readdirSync(join(project, 'node_modules/processmind'), { recursive: true }).map(String);
  const natives = names.filter((name) => name.endsWith('.node'));
  assert.equal(natives.length, 1, natives.join());
  const known = /^(package\.json|README\.md|LICENSE|bindings-node(\/dist(\/[\w.-]+\.(js|mjs|d\.ts|d\.mts|node))?)?)$/;
  assert.deepEqual(
    names.filter((name) => !known.test(name.replaceAll('\\', '/'))),
    [],
  );
});

const JOB = `
  const client = new Client(JSON.parse(process.env.TEST_OPTIONS));
  const dataset = await client.createDataset({ displayName: 'Sales' });
  const datatable = await client.createDatatable({ datasetId: dataset.id, displayName: 'Orders' });
  await client.uploadFile({ datatableId: datatable.id, filePath: process.env.TEST_FILE });
  console.log((await client.getDatatable({ datatableId: datatable.id })).rowCount);
`;
const SCRIPTS = {
  'esm.mjs': `import { Client } from 'processmind';${JOB}`,
  'cjs.cjs': `const { Client } = require('processmind'); (async () => {${JOB}})();`,
};

for (const [name, script] of Object.entries(SCRIPTS)) {
  test(`${name} uploads`, () => {
    writeFileSync(join(project, name), script);
    const env = {
      PATH: process.env.PATH,
      TEST_OPTIONS: JSON.stringify(scene.options),
      TEST_FILE: scene.file('a.csv', LOG),
    };
    assert.equal(run(process.execPath, [name], { cwd: project, env }).trim(), '2');
  });
}

test('it installs the command', () => {
  const command = join(project, 'node_modules/.bin/processmind');
  assert.match(run(command, ['--version']), /^processmind \d+\.\d+\.\d+\n$/);
});

test('TypeScript compiles against it, strictly and without skipping its declarations', () => {
  symlinkSync(join(ROOT, 'node_modules/@types'), join(project, 'node_modules/@types'), 'junction');
  bin(['typescript', 'bin', 'tsc'], '-p', join(project, 'types'));
});

test('attw and publint find nothing', () => {
  const types = bin(['@arethetypeswrong', 'cli', 'dist', 'index.js'], tarball, '--format', 'table-flipped');
  assert.match(types, /No problems found/);
  const shape = bin(['publint', 'src', 'cli.js'], 'run', tarball, '--strict');
  assert.match(shape, /All good/);
});
