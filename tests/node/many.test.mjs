// Many uploads at once: what becomes of each.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import * as processmind from 'processmind';
import { assertError, failure, LOG, ROOT, sha256, sleep, stage } from './support.mjs';

const scene = stage();
const { uploadFiles } = processmind;

test('what is stored and what is not, in the items’ order', async () => {
  const datatableId = await scene.datatable();
  await scene.client.publish({ dataset: 'Many', datatable: 'Found by its name' });
  async function* broken() {
    yield Buffer.from(LOG);
    throw new Error('the disk is gone');
  }
  const items = [
    { datatableId, filePath: join(scene.folder, 'missing.csv') },
    { datatableId, filePath: scene.file('a.csv', LOG) },
    { datatableId, file: broken(), fileName: 'b.csv' },
    { datatableId, file: Readable.from([Buffer.from(LOG)]), fileName: 'c.csv' },
    { datatableId: 'unknown', filePath: scene.file('d.csv', LOG) },
    { datatableId, file: 'text' },
    { datatable: 'Nowhere', filePath: scene.file('e.csv', LOG) },
    { datatableId, file: new File([LOG], 'f.csv') },
    { datatableId, filePath: scene.file('g.csv', LOG), validForSeconds: 0 },
    undefined,
    { filePath: scene.file('h.csv', LOG) },
    { datatable: 'Found by its name', filePath: scene.file('i.csv', LOG) },
  ];
  const { succeeded, failed } = await scene.client.uploadFiles({ items, concurrency: 3 });

  assert.deepEqual(
    succeeded.map(({ index, result }) => [index, result.fileName, result.verified]),
    [
      [1, 'a.csv', 'crc64nvme'],
      [3, 'c.csv', 'crc64nvme'],
      [7, 'f.csv', 'crc64nvme'],
      [11, 'i.csv', 'crc64nvme'],
    ],
  );
  const expected = [
    [0, 'missing.csv', 'SourceError', 'SOURCE_UNREADABLE'],
    [2, 'b.csv', 'SourceError', 'SOURCE_UNREADABLE'],
    [4, 'd.csv', 'NotFoundError', 'NOT_FOUND'],
    [5, undefined, 'InvalidArgumentError', 'INVALID_ARGUMENT'],
    [6, 'e.csv', 'NotFoundError', 'NOT_FOUND'],
    [8, 'g.csv', 'InvalidArgumentError', 'INVALID_ARGUMENT'],
    [9, undefined, 'InvalidArgumentError', 'INVALID_ARGUMENT'],
    [10, 'h.csv', 'InvalidArgumentError', 'INVALID_ARGUMENT'],
  ];
  assert.deepEqual(
    failed.map(({ index, fileName, error }) => [index, fileName, error.name, error.code]),
    expected,
  );
  for (const { error } of failed) {
    assertError(error, processmind[error.name], error.code);
  }
  const stored = (await scene.uploads()).filter((upload) => upload.datatableId === datatableId);
  assert.deepEqual(
    stored.map(({ sha256 }) => sha256),
    Array(3).fill(sha256(LOG)),
  );
});

test('a tenant of the call is the items’ own where they name none', async () => {
  const items = [
    { datatableId: 'd', datasetId: 's', filePath: scene.file('a.csv', LOG) },
    { datatableId: 'd', datasetId: 's', filePath: scene.file('b.csv', LOG), tenantId: 'third' },
  ];
  await scene.forgetRequests();
  const { failed } = await scene.client.uploadFiles({ items, tenantId: 'other', concurrency: 1 });
  assert.equal(failed.length, 2);
  const tenants = (await scene.requests()).map(({ path }) => path.split('/')[2]);
  assert.deepEqual([...new Set(tenants)], ['other', 'third']);
});

test('as many are on their way as are asked for', async () => {
  const datatableId = await scene.datatable();
  const items = Array.from({ length: 6 }, (_, at) => ({ datatableId, filePath: scene.file(`${at}.csv`, LOG) }));
  await scene.fault('/processmind-uploads', 'PUT', { kind: 'delay', seconds: 0.2 }, 6);
  let [running, most] = [new Set(), 0];
  const onProgress = ({ fileName, phase }) => {
    phase === 'done' ? running.delete(fileName) : running.add(fileName);
    most = Math.max(most, running.size);
  };
  const { succeeded } = await uploadFiles({ ...scene.account, items, concurrency: 2, onProgress });
  assert.deepEqual([succeeded.length, most], [6, 2]);
});

