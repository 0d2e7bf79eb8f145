// Calls end when their signal says so: at once, and for the server, too.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failure, LOG, sleep, stage } from './support.mjs';

const scene = stage();
const STALL = { kind: 'delay', seconds: 30 };

/** Aborts a call that hangs, and gives how long it took to end. */
async function abortHanging(call, reason) {
  const controller = new AbortController();
  let aborted = 0;
  const ended = failure(() => call(controller.signal)).then((error) => ({ error, took: performance.now() - aborted }));
  await sleep(150);
  aborted = performance.now();
  controller.abort(reason);
  return ended;
}

test('a signal that is aborted already: nothing is sent', async () => {
  const datatableId = await scene.datatable();
  await scene.forgetRequests();
  const reason = new Error('not today');
  const signal = AbortSignal.abort(reason);
  assert.equal(await failure(() => scene.client.getTenant({ signal })), reason);
  const upload = () => scene.client.uploadFile({ datatableId, file: Buffer.from(LOG), fileName: 'a.csv', signal });
  assert.equal(await failure(upload), reason);
  assert.deepEqual(await scene.requests(), []);
});

test('a call that hangs ends within 100 ms, and the server is left', async () => {
  await scene.forgetRequests();
  await scene.fault('/tenant', 'GET', STALL);
  const { error, took } = await abortHanging((signal) => scene.client.getTenant({ signal }));
  assert.equal(error.name, 'AbortError');
  assert.ok(took < 100, `${took} ms`);
  assert.equal((await scene.requests())[0].status, null);
});

test('an upload that hangs ends within 100 ms, and nothing is stored', async () => {
  const datatableId = await scene.datatable();
  const filePath = scene.file('large.csv', Buffer.alloc(64 * 1024 * 1024, LOG));
  await scene.fault('/processmind-uploads', 'PUT', { kind: 'delay', seconds: 1 });
  const reason = { my: 'reason' };
  const { error, took } = await abortHanging(
    (signal) => scene.client.uploadFile({ datatableId, filePath, signal }),
    reason,
  );
  assert.equal(error, reason);
  assert.ok(took < 100, `${took} ms`);
  await sleep(1500);
  assert.deepEqual(await scene.uploads(), []);
  const put = (await scene.requests()).find(({ origin }) => origin === 'storage');
  assert.ok(put.bytesReceived < 64 * 1024 * 1024);
});

test('a stream that gives nothing can be aborted', async () => {
  let returned = false;
  const file = {
    [Symbol.asyncIterator]: () => ({
      next: () => sleep(300).then(() => ({ done: false, value: Buffer.from(LOG) })),
      return: async () => {
        returned = true;
        return { done: true };
      },
    }),
  };
  const call = (signal) => scene.client.uploadFile({ datatableId: 'd', file, fileName: 'a.csv', signal });
  const { error, took } = await abortHanging(call);
  assert.equal(error.name, 'AbortError');
  assert.ok(took < 100, `${took} ms`);
  for (let tries = 0; !returned && tries < 100; tries += 1) {
    await sleep(20);
  }
  assert.ok(returned, 'the stream was not closed');
});

test('a timeout signal works, and one signal serves many calls', async () => {
  await scene.fault('/tenant', 'GET', STALL, 3);
  const signal = AbortSignal.timeout(100);
  const calls = [1, 2, 3].map(() => failure(() => scene.client.getTenant({ signal })));
  for (const error of await Promise.all(calls)) {
    assert.equal(error.name, 'TimeoutError');
  }
});

test('a signal keeps its own handler, and none of ours stays', async () => {
  const controller = new AbortController();
  const onabort = () => {};
  controller.signal.onabort = onabort;
  await scene.client.getTenant({ signal: controller.signal });
  assert.equal(controller.signal.onabort, onabort);
  controller.abort();
  assert.equal((await scene.client.getTenant()).id, scene.account.tenantId);
});
