// The process ends when its work is done, and threads come and go.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { LOG, ROOT, stage, until } from './support.mjs';

const scene = stage();
const SCRIPT = `
  const { Client } = require('processmind');
  const [options, datatableId] = JSON.parse(process.env.TEST_INPUT);
  const client = new Client(options);
  const file = Buffer.from(process.env.TEST_LOG);
  (async () => {
    await client.uploadFile({ datatableId, file, fileName: 'a.csv', onProgress: () => {} });
    const controller = new AbortController();
    await client.getTenant({ signal: controller.signal });
    process.stdout.write('done');
  })();
`;

test('the process ends within 1 s of the last await', async () => {
  const input = JSON.stringify([scene.options, await scene.datatable()]);
  const env = { ...process.env, TEST_INPUT: input, TEST_LOG: LOG };
  const child = spawn(process.execPath, ['-e', SCRIPT], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  assert.equal(String(await once(child.stdout, 'data')), 'done');
  const done = performance.now();
  assert.deepEqual(await ended, [0, null]);
  const took = performance.now() - done;
  assert.ok(took < 1000, `${took} ms`);
});

test('the process can be ended in the middle of a call', async () => {
  await scene.fault('/tenant', 'GET', { kind: 'delay', seconds: 30 });
  const script = `
    const { Client } = require('processmind');
    new Client(JSON.parse(process.env.TEST_INPUT)).getTenant();
    setTimeout(() => process.exit(3), 100);
  `;
  const env = { ...process.env, TEST_INPUT: JSON.stringify(scene.options) };
  const child = spawn(process.execPath, ['-e', script], { cwd: ROOT, env, stdio: 'inherit' });
  const start = performance.now();
  assert.deepEqual(await once(child, 'exit'), [3, null]);
  assert.ok(performance.now() - start < 1500);
});

const ABORTED = `
  const { Client } = require('processmind');
  const [options, datatableId, filePath] = JSON.parse(process.env.TEST_INPUT);
  const client = new Client({ ...options, onLog: () => {} });
  const controller = new AbortController();
  const onProgress = ({ phase }) => phase === 'sending' && controller.abort();
  client.uploadFile({ datatableId, filePath, signal: controller.signal, onProgress }).catch(({ name }) => {
    process.stdout.write(name);
  });
`;

test('the process ends within 1 s of an upload that was aborted', async () => {
  const input = JSON.stringify([scene.options, await scene.datatable(), scene.largeFile()]);
  await scene.fault('/processmind-uploads', 'PUT', { kind: 'stall', at: '50%' });
  const env = { ...process.env, TEST_INPUT: input };
  const child = spawn(process.execPath, ['-e', ABORTED], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  assert.equal(String(await once(child.stdout, 'data')), 'AbortError');
  const done = performance.now();
  assert.deepEqual(await ended, [0, null]);
  assert.ok(performance.now() - done < 1000);
});

test('worker threads, one after the other and at once', async () => {
  const script = `
    const { workerData, parentPort } = require('node:worker_threads');
    const { Client } = require('processmind');
    new Client(workerData).getTenant().then((tenant) => parentPort.postMessage(tenant.id));
  `;
  const work = async () => {
    const worker = new Worker(script, { eval: true, workerData: scene.options });
    const [[id]] = await Promise.all([once(worker, 'message'), once(worker, 'exit')]);
    return id;
  };
  const ids = [await work(), await work(), ...(await Promise.all([work(), work(), work()]))];
  assert.deepEqual(ids, Array(5).fill(scene.account.tenantId));
});

test('64 workers at once, each with a client of its own', async () => {
  const script = `
    const { workerData, parentPort } = require('node:worker_threads');
    const { Client } = require('processmind');
    const client = new Client(workerData);
    // All at the same time.
    parentPort.once('message', async () => {
      const tenants = await Promise.all(Array.from({ length: 5 }, () => client.getTenant()));
      parentPort.postMessage(tenants.map(({ id }) => id));
    });
    parentPort.postMessage('ready');
  `;
  const workers = Array.from({ length: 64 }, () => new Worker(script, { eval: true, workerData: scene.options }));
  const ended = workers.map((worker) => once(worker, 'exit'));
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  const answers = workers.map((worker) => once(worker, 'message'));
  for (const worker of workers) {
    worker.postMessage('go');
  }
  const ids = (await Promise.all(answers)).flat(2);
  assert.deepEqual(ids, Array(64 * 5).fill(scene.account.tenantId));
  assert.deepEqual(await Promise.all(ended), Array(64).fill([0]));
});

const UPLOADING = `
  const { workerData, parentPort } = require('node:worker_threads');
  const { createReadStream, readFileSync } = require('node:fs');
  const { Client } = require('processmind');
  const { options, datatableId, filePath, kind } = workerData;
  const source = {
    path: () => ({ filePath }),
    bytes: () => ({ file: readFileSync(filePath), fileName: 'a.csv' }),
    stream: () => ({ file: createReadStream(filePath), fileName: 'a.csv' }),
  };
  const onProgress = ({ sent }) => sent > 0 && parentPort.postMessage('sending');
  new Client({ ...options, onLog: () => {} })
    .uploadFile({ datatableId, onProgress, ...source[kind]() })
    .then(({ verified }) => parentPort.postMessage(verified));
`;

for (const kind of ['path', 'bytes', 'stream']) {
  test(`a worker is terminated in the middle of an upload of a ${kind}: it ends, and nothing else does`, async () => {
    const datatableId = await scene.datatable();
    await scene.fault('/processmind-uploads', 'PUT', { kind: 'slow', bytes_per_second: 4_000_000 });
    const workerData = { options: scene.options, datatableId, filePath: scene.largeFile(), kind };
    const worker = new Worker(UPLOADING, { eval: true, workerData });
    await once(worker, 'message');
    await worker.terminate();
    assert.equal((await scene.client.getTenant()).id, scene.account.tenantId);
    const received = async () => (await scene.requests()).find(({ method }) => method === 'PUT').bytesReceived;
    let [before, now] = [-1, await received()];
    await until(async () => {
      [before, now] = [now, await received()];
      return before === now;
    }, 'the upload ended');
    assert.ok(now < 64 * 1024 * 1024);
    assert.ok((await scene.uploads()).every((upload) => upload.datatableId !== datatableId));
    await scene.forgetRequests();
  });
}

test('workers upload at the same time', async () => {
  const filePath = scene.file('orders.csv', LOG);
  const upload = async (kind) => {
    const workerData = { options: scene.options, datatableId: await scene.datatable(), filePath, kind };
    const worker = new Worker(UPLOADING, { eval: true, workerData });
    const told = [];
    worker.on('message', (message) => told.push(message));
    await once(worker, 'exit');
    return told.at(-1);
  };
  const kinds = ['path', 'bytes', 'stream', 'path', 'bytes', 'stream'];
  assert.deepEqual(await Promise.all(kinds.map(upload)), Array(kinds.length).fill('crc64nvme'));
});

const OPENING = `
  const { readdirSync } = require('node:fs');
  const { Client } = require('processmind');
  const [options, datatableId] = JSON.parse(process.env.TEST_INPUT);
  const file = Buffer.from(process.env.TEST_LOG);
  const count = (what) => { try { return readdirSync('/proc/self/' + what).length; } catch { return 0; } };
  const state = () => {
    gc();
    return { threads: count('task'), descriptors: count('fd'), heap: process.memoryUsage().heapUsed };
  };
  const work = async (times) => {
    for (let time = 0; time < times; time += 1) {
      const client = new Client({ ...options, onLog: () => {} });
      await client.getTenant({ signal: new AbortController().signal });
      if (time % 10 === 0) await client.uploadFile({ datatableId, file, fileName: 'a.csv', onProgress: () => {} });
      client.close();
    }
  };
  (async () => {
    await work(300);
    const before = state();
    await work(1000);
    process.stdout.write(JSON.stringify([before, state()]));
  })();
`;

test('a client that is opened and closed a thousand times leaves nothing', async () => {
  const env = { ...process.env, TEST_INPUT: JSON.stringify([scene.options, await scene.datatable()]), TEST_LOG: LOG };
  const args = ['--expose-gc', '-e', OPENING];
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [before, after] = JSON.parse(await once(child.stdout, 'data'));
  // A thread or a connection more or less may be waiting for the next call.
  assert.ok(after.threads <= before.threads + 2, JSON.stringify([before, after]));
  assert.ok(after.descriptors <= before.descriptors + 2, JSON.stringify([before, after]));
  assert.ok(after.heap - before.heap < 512 * 1024, JSON.stringify([before, after]));
});