test('a stream is read when its turn comes, and not before', async () => {
  const datatableId = await scene.datatable();
  const stored = async () => (await scene.uploads()).filter((upload) => upload.datatableId === datatableId).length;
  const before = [];
  async function* file() {
    before.push(await stored());
    yield Buffer.from(LOG);
  }
  const items = ['a.csv', 'b.csv', 'c.csv'].map((fileName) => ({ datatableId, file: file(), fileName }));
  await scene.client.uploadFiles({ items, concurrency: 1 });
  assert.deepEqual([...before, await stored()], [0, 1, 2, 3]);
});

test('a stream that fails before its turn fails as an upload, and ends nothing else', async () => {
  const datatableId = await scene.datatable();
  await scene.fault('/processmind-uploads', 'PUT', { kind: 'delay', seconds: 0.2 });
  const missing = join(scene.folder, 'missing.csv');
  const items = [
    { datatableId, filePath: scene.file('a.csv', LOG) },
    { datatableId, file: createReadStream(missing), fileName: 'b.csv' },
  ];
  const { succeeded, failed } = await scene.client.uploadFiles({ items, concurrency: 1 });
  assert.deepEqual([succeeded.length, failed[0].index], [1, 1]);
  assertError(failed[0].error, processmind.SourceError, 'SOURCE_UNREADABLE', 'ENOENT');
});

const STREAMED = `
  const { readdirSync, readlinkSync } = require('node:fs');
  const { Client } = require('processmind');
  const [options, datatableId] = JSON.parse(process.env.TEST_INPUT);
  const copies = () => readdirSync('/proc/self/fd').filter((descriptor) => {
    try { return readlinkSync('/proc/self/fd/' + descriptor).endsWith('(deleted)'); } catch { return false; }
  }).length;
  async function* file() {
    for (let piece = 0; piece < 10; piece += 1) yield Buffer.alloc(1024 * 1024, 'a,b\\n');
  }
  const item = () => ({ datatableId, file: file(), fileName: 'a.csv' });
  (async () => {
    const client = new Client(options);
    let most = 0;
    const onProgress = () => { most = Math.max(most, copies()); };
    await client.uploadFile({ ...item(), onProgress });
    await client.uploadFiles({ items: Array.from({ length: 6 }, item), concurrency: 2, onProgress });
    process.stdout.write(JSON.stringify({ most, left: copies() }));
  })();
`;

test('of the temporary copies of streams there are no more than uploads, and none is left', async () => {
  const env = { ...process.env, TEST_INPUT: JSON.stringify([scene.options, await scene.datatable()]) };
  const child = spawn(process.execPath, ['-e', STREAMED], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const { most, left } = JSON.parse(await once(child.stdout, 'data'));
  assert.ok(most <= 2, `${most}`);
  assert.equal(left, 0);
});

test('nothing, and what is no list', async () => {
  assert.deepEqual(await scene.client.uploadFiles({ items: [] }), { succeeded: [], failed: [] });
  const refused = [
    [{ items: 7 }, '`items` has to be a list'],
    [{}, '`items` has to be a list'],
    [undefined, '`items` has to be a list'],
    [{ items: [], concurrency: 0 }, '`concurrency` is 0'],
    [{ items: [], concurrency: 'two' }, '`concurrency` has to be a whole number'],
    [{ items: [], datatableId: 'd' }, "'datatableId' is no option"],
  ];
  for (const [args, part] of refused) {
    const error = await failure(() => scene.client.uploadFiles(args));
    assertError(error, processmind.InvalidArgumentError, 'INVALID_ARGUMENT', part);
  }
});

test('all end at once when they are aborted, and nothing more is sent', async () => {
  const datatableId = await scene.datatable();
  const items = Array.from({ length: 8 }, (_, at) => ({ datatableId, filePath: scene.file(`${at}.csv`, LOG) }));
  await scene.forgetRequests();
  await scene.fault('/processmind-uploads', 'PUT', { kind: 'delay', seconds: 30 }, 4);
  const controller = new AbortController();
  const call = failure(() => scene.client.uploadFiles({ items, signal: controller.signal }));
  await sleep(300);
  const aborted = performance.now();
  controller.abort();
  assert.equal((await call).name, 'AbortError');
  assert.ok(performance.now() - aborted < 100);
  const sent = await scene.requests();
  assert.equal(sent.filter(({ method }) => method === 'PUT').length, 4);
  await sleep(100);
  assert.equal((await scene.requests()).length, sent.length);
  await scene.noFaults();
});

test('a listener that throws ends them all', async () => {
  const datatableId = await scene.datatable();
  const broken = new Error('the bar broke');
  const onProgress = () => {
    throw broken;
  };
  const items = [{ datatableId, filePath: scene.file('a.csv', LOG) }];
  assert.equal(await failure(() => scene.client.uploadFiles({ items, onProgress })), broken);
});
