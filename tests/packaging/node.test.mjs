// The npm packages that `packaging/dist.py` built, installed from their tarballs into a clean project.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DIST = process.env.DIST ?? join(ROOT, 'dist'); // Or what was downloaded from a release.
// The tools are in the folder above the project, where Node looks for them, too.
const TOOLS = join(ROOT, 'target/bundlers');
const PROJECT = join(TOOLS, 'project');
const SYSTEM = `${process.platform}-${process.arch}`;

const JOB = `
const emulator = await startEmulator();
const client = emulator.client();
const model = await client.createProcess({ displayName: 'Order to Cash' });
await client.uploadBpmnFile({ processId: model.id, filePath: ${JSON.stringify(join(ROOT, 'examples/data/order-to-cash.bpmn'))} });
const dataset = await client.createDataset({ displayName: 'Sales' });
const datatable = await client.createDatatable({ datasetId: dataset.id, displayName: 'Orders' });
const file = Buffer.from('CaseId,Activity,StartTime\\n1,Order,2025-01-01T08:00:00Z\\n');
const upload = await client.uploadFile({ datatableId: datatable.id, file, fileName: 'orders.csv' });
await client.createProcessMapping({ processId: model.id, dataTableId: datatable.id });
const { rowCount } = await client.getDatatable({ datatableId: datatable.id });
await emulator.stop();
`;
const ESM = `import { startEmulator } from 'processmind/testing';\n${JOB}console.log(upload.verified, rowCount);`;
const CJS = `const { startEmulator } = require('processmind/testing');
(async () => {${JOB}console.log(upload.verified, rowCount);})();`;

function write(name, content) {
  writeFileSync(join(PROJECT, name), content);
}

function run(command, ...args) {
  const { PROCESSMIND_EMULATOR, NODE_TEST_CONTEXT, ...env } = process.env;
  const shell = process.platform === 'win32';
  const result = spawnSync(command, args, { cwd: PROJECT, env, encoding: 'utf8', shell });
  return { ...result, all: `${result.stdout}${result.stderr}` };
}

function node(...args) {
  const result = run(process.execPath, ...args);
  assert.equal(result.status, 0, result.all);
  return result.stdout.trim();
}

function tool(name, ...args) {
  const result = run('npx', '--no-install', name, ...args);
  assert.equal(result.status, 0, result.all);
  return result.all;
}

before(() => {
  mkdirSync(TOOLS, { recursive: true });
  cpSync(join(ROOT, 'tests/packaging/bundlers/package.json'), join(TOOLS, 'package.json'));
  const tools = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: TOOLS,
    encoding: 'utf8',
  });
  assert.equal(tools.status, 0, tools.stderr);
  rmSync(PROJECT, { recursive: true, force: true });
  mkdirSync(PROJECT);
  write('package.json', '{ "private": true }');
  const fitting = (name) => !/-(darwin|linux|win32)-/.test(name) || name.includes(SYSTEM);
  const packages = readdirSync(DIST).filter((name) => name.endsWith('.tgz') && fitting(name) && !name.includes('musl'));
  assert.equal(packages.length, 4, packages.join());
  // What is not for this system is not there, and optional.
  const installed = run(
    'npm',
    'install',
    '--offline',
    '--no-audit',
    '--no-fund',
    ...packages.map((name) => join(DIST, name)),
  );
  assert.equal(installed.status, 0, installed.all);
});

test('no package runs anything when it is installed', () => {
  const scripts = readdirSync(join(PROJECT, 'node_modules'))
    .filter((name) => name.startsWith('processmind'))
    .map((name) => node('-p', `require('./node_modules/${name}/package.json').scripts`));
  assert.deepEqual([...new Set(scripts)], ['undefined']);
});

test('ESM', () => {
  write('app.mjs', ESM);
  assert.equal(node('app.mjs'), 'crc64nvme 1');
});

test('CJS', () => {
  write('app.cjs', CJS);
  assert.equal(node('app.cjs'), 'crc64nvme 1');
});

test('worker threads', () => {
  const worker = join(PROJECT, 'app.cjs');
  write('app.cjs', CJS);
  write(
    'workers.mjs',
    `import { Worker } from 'node:worker_threads'; for (let i = 0; i < 4; i++) new Worker(${JSON.stringify(worker)});`,
  );
  assert.deepEqual(node('workers.mjs').split('\n'), Array(4).fill('crc64nvme 1'));
});

for (const [moduleResolution, module] of [
  ['node16', 'node16'],
  ['bundler', 'esnext'],
]) {
  test(`TypeScript, resolution ${moduleResolution}`, () => {
    write(
      'typed.mts',
      `import { Client, type Process } from 'processmind';
import { startEmulator, type Emulator } from 'processmind/testing';
const emulator: Emulator = await startEmulator();
const client: Client = emulator.client();
export const processes: Process[] = await client.getProcesses();
// @ts-expect-error: A mistake is found.
await client.getProcess({ processID: 'a' });
`,
    );
    const options = {
      strict: true,
      noEmit: true,
      target: 'es2022',
      lib: ['es2022', 'esnext.disposable'],
      skipLibCheck: false,
    };
    const types = { types: ['node'], typeRoots: [join(ROOT, 'node_modules/@types')] };
    write(
      'tsconfig.json',
      JSON.stringify({ compilerOptions: { ...options, ...types, module, moduleResolution }, files: ['typed.mts'] }),
    );
    tool('tsc', '-p', '.');
  });
}

