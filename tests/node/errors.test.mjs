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
});

test('a user’s own code can make one', () => {
  const error = new MODULES.ESM.RateLimitError({ message: 'slow down', retryAfter: 3 });
  assert.deepEqual(
    [error.code, error.name, error.retryAfter, error.attempts],
    ['RATE_LIMITED', 'RateLimitError', 3, 0],
  );
});

test('the key and the signature are in no part of an error', async () => {
  const { Client } = MODULES.ESM;
  const wrong = new Client({ ...scene.options, apiKey: CANARY });
  const nobody = new Client({ ...scene.options, apiKey: CANARY, baseUrl: 'http://127.0.0.1:9', maxRetries: 0 });
  const broken = () => new Client({ ...scene.options, apiKey: `${CANARY}\n` });
  const closed = new Client({ ...scene.options, apiKey: CANARY });
  closed.close();
  const upload = await refusedUpload();
  const errors = [
    upload,
    ...(await Promise.all([wrong, nobody, closed].map((client) => failure(() => client.getTenant())))),
  ];
  errors.push(await failure(broken));
  for (const shown of [...errors, wrong, closed, { client: wrong }]) {
    for (const text of [
      inspect(shown, { depth: 9, showHidden: true }),
      JSON.stringify(shown),
      String(shown),
      shown.stack,
    ]) {
      assert.ok(!text?.includes('canary'), text);
      assert.ok(!text?.includes(scene.account.apiKey), text);
      assert.ok(!text?.includes('X-Amz-Signature'), text);
    }
  }
});

async function refusedUpload() {
  const datatableId = await scene.datatable();
  const body = '<Error><Code>SignatureDoesNotMatch</Code></Error>';
  await scene.fault('/processmind-uploads', 'PUT', {
    kind: 'status',
    status: 403,
    body,
    content_type: 'application/xml',
  });
  return failure(() => scene.client.uploadFile({ datatableId, file: Buffer.from(LOG), fileName: 'a.csv' }));
}
