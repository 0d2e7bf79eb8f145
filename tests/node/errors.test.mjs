// Errors: one set of classes, and no secret in any part of them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { failure, LOG, MODULES, stage } from './support.mjs';

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