for (const format of ['esm', 'cjs']) {
  test(`esbuild, ${format}`, () => {
    write('app.mjs', format === 'esm' ? ESM : CJS.replace(/const (\{ \w+ \}) = require\((.*?)\)/, 'import $1 from $2'));
    const out = `esbuild.${format === 'esm' ? 'mjs' : 'cjs'}`;
    tool(
      'esbuild',
      'app.mjs',
      '--bundle',
      '--platform=node',
      '--external:processmind',
      `--format=${format}`,
      `--outfile=${out}`,
    );
    assert.equal(node(out), 'crc64nvme 1');
  });
}

test('webpack', () => {
  write('app.cjs', CJS);
  write(
    'webpack.config.cjs',
    `module.exports = { mode: 'production', target: 'node', entry: './app.cjs', externals: [/^processmind/].map((name) => ({ request }, done) =>
      name.test(request) ? done(null, 'commonjs ' + request) : done()) };`,
  );
  tool('webpack');
  assert.equal(node('dist/main.js'), 'crc64nvme 1');
});

test('vite, for a server', () => {
  write('app.mjs', ESM);
  tool('vite', 'build', '--ssr', 'app.mjs', '--outDir', 'vite');
  const [built] = readdirSync(join(PROJECT, 'vite'));
  assert.equal(node(join('vite', built)), 'crc64nvme 1');
});

test('what gathers the files of a deployment finds the native part', async () => {
  write('app.mjs', ESM);
  const { nodeFileTrace } = createRequire(join(TOOLS, 'package.json'))('@vercel/nft');
  const { fileList } = await nodeFileTrace([join(PROJECT, 'app.mjs')], { base: PROJECT });
  assert.ok([...fileList].some((name) => name.includes(SYSTEM) && name.endsWith('.node')));
  // As on the other platforms.
  const loader = readFileSync(join(PROJECT, 'node_modules/processmind/bindings-node/dist/load.js'), 'utf8');
  for (const name of JSON.parse(
    node('-p', `JSON.stringify(Object.keys(require('processmind/package.json').optionalDependencies))`),
  )) {
    assert.ok(loader.includes(`require.resolve('${name}')`), name);
  }
});

test('vitest', () => {
  write(
    'vitest.spec.mjs',
    `import { expect, test } from 'vitest';\nimport { startEmulator } from 'processmind/testing';
test('it', async () => {${JOB}expect([upload.verified, rowCount]).toEqual(['crc64nvme', 1]); });`,
  );
  assert.match(tool('vitest', 'run', 'vitest.spec.mjs'), /1 passed/);
});

test('jest', () => {
  write(
    'jest.test.cjs',
    `const { startEmulator } = require('processmind/testing');
test('it', async () => {${JOB}expect([upload.verified, rowCount]).toEqual(['crc64nvme', 1]); });`,
  );
  assert.match(tool('jest', '--rootDir', '.', '--testMatch', '**/jest.test.cjs'), /1 passed/);
});

test('a native part that is missing is named, with what to do', () => {
  const kind = { linux: '-gnu', win32: '-msvc' }[process.platform] ?? '';
  const folder = join(PROJECT, `node_modules/processmind-${SYSTEM}${kind}`);
  renameSync(folder, join(PROJECT, 'aside'));
  const result = run(process.execPath, '-e', `require('processmind')`);
  renameSync(join(PROJECT, 'aside'), folder);
  assert.notEqual(result.status, 0);
  assert.match(result.all, new RegExp(`the package 'processmind-${SYSTEM}${kind}' is missing`));
  assert.match(result.all, /npm install --include=optional/);
  assert.match(result.all, /\[cause\]: Error: Cannot find module/);
});

test('a native part that does not load says why', () => {
  const kind = { linux: '-gnu', win32: '-msvc' }[process.platform] ?? '';
  const part = join(PROJECT, `node_modules/processmind-${SYSTEM}${kind}/processmind.${SYSTEM}${kind}.node`);
  renameSync(part, `${part}.aside`);
  writeFileSync(part, 'no library');
  const result = run(process.execPath, '-e', `require('processmind')`);
  rmSync(part);
  renameSync(`${part}.aside`, part);
  assert.match(result.all, /native part can't be loaded/);
  assert.match(result.all, /npm install --force processmind/);
  if (process.platform === 'linux') assert.match(result.all, /file too short|invalid ELF header/);
});

test('the command of the emulator starts its program', () => {
  const result = run('npx', '--no-install', 'processmind-emulator', '--version');
  assert.match(result.stdout, /^processmind-emulator \d/);
  assert.ok(existsSync(join(PROJECT, `node_modules/processmind-emulator-${SYSTEM}`)));
});
