// The process ends when its work is done, and threads come and go.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { LOG, ROOT, stage } from './support.mjs';

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
