// Tables of JavaScript's own and Arrow's bytes, uploaded as CSV.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { EmptyFileError, EventLogError, InvalidArgumentError, SourceError } from 'processmind';
import { assertError, failure, ROOT, stage, withWarnings } from './support.mjs';

const scene = stage();
const CONTRACT = join(ROOT, 'tests/contract/dataframe');

const ROWS = [
  { CaseId: 'order-1', Activity: 'Receive, check', StartTime: new Date('2025-01-02T08:00:00Z'), Amount: 1.5 },
  { Activity: '', CaseId: 2, Amount: 12345678901234567890n, StartTime: null },
  { CaseId: true, Activity: undefined, Amount: Number.NaN },
];
const WRITTEN =
  'CaseId,Activity,StartTime,Amount\r\n' +
  'order-1,"Receive, check",2025-01-02T08:00:00.000Z,1.5\r\n' +
  '2,"",,12345678901234567890\r\n' +
  'true,,,\r\n';

async function upload(table) {
  const datatableId = await scene.datatable();
  const result = await scene.client.uploadDataframe({ datatableId, ...table });
  const stored = (await scene.uploads()).find((upload) => upload.datatableId === datatableId);
  return { result, text: readFileSync(stored.path, 'utf8') };
}

test('rows arrive as CSV, from a list and from streams', async () => {
  const { result, text } = await upload({ rows: ROWS });
  assert.equal(text, WRITTEN);
  assert.deepEqual([result.fileName, result.bytes, result.verified], ['dataframe.csv', WRITTEN.length, 'crc64nvme']);
  assert.equal((await upload({ rows: Readable.from(ROWS) })).text, WRITTEN);
  const renamed = await upload({ rows: ROWS.values(), columns: { CaseId: 'Case Id' }, fileName: 'rows.csv' });
  assert.equal(renamed.text, WRITTEN.replace('CaseId', 'Case Id'));
  assert.equal(renamed.result.fileName, 'rows.csv');
});

test('what JSON has no form for keeps its column and its meaning', async () => {
  const { text } = await upload({
    rows: [
      { a: undefined, b: Infinity },
      { a: 1, b: -Infinity },
    ],
  });
  assert.equal(text, 'a,b\r\n,inf\r\n1,-inf\r\n');
});

test('many rows cross in pieces', async () => {
  function* rows() {
    for (let row = 0; row < 10_001; row += 1) {
      yield { CaseId: row, Activity: 'a' };
    }
  }
  const { text } = await upload({ rows: rows() });
  assert.equal(text.split('\r\n').length, 10_003);
  assert.ok(text.endsWith('\r\n10000,a\r\n'));
});

test('an Arrow table gives the bytes that it gives in every language', async () => {
  const { text } = await upload({ arrow: readFileSync(join(CONTRACT, 'orders.arrows')) });
  assert.equal(text, readFileSync(join(CONTRACT, 'orders.csv'), 'utf8'));
});

const failing = async function* () {
  yield { CaseId: 1 };
  throw new Error('the query ended');
};
for (const [what, table, Class, ...said] of [
  ['no table', {}, InvalidArgumentError, 'INVALID_ARGUMENT', 'One of `rows` and `arrow`'],
  [
    'both tables',
    { rows: [], arrow: new Uint8Array() },
    InvalidArgumentError,
    'INVALID_ARGUMENT',
    'One of `rows` and `arrow`',
  ],
  ['rows that are text', { rows: 'a,b' }, InvalidArgumentError, 'INVALID_ARGUMENT', '`rows` has to be a list'],
  ['a row that is none', { rows: [1] }, InvalidArgumentError, 'INVALID_ARGUMENT', 'no objects'],
  [
    'an object in a row',
    { rows: [{ a: {} }] },
    InvalidArgumentError,
    'INVALID_ARGUMENT',
    "'a' holds an object or a list in row 1",
  ],
  [
    'a later column',
    { rows: [{ a: 1 }, { b: 1 }] },
    InvalidArgumentError,
    'INVALID_ARGUMENT',
    "Row 2 has a column 'b'",
  ],
  [
    'a date that is none',
    { rows: [{ a: new Date('soon') }] },
    InvalidArgumentError,
    'INVALID_ARGUMENT',
    "'a' holds an invalid date",
  ],
  ['no rows', { rows: [] }, EmptyFileError, 'EMPTY_FILE', 'no rows'],
  ['a stream that fails', { rows: failing() }, SourceError, 'SOURCE_UNREADABLE', 'the query ended'],
  [
    'bytes that are no Arrow',
    { arrow: Buffer.from('CaseId,Activity') },
    InvalidArgumentError,
    'INVALID_ARGUMENT',
    'no Arrow table',
  ],
  [
    'an unknown column',
    { rows: ROWS, columns: { Case: 'CaseId' } },
    InvalidArgumentError,
    'INVALID_ARGUMENT',
    "no column 'Case'",
  ],
]) {
  test(`${what} is refused, and nothing is sent`, async () => {
    const datatableId = await scene.datatable();
    await scene.forgetRequests();
    assertError(await failure(() => scene.client.uploadDataframe({ datatableId, ...table })), Class, ...said);
    assert.deepEqual(await scene.requests(), []);
  });
}

const BAD = [
  { CaseId: 1, Activity: 'Receive', StartTime: new Date('2025-01-02T08:00:00Z') },
  { CaseId: 1, Activity: 'Ship', StartTime: 'soon' },
];

test('a table with errors is refused before anything is sent, or sent with warnings', async () => {
  const datatableId = await scene.datatable();
  await scene.forgetRequests();
  for (const rows of [BAD, Readable.from(BAD)]) {
    const error = await failure(() => scene.client.uploadDataframe({ datatableId, rows, check: 'error' }));
    assertError(error, EventLogError, 'EVENT_LOG_INVALID', "'dataframe.csv' has errors", "line 3, column 'StartTime'");
  }
  assert.deepEqual(await scene.requests(), []);
  const { result, told } = await withWarnings(() =>
    scene.client.uploadDataframe({ datatableId, rows: Readable.from(BAD), check: 'warn' }),
  );
  assert.deepEqual(
    told,
    result.warnings.map((warning) => `EventLogWarning: ${warning}`),
  );
  assert.equal(told.length, 1);
  const good = await scene.client.uploadDataframe({ datatableId, rows: BAD.slice(0, 1), check: 'error' });
  assert.deepEqual(good.warnings, []);
  assert.deepEqual((await scene.client.uploadDataframe({ datatableId, rows: BAD })).warnings, []);
});

test('rows are no file', async () => {
  const datatableId = await scene.datatable();
  const error = await failure(() => scene.client.uploadFile({ datatableId, file: BAD, fileName: 'a.csv' }));
  assertError(error, InvalidArgumentError, 'INVALID_ARGUMENT', '`file` is a list', '`uploadDataframe`');
});
