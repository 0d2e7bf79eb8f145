// Errors: one set of classes, and no secret in any part of them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { failure, LOG, MODULES, ROOT, stage } from './support.mjs';

const scene = stage();
const CANARY = 'canary-key-with-a-long-tail-0123456789';

test('instanceof holds between ES modules and CommonJS', async () => {
  const { ESM, CJS } = MODULES;
  const error = await failure(() => ESM.getDatatable({ ...scene.account, datatableId: 'unknown' }));
  assert.ok(error instanceof CJS.NotFoundError);
  assert.ok(error instanceof CJS.ApiStatusError);
  assert.ok(error instanceof CJS.ProcessMindError);
  assert.ok(!(error instanceof CJS.ConflictError));
  const names = Object.keys(ESM).filter((name) => !['default', '__esModule', 'module.exports'].includes(name));
  assert.deepEqual(names.sort(), Object.keys(CJS).sort());
  for (const [name, value] of Object.entries(CJS)) {
    assert.equal(ESM[name], value, name);
  }
});

test('an error shows where it comes from and prints on its own', async () => {
  const error = await failure(async function here() {
    await scene.client.getDatatable({ datatableId: 'unknown' });
  });
  assert.match(error.stack, /^NotFoundError: GET .* 404.*\n.*\n\s+at /);
  assert.match(error.stack, /at async here .*errors\.test\.mjs/);
  const shown = JSON.parse(JSON.stringify(error));
  assert.deepEqual([shown.name, shown.code, shown.status], ['NotFoundError', 'NOT_FOUND', 404]);
  assert.equal(shown.message, error.message);
  assert.match(error.docsUrl, /^https:.*\/errors\/NOT_FOUND\.html$/);
});

test('a user’s own code can make one', () => {
  const error = new MODULES.ESM.RateLimitError({ message: 'slow down', retryAfter: 3 });
  assert.deepEqual(
    [error.code, error.name, error.retryAfter, error.attempts],
    ['RATE_LIMITED', 'RateLimitError', 3, 0],
  );
});

test('the key and the signature are in no part of an error, of a client, or of what is told', async () => {
  const { Client } = MODULES.ESM;
  const told = [];
  const options = { ...scene.options, apiKey: CANARY, onLog: (line) => told.push(line) };
  const wrong = new Client(options);
  const nobody = new Client({ ...options, baseUrl: 'http://127.0.0.1:9', maxRetries: 0 });
  const unsafe = () => new Client({ ...options, apiKey: `${CANARY}\n` });
  const closed = new Client(options);
  closed.close();
  const calls = [wrong, nobody, closed].map((client) => failure(() => client.getTenant()));
  const errors = [...(await Promise.all(calls)), await failure(unsafe), ...(await refusedUploads(told))];
  assert.ok(
    errors.some(({ cause }) => cause instanceof Error),
    'no error has a cause',
  );
  assert.ok(told.length > 10);
  for (const shown of [...errors, wrong, closed, { client: wrong }, told]) {
    for (const text of [...forms(shown), ...forms(shown.cause)]) {
      for (const secret of ['canary', scene.account.apiKey, 'X-Amz-Signature', 'X-Amz-Credential']) {
        assert.ok(!text?.includes(secret), text);
      }
    }
  }
});

const ECHOES = JSON.parse(readFileSync(join(ROOT, 'tests/contract/echoes.json'), 'utf8'));

