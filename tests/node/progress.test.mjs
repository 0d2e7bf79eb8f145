// What an upload tells its listener, and what a listener that throws does to it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failure, LOG, sleep, stage } from './support.mjs';

const scene = stage();
const SIZE = 64 * 1024 * 1024;

test('phases come in order, and the whole only when storage has confirmed it', async () => {
  const datatableId = await scene.datatable();
  const filePath = scene.file('large.csv', Buffer.alloc(SIZE, LOG));
  const events = [];
  await scene.client.uploadFile({ datatableId, filePath, onProgress: (event) => events.push(event) });

  const phases = events.map(({ phase }) => phase);
  assert.deepEqual([...new Set(phases)], ['preparing', 'sending', 'verifying', 'done']);
  assert.deepEqual(events[0], { fileName: 'large.csv', phase: 'preparing', sent: 0, total: SIZE, attempt: 1 });
  assert.deepEqual(events.at(-1), { fileName: 'large.csv', phase: 'done', sent: SIZE, total: SIZE, attempt: 1 });
  const sending = events.filter(({ phase }) => phase === 'sending').map(({ sent }) => sent);
  assert.deepEqual(
    sending,
    [...sending].sort((a, b) => a - b),
  );
  assert.ok(sending.every((sent) => sent < SIZE));
});

test('the last report comes before the promise, however fast the upload is', async () => {
  const datatableId = await scene.datatable();
  for (let round = 0; round < 20; round += 1) {
    const phases = [];
    const onProgress = ({ phase }) => phases.push(phase);
    await scene.client.uploadFile({ datatableId, file: Buffer.from(LOG), fileName: 'a.csv', onProgress });
    assert.equal(phases.at(-1), 'done');
  }
});

test('an attempt that fails starts again at nothing', async () => {
  const datatableId = await scene.datatable();
  await scene.fault('/processmind-uploads', 'PUT', { kind: 'status', status: 503 });
  const attempts = new Set();
  const onProgress = ({ attempt }) => attempts.add(attempt);
  const filePath = scene.file('orders.csv', LOG);
  const upload = await scene.client.uploadFile({ datatableId, filePath, onProgress });
  assert.equal(upload.attempts, 2);
  assert.ok(attempts.has(2));
});

for (const [kind, fail] of Object.entries({
  throws: (error) => {
    throw error;
  },
  'rejects later': async (error) => {
    await sleep(1);
    throw error;
  },
})) {
  test(`a listener that ${kind} ends the upload with what it threw`, async () => {
    const datatableId = await scene.datatable();
    const filePath = scene.file('large.csv', Buffer.alloc(SIZE, LOG));
    await scene.fault('/processmind-uploads', 'PUT', { kind: 'delay', seconds: 1 });
    const broken = new Error('the bar broke');
    let calls = 0;
    const onProgress = ({ phase }) => {
      calls += 1;
      return phase === 'sending' ? fail(broken) : undefined;
    };
    assert.equal(await failure(() => scene.client.uploadFile({ datatableId, filePath, onProgress })), broken);
    const told = calls;
    await sleep(1200);
    assert.equal(calls, told);
    assert.ok((await scene.uploads()).every((upload) => upload.datatableId !== datatableId));
  });
}
