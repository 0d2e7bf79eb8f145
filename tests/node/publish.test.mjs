// Publishing, by the scenes that every language plays, and what JavaScript adds: streams, Files, helpers.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as processmind from 'processmind';
import { assertError, BAD_LOG, failure, LOG, MODEL, ROOT, stage, withWarnings } from './support.mjs';

const scene = stage();
const SCENES = JSON.parse(readFileSync(join(ROOT, 'tests/contract/publish.json'), 'utf8'));

/** What the scenes call files, as arguments. */
function withFiles({ bpmn, file, ...names }) {
  const logs = { 'orders.csv': scene.file('orders.csv', LOG), 'bad.csv': scene.file('bad.csv', BAD_LOG) };
  const paths = { 'model.bpmn': MODEL, ...logs };
  return { ...names, ...(bpmn && { bpmn: paths[bpmn] ?? bpmn }), ...(file && { filePath: paths[file] }) };
}

function steps(result) {
  return result.steps.map(({ kind, name, action }) => `${kind} ${name} ${action}`);
}

test('the scenes play', async () => {
  for (const { name, arguments: args, steps: wanted, warnings = [], error } of SCENES) {
    if (wanted) {
      const { result, told } = await withWarnings(() => scene.client.publish(withFiles(args)));
      assert.deepEqual(steps(result), wanted, name);
      assert.equal(result.warnings.length, warnings.length, name);
      assert.ok(
        result.warnings.every((warning, at) => warning.startsWith(warnings[at])),
        result.warnings.join(),
      );
      assert.deepEqual(
        told,
        result.warnings.map((warning) => `EventLogWarning: ${warning}`),
      );
    } else {
      const thrown = await failure(() => scene.client.publish(withFiles(args)));
      assertError(thrown, processmind[error.class], error.code, ...error.text);
    }
  }
});

test('data is what an upload takes, and a model its text or its path', async () => {
  const bpmn = readFileSync(MODEL, 'utf8');
  const file = new File([LOG], 'orders.csv');
  const phases = [];
  const onProgress = ({ phase }) => phases.push(phase);
  const names = { process: 'P', dataset: 'D', datatable: 'T' };
  const result = await processmind.publish({ ...scene.account, ...names, bpmn, file, onProgress });
  assert.equal(result.upload.fileName, 'orders.csv');
  assert.equal(result.upload.verified, 'crc64nvme');
  assert.equal((await scene.client.getDatatable({ datatableId: result.datatableId })).rowCount, 2);
  assert.equal(phases.at(-1), 'done');
});

test('a file finds its datatable by name', async () => {
  await scene.client.publish({ dataset: 'By name', datatable: 'Orders by name' });
  await scene.client.uploadFile({ datatable: 'Orders by name', filePath: scene.file('a.csv', LOG) });
  const error = await failure(() =>
    scene.client.uploadFile({ datatable: 'Nowhere', filePath: MODEL, fileName: 'a.csv' }),
  );
  assertError(error, processmind.NotFoundError, 'NOT_FOUND', "'Nowhere'");
});

test('a refused log costs no request', async () => {
  await scene.forgetRequests();
  const names = { process: 'Nothing', dataset: 'Nothing', datatable: 'Nothing' };
  const file = Buffer.from(BAD_LOG);
  const publish = () => scene.client.publish({ ...names, file, fileName: 'bad.csv', check: 'error' });
  assertError(await failure(publish), processmind.EventLogError, 'EVENT_LOG_INVALID', "'bad.csv' has errors");
  assert.deepEqual(await scene.requests(), []);
});

test('what it does not take is refused', async () => {
  const error = await failure(() => scene.client.publish({ proces: 'P' }));
  assertError(error, processmind.InvalidArgumentError, 'INVALID_ARGUMENT', "'proces'", '`process`');
});