test('a key that the API repeats is hidden', async () => {
  const logged = [];
  const { apiKey } = scene.account;
  const client = new MODULES.ESM.Client({ ...scene.options, maxRetries: 1, onLog: (line) => logged.push(line) });
  const calls = [
    () => client.getTenant(),
    () => client.getProcesses(),
    () => client.getTenantStatistics(),
    () => client.getDatatable({ datatableId: 'nope' }),
    () => client.createDataset({ displayName: 'D' }),
    () => client.updateTenant({ displayName: 'T' }),
    () => client.deleteDataset({ datasetId: 'nope' }),
    () => client.request({ method: 'GET', path: `/tenant/${client.tenantId}/users` }),
    () => client.uploadFile({ datatable: 'Orders', file: Buffer.from(LOG), fileName: 'a.csv' }),
  ];
  for (const echo of ECHOES.api) {
    for (const call of calls) {
      await scene.noFaults();
      await scene.fault('/tenant', undefined, echo, 9);
      assertHidden(await seen(call), apiKey, JSON.stringify(echo));
    }
  }
  await scene.noFaults();
  assert.ok(logged.some(({ message }) => message.includes('Busy with ****')));
  assertHidden([JSON.stringify(logged)], apiKey);
});

test('a signature that storage repeats is hidden', async () => {
  const logged = [];
  const client = new MODULES.ESM.Client({ ...scene.options, maxRetries: 1, onLog: (line) => logged.push(line) });
  const datatableId = await scene.datatable();
  for (const echo of ECHOES.storage) {
    await scene.forgetRequests();
    await scene.fault('/processmind-uploads', 'PUT', echo, 9);
    const texts = await seen(() => client.uploadFile({ datatableId, file: Buffer.from(LOG), fileName: 'a.csv' }));
    await scene.noFaults();
    const puts = (await scene.requests()).filter(({ origin }) => origin === 'storage');
    assert.ok(puts.length > 0);
    for (const { query } of puts) {
      const signature = new URLSearchParams(query).get('X-Amz-Signature');
      for (const secret of [query, signature]) {
        assertHidden([...texts, JSON.stringify(logged)], secret, JSON.stringify(echo));
      }
    }
  }
});

/** All that can be seen of what a call gives or fails with. */
async function seen(call) {
  try {
    const result = await call();
    return [inspect(result, { depth: 9 }), JSON.stringify(result) ?? ''];
  } catch (error) {
    return [...forms(error), ...forms(error.cause)].filter((text) => text !== undefined);
  }
}

/** The ways to write a secret, of the long ones a part. */
function notations(secret) {
  const escaped = [...secret.slice(0, 8)].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
  // Wherever it begins in what is encoded.
  const encoded = [0, 1, 2].map((before) =>
    Buffer.from('\0'.repeat(before) + secret)
      .toString('base64')
      .slice(4, 20),
  );
  return [secret, encodeURIComponent(secret), escaped.join(''), ...encoded];
}

function assertHidden(texts, secret, what = '') {
  for (const notation of notations(secret)) {
    for (const text of texts) {
      assert.ok(!text.includes(notation), `${what}\n${notation} is in:\n${text}`);
    }
  }
}

/** All that may end up on a screen or in a file. */
function forms(shown) {
  const own = Object.getOwnPropertyNames(Object(shown)).map((name) => String(shown[name]));
  return [inspect(shown, { depth: 9, showHidden: true }), JSON.stringify(shown), String(shown), shown?.stack, ...own];
}

/** The errors of uploads that storage refuses, in words that repeat the signature. */
async function refusedUploads(told) {
  const tell = (heard) => void told.push(heard);
  const client = new MODULES.ESM.Client({ ...scene.options, maxRetries: 0, onLog: tell });
  const datatableId = await scene.datatable();
  const body = '<Error><Code>SignatureDoesNotMatch</Code><StringToSign>X-Amz-Signature=canary</StringToSign></Error>';
  const fault = { kind: 'status', status: 403, body, content_type: 'application/xml' };
  const file = Buffer.from(LOG);
  await scene.fault('/processmind-uploads', 'PUT', fault, 2);
  await scene.fault('/processmind-uploads', 'PUT', { kind: 'reset', at: 10 });
  const upload = { datatableId, file, fileName: 'a.csv' };
  const refused = await failure(() => client.uploadFile({ ...upload, onProgress: tell }));
  const { failed } = await client.uploadFiles({ items: [upload, upload], concurrency: 1, onProgress: tell });
  assert.equal(failed.length, 2);
  return [refused, ...failed.map(({ error }) => error)];
}
