// Checking event logs: the same files and the same reports as in every language.

import assert from 'node:assert/strict';
import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkEventLog, EventLogError, InvalidArgumentError, ProcessMindError, SourceError } from 'processmind';
import { assertError, failure, ROOT, stage } from './support.mjs';

const FOLDER = join(ROOT, 'tests/contract/eventlogs');
const BAD = 'CaseId,Activity,StartTime\n1,Receive order,2025-01-02T08:00:00Z\n1,Ship goods,soon\n';

const scene = stage();

for (const fileName of readdirSync(FOLDER).filter((name) => !name.endsWith('.json'))) {
  test(`${fileName} gives the report of every language`, async () => {
    const filePath = join(FOLDER, fileName);
    const expected = JSON.parse(readFileSync(`${filePath}.json`, 'utf8'));
    const bytes = readFileSync(filePath);
    for (const args of [
      { filePath },
      { file: bytes, fileName },
      { file: new File([bytes], fileName) },
      { file: createReadStream(filePath), fileName },
    ]) {
      if (expected.error) {
        const error = await failure(() => checkEventLog(args));
        assert.ok(error instanceof ProcessMindError);
        assert.equal(error.code, expected.error);
      } else {
        assert.deepEqual(await checkEventLog(args), expected);
      }
    }
  });
}

test('what can’t be read is told', async () => {
  const missing = await failure(() => checkEventLog({ filePath: 'no-such-file.csv' }));
  assertError(missing, SourceError, 'SOURCE_UNREADABLE', 'no-such-file.csv');
  const unknown = await failure(() => checkEventLog({ filePath: 'x.csv', delimiter: ';' }));
  assertError(unknown, InvalidArgumentError, 'INVALID_ARGUMENT', "'delimiter'", '`fileName`');
});

test('a check is aborted', async () => {
  const controller = new AbortController();
  const rows = Buffer.from('1,A,2024-01-31T10:00:00\n'.repeat(2_000_000));
  const checking = checkEventLog({ file: rows, fileName: 'long.csv', signal: controller.signal });
  setTimeout(() => controller.abort(), 5);
  assert.equal((await failure(() => checking)).name, 'AbortError');
});

test('errors of a log are warnings or one error', async () => {
  const datatableId = await scene.datatable();
  const args = { datatableId, file: Buffer.from(BAD), fileName: 'bad.csv' };
  const told = [];
  const listen = (warning) => told.push(`${warning.name}: ${warning.message}`);
  process.on('warning', listen);
  try {
    const { warnings } = await scene.client.uploadFile({ ...args, check: 'warn' });
    await scene.client.uploadFile(args);
    await scene.client.uploadFiles({ items: [{ ...args, check: 'warn' }, args] });
    await new Promise(setImmediate);
    assert.deepEqual(
      told,
      [...warnings, ...warnings].map((warning) => `EventLogWarning: ${warning}`),
    );
    assert.match(told[0], /line 3, column 'StartTime'/);
  } finally {
    process.off('warning', listen);
  }
  const before = await scene.requests();
  const error = await failure(() => scene.client.uploadFile({ ...args, check: 'error' }));
  assertError(error, EventLogError, 'EVENT_LOG_INVALID', "'bad.csv' has errors", '`checkEventLog`');
  assert.equal((await scene.requests()).length, before.length);
});
