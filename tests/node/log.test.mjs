// What the client tells of its work: to those who listen, and no secret.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import * as processmind from 'processmind';
import { assertError, failure, LOG, stage } from './support.mjs';

const scene = stage();
const { Client, getTenant, uploadFile } = processmind;

/** A client that keeps what it logs. */
function logged(options) {
  const lines = [];
  return { lines, client: new Client({ ...scene.options, ...options, onLog: (line) => lines.push(line) }) };
}

test('requests, answers and further attempts are told before the promise', async () => {
  const { lines, client } = logged();
  await scene.fault('/tenant', 'GET', { kind: 'status', status: 503, retry_after: 0 });
  await client.getTenant();
  const url = `${scene.account.apiUrl}/tenant/${scene.account.tenantId}`;
  assert.deepEqual(
    lines.map(({ level }) => level),
    ['debug', 'debug', 'warn', 'debug', 'debug'],
  );
  assert.ok(lines[0].message.startsWith(`request method=GET url=${url} attempt=1`), lines[0].message);
  assert.match(lines[1].message, /^answer .*status=503/);
  assert.match(lines[2].message, /^trying again .*attempt=1 wait_ms=\d+ reason=".*503/);
  assert.match(lines[3].message, /attempt=2/);
});

test('a call that fails has told all before it does', async () => {
  const { lines, client } = logged();
  await failure(() => client.getDatatable({ datatableId: 'unknown' }));
  const answers = lines.filter(({ message }) => message.startsWith('answer'));
  assert.match(answers[0].message, /status=404/);
  const told = lines.length;
  await turn();
  assert.equal(lines.length, told);
});

test('helpers take a listener, too, and one listener hears of one client alone', async () => {
  const [mine, others] = [[], []];
  await Promise.all([
    getTenant({ ...scene.account, onLog: (line) => mine.push(line) }),
    getTenant({ ...scene.account, onLog: (line) => others.push(line) }),
    scene.client.getTenant(),
  ]);
  assert.deepEqual([mine.length, others.length], [2, 2]);
});

test('uploads are told, with no secret in any line', async () => {
  const { lines, client } = logged();
  const datatableId = await scene.datatable();
  await scene.fault('/processmind-uploads', 'PUT', { kind: 'storage_error', code: 'SlowDown' });
  const events = [];
  const onProgress = (event) => events.push(event);
  await client.uploadFile({ datatableId, file: Buffer.from(LOG), fileName: 'a.csv', onProgress });
  const put = lines.filter(({ message }) => message.startsWith('request method=PUT'));
  assert.equal(put.length, 2);
  assert.ok(lines.some(({ level, message }) => level === 'warn' && message.includes('SlowDown')));
  const told = JSON.stringify([lines, events]);
  for (const secret of [scene.account.apiKey, 'X-Amz-Signature', 'X-Amz-Credential']) {
    assert.ok(!told.includes(secret), told);
  }
});

test('a listener that throws or rejects is no harm to the call', async () => {
  for (const onLog of [
    () => {
      throw new Error('the disk is full');
    },
    async () => {
      throw new Error('the disk is full');
    },
  ]) {
    const warned = once(process, 'warning');
    const file = Buffer.from(LOG);
    const datatableId = await scene.datatable();
    const upload = await uploadFile({ ...scene.account, datatableId, file, fileName: 'a.csv', onLog });
    assert.equal(upload.verified, 'crc64nvme');
    const [warning] = await warned;
    assert.deepEqual([warning.name, warning.message], ['ProcessMindWarning', '`onLog` failed: the disk is full']);
  }
});

test('what can’t be called is refused', async () => {
  const wrong = [
    () => new Client({ ...scene.options, onLog: 'console' }),
    () => getTenant({ ...scene.account, onLog: console }),
  ];
  for (const call of wrong) {
    assertError(await failure(call), processmind.InvalidArgumentError, 'INVALID_ARGUMENT', '`onLog`', 'function');
  }
  const error = await failure(() => scene.client.getTenant({ onLog: () => {} }));
  assertError(error, processmind.InvalidArgumentError, 'INVALID_ARGUMENT', 'when it is made');
});
