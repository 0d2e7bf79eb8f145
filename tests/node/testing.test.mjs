// `processmind/testing`, as users' own tests use it.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { Client, ConnectionFailedError, ServerError } from 'processmind';
import { Emulator, startEmulator } from 'processmind/testing';
import { BINARY, LOG } from './support.mjs';

const command = BINARY;
const folder = mkdtempSync(join(tmpdir(), 'processmind-testing-'));
let emulator;

before(async () => {
  emulator = await startEmulator({ command });
});
beforeEach(() => emulator.reset());
after(async () => {
  await emulator.stop();
  await emulator.stop();
  rmSync(folder, { recursive: true });
});

test('it takes uploads and shows what came', async () => {
  const client = emulator.client();
  const dataset = await client.createDataset({ displayName: 'Sales' });
  const datatable = await client.createDatatable({ datasetId: dataset.id, displayName: 'Orders' });
  writeFileSync(join(folder, 'a.csv'), LOG);
  await client.uploadFile({ datatableId: datatable.id, filePath: join(folder, 'a.csv') });
  const [upload] = await emulator.uploads(datatable.id);
  assert.deepEqual([upload.fileName, upload.bytes, upload.rowCount], ['a.csv', LOG.length, 2]);
  assert.deepEqual(await emulator.uploads('another'), []);
});

test('a client finds it by its environment', () => {
  const script = `new (require('processmind').Client)().getDatasets().then((all) => console.log(Array.isArray(all)))`;
  const env = { ...emulator.environment, PATH: process.env.PATH };
  assert.equal(execFileSync(process.execPath, ['-e', script], { env, encoding: 'utf8' }), 'true\n');
});

test('a fault is played until it is forgotten', async () => {
  const client = emulator.client({ maxRetries: 0 });
  await emulator.plan({ path: '/tenant', count: 2, fault: { kind: 'status', status: 503 } });
  await assert.rejects(client.getDatasets(), ServerError);
  await emulator.reset();
  await client.getDatasets();
  assert.deepEqual(
    (await emulator.requests()).map((request) => request.status),
    [200],
  );
});

test('a fault that the emulator does not know is refused', async () => {
  await assert.rejects(emulator.plan({ path: '/', fault: { kind: 'flood' } }), /400.*flood/);
});

test('it ends when it is told, and keeps its folder', async () => {
  const one = await startEmulator({ command, dataDir: folder });
  await one.client().createDataset({ displayName: 'Kept' });
  await one.stop();
  await assert.rejects(one.client({ maxRetries: 0 }).getDatasets(), ConnectionFailedError);
  const again = await startEmulator({ command, dataDir: folder });
  const names = (await again.client().getDatasets()).map((dataset) => dataset.displayName);
  await again[Symbol.asyncDispose]();
  assert.deepEqual(names, ['Kept']);
});

test('it does not keep the process alive, and ends with it', async () => {
  const script = `require('processmind/testing').startEmulator().then((one) => console.log(one.url))`;
  const env = { PROCESSMIND_EMULATOR: command, PATH: process.env.PATH };
  const child = spawn(process.execPath, ['-e', script], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [url] = await once(child.stdout.setEncoding('utf8'), 'data');
  assert.deepEqual(await once(child, 'exit'), [0, null]);
  const client = new Client({ apiKey: 'k', tenantId: 't', baseUrl: url.trim(), maxRetries: 0 });
  const deadline = Date.now() + 5_000;
  for (let ended = false; !ended; ) {
    ended = await client.getDatasets().catch((error) => error instanceof ConnectionFailedError);
    assert.ok(Date.now() < deadline, 'the emulator goes on');
  }
});

test('an emulator that is not there says how to get it', async () => {
  const script = `require('processmind/testing').startEmulator().catch((error) => console.log(error.message))`;
  const said = execFileSync(process.execPath, ['-e', script], { env: { PATH: process.env.PATH }, encoding: 'utf8' });
  assert.match(said, /npm install --save-dev processmind-emulator/);
  await assert.rejects(startEmulator({ command: join(folder, 'none') }), /none' can't be run: .*ENOENT/);
});

test('an emulator that does not start says why', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  await assert.rejects(startEmulator({ command, dataDir: file }), /did not start: processmind-emulator: .*file/);
});

test('both kinds of modules have the same one', () => {
  assert.equal(createRequire(import.meta.url)('processmind/testing').Emulator, Emulator);
});
