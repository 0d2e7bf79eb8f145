// Checking event logs: the same files and the same reports as in every language.

import assert from 'node:assert/strict';
import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import * as processmind from 'processmind';
import { assertError, BAD_LOG, failure, ROOT, stage, withWarnings } from './support.mjs';

const { checkEventLog, EmptyFileError, EventLogError, InvalidArgumentError, ProcessMindError, SourceError } =
  processmind;
const FOLDER = join(ROOT, 'tests/contract/eventlogs');
const SCENES = JSON.parse(readFileSync(join(ROOT, 'tests/contract/check.json'), 'utf8'));

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

for (const { name, arguments: args, file, rows, arrow, error, report = {}, roles, columns, problems } of SCENES) {
  test(name, async () => {
    const call = () => checkEventLog({ ...sourceOf({ file, rows, arrow }), ...args });
    if (error !== undefined) {
      assertError(await failure(call), processmind[error.class], error.code, ...error.text);
      return;
    }
    const found = await call();
    assert.deepEqual({ ...found, ...report }, found);
    const named = found.columns.filter(({ role }) => role !== null).map((column) => [column.role, column.name]);
    assert.deepEqual(Object.fromEntries(named), roles ?? Object.fromEntries(named));
    for (const [column, values] of Object.entries(columns ?? {})) {
      const own = found.columns.find(({ name }) => name === column);
      assert.deepEqual({ ...own, ...values }, own);
    }
    const told = found.problems.map(({ code, rows }) => [code, ...rows].join(' '));
    assert.deepEqual(told, problems ?? told);
  });
}

function sourceOf({ file, rows, arrow }) {
  if (arrow !== undefined) {
    return { arrow: readFileSync(join(ROOT, 'tests/contract/dataframe', arrow)) };
  }
  if (file === undefined) {
    return { rows };
  }
  const content = file.log ? readFileSync(join(FOLDER, file.log)) : Buffer.from(`${file.lines.join('\n')}\n`);
  return { file: content, fileName: file.name };
}

test('rows of any iterable are checked, and dates are dates', async () => {
  const StartTime = new Date('2025-01-02T08:00:00Z');
  const rows = [
    { CaseId: 1, Activity: 'Receive', StartTime, Amount: 1.5 },
    { CaseId: 1, Activity: 'Ship', StartTime, Amount: null },
  ];
  for (const table of [rows, rows.values(), Readable.from(rows)]) {
    const { fileName, cases, columns, ok } = await checkEventLog({ rows: table });
    assert.deepEqual([fileName, cases, ok], [null, 1, true]);
    assert.deepEqual(
      columns.map(({ type }) => type),
      ['integer', 'string', 'datetime', 'number'],
    );
    assert.equal(columns[2].first, '2025-01-02T08:00:00Z');
  }
});

test('a table that can’t be checked says why', async () => {
  const refused = async (args, Class, code, ...words) =>
    assertError(await failure(() => checkEventLog(args)), Class, code, ...words);
  await refused({ rows: [] }, EmptyFileError, 'EMPTY_FILE', 'no rows');
  await refused({ rows: [{ a: {} }] }, InvalidArgumentError, 'INVALID_ARGUMENT', "'a' holds an object");
  await refused({ rows: [], filePath: 'a.csv' }, InvalidArgumentError, 'INVALID_ARGUMENT', 'Both a file and a table');
  await refused(
    { rows: [], arrow: Buffer.of() },
    InvalidArgumentError,
    'INVALID_ARGUMENT',
    'One of `rows` and `arrow`',
  );
  await refused({ rows: [{ a: 1 }], columns: {} }, InvalidArgumentError, 'INVALID_ARGUMENT', "'columns'", '`rows`');
});

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
  const args = { datatableId, file: Buffer.from(BAD_LOG), fileName: 'bad.csv' };
  const { result, told } = await withWarnings(async () => {
    const { warnings } = await scene.client.uploadFile({ ...args, check: 'warn' });
    await scene.client.uploadFile(args);
    await scene.client.uploadFiles({ items: [{ ...args, check: 'warn' }, args] });
    return warnings;
  });
  assert.deepEqual(
    told,
    [...result, ...result].map((warning) => `EventLogWarning: ${warning}`),
  );
  assert.match(told[0], /line 3, column 'StartTime'/);
  const before = await scene.requests();
  const error = await failure(() => scene.client.uploadFile({ ...args, check: 'error' }));
  assertError(error, EventLogError, 'EVENT_LOG_INVALID', "'bad.csv' has errors", '`checkEventLog`');
  assert.equal((await scene.requests()).length, before.length);
});
