// What people get wrong: the class, the code and the text that says what to do; and nothing is half-sent.

import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as processmind from 'processmind';
import { assertError, failure, LOG, MODEL, stage } from './support.mjs';

const scene = stage();
const FIVE_GIB = 5 * 1024 ** 3;

/** Asserts that a call fails so, and that not one request was sent. */
async function refused(call, Class, code, ...parts) {
  await scene.forgetRequests();
  assertError(await failure(call), Class, code, ...parts);
  assert.deepEqual(await scene.requests(), []);
}

const { getTenant, uploadFile, ConfigurationError, InvalidArgumentError } = processmind;

test('no key', async () => {
  const { tenantId, apiUrl } = scene.account;
  for (const apiKey of [undefined, '']) {
    const call = () => getTenant({ apiKey, tenantId, apiUrl });
    await refused(call, ConfigurationError, 'INVALID_CONFIGURATION', 'API key', '`apiKey`', 'PROCESSMIND_API_KEY');
  }
});

test('no tenant', async () => {
  const { apiKey, apiUrl } = scene.account;
  const call = () => new processmind.Client({ apiKey, baseUrl: apiUrl });
  await refused(call, ConfigurationError, 'INVALID_CONFIGURATION', 'tenant', '`tenantId`', 'PROCESSMIND_TENANT_ID');
});

test('a key with a line break', async () => {
  const apiKey = 'canary-key\r\nx-admin: 1';
  const call = () => getTenant({ ...scene.account, apiKey });
  await refused(call, ConfigurationError, 'INVALID_CONFIGURATION', 'line break');
});

test('a base URL without TLS', async () => {
  const call = () => getTenant({ ...scene.account, apiUrl: 'http://example.org' });
  await refused(call, ConfigurationError, 'INVALID_CONFIGURATION', 'http://example.org', 'https://');
});

test('options of the wrong type', async () => {
  const cases = [
    [{ apiKey: 7 }, '`apiKey`', 'a string', 'number'],
    [{ timeout: '60' }, '`timeout`', 'a number', 'string'],
    [{ timeout: -1 }, 'timeout'],
    [{ maxRetries: -1 }, '`maxRetries`', '-1', 'Pass 0'],
    [{ maxRetries: 0.5 }, '`maxRetries`', 'whole number, not this one'],
  ];
  for (const [options, ...parts] of cases) {
    const error = await failure(() => new processmind.Client({ ...scene.options, ...options }));
    assert.ok(error instanceof processmind.ProcessMindError);
    for (const part of parts) {
      assert.ok(error.message.includes(part), error.message);
    }
  }
});

test('ids that are none', async () => {
  for (const datasetId of ['', '.', '..']) {
    const call = () => scene.client.getDataset({ datasetId });
    await refused(call, InvalidArgumentError, 'INVALID_ARGUMENT', '`datasetId`', `'${datasetId}'`);
  }
  const elsewhere = () => scene.client.getTenant({ tenantId: '..' });
  await refused(elsewhere, InvalidArgumentError, 'INVALID_ARGUMENT', '`tenantId`');
});

test('arguments that are missing', async () => {
  const { client } = scene;
  const cases = [
    [() => client.getDatatable({}), '`datatableId` is missing'],
    [() => client.getDatatable({ datatableId: null }), '`datatableId` is missing'],
    [() => client.getDatatable({ datatableId: 7 }), '`datatableId` has to be a string, not'],
    [() => client.getDatatable(), 'one object'],
    [() => client.getDatatable('id'), 'one object'],
    [() => client.createProcess({}), '`displayName` is missing'],
    [() => client.createProcess({ displayName: ' ' }), '`displayName` is empty'],
    [() => client.createProcess({ displayName: 'a', treeNodeType: 'Folder' }), '`treeNodeType`', 'TreeGroup'],
    [() => client.createProcessMapping({ processId: 'p' }), '`dataTableId` is missing'],
    [() => client.createProcessMapping({ processId: 'p', dataTableId: 'd', color: { id: 1 } }), '`color`'],
    [() => client.uploadBpmn({ processId: 'p' }), '`bpmnXml` is missing'],
    [() => client.uploadFile({ file: Buffer.from(LOG) }), '`datatableId` is missing'],
    [() => client.uploadFile({ datatableId: 'd', filePath: MODEL, verify: 'no' }), '`verify`', 'true or false'],
    [
      () => client.getPresignedUploadUrl({ datatableId: 'd' }),
      '`fileName`',
      '`fileSize`',
      '`fileLastModified`',
      'Pass the file itself',
    ],
    [() => client.getTenant({ signal: new AbortController() }), '`signal`', 'AbortSignal'],
    [() => client.uploadFile({ datatableId: 'd', filePath: MODEL, onProgress: true }), '`onProgress`'],
  ];
  for (const [call, ...parts] of cases) {
    await refused(call, InvalidArgumentError, 'INVALID_ARGUMENT', ...parts);
  }
});

test('options that are unknown', async () => {
  const { client, account, options } = scene;
  const { apiUrl, ...who } = account;
  const upload = { datatableId: 'd', file: Buffer.from(LOG), fileName: 'log.csv' };
  const presign = { datatableId: 'd', fileName: 'a.csv', fileSize: 1, fileLastModified: 1 };
  const cases = [
    [() => new processmind.Client({ ...who, apiUrl }), "'apiUrl' is no option", 'Pass `baseUrl`', '`extraHeaders`'],
    [() => new processmind.Client({ ...options, maxRetry: 0 }), "'maxRetry'", '`maxRetries`'],
    [() => new processmind.Client({ ...options, base_url: apiUrl }), "'base_url'", 'Did you mean `baseUrl`?'],
    [() => getTenant({ ...who, baseUrl: apiUrl }), "'baseUrl'", 'pass `apiUrl`', '`tenantId`', '`signal`', '`apiKey`'],
    [() => getTenant({ ...account, timeout: 5 }), "'timeout'", 'new Client'],
    [() => client.getTenant({ apiUrl }), "'apiUrl'", '`baseUrl`'],
    [() => client.getTenant({ apiKey: 'k' }), "'apiKey'", 'new Client'],
    [() => client.getTenant({ id: null }), "'id'", 'Did you mean `tenantId`?'],
    [() => client.uploadFile({ ...upload, progress: true }), "'progress'", 'Did you mean `onProgress`?', '`verify`'],
    [() => client.uploadFile({ ...upload, maxRetries: 1 }), "'maxRetries'", 'new Client'],
    [() => uploadFile({ ...account, ...upload, progress: true }), "'progress'", '`onProgress`', '`apiUrl`'],
    [
      () => client.getPresignedUploadUrl({ ...presign, valid_for_seconds: 60 }),
      "'valid_for_seconds'",
      '`validForSeconds`?',
    ],
    [
      () => client.createProcessMapping({ processId: 'p', datatableId: 'd' }),
      '`dataTableId` is',
      "not as 'datatableId'",
    ],
    [() => client.getDatatable({ dataTableId: 'd' }), '`datatableId` is', "not as 'dataTableId'"],
    [() => client.getDatatable({ datatableId: 'd', dataTableId: 'd' }), "'dataTableId'", 'mean `datatableId`?'],
    [() => client.createDataset({ displayName: 'D', description: 'x' }), "'description'", '`treeParentId`'],
    [() => client.updateProcess({ processId: 'p', name: 'x' }), "'name'", '`displayName`'],
    [() => client.uploadBpmnFile({ processId: 'p', filePath: MODEL, file: MODEL }), "'file'", '`filePath`'],
    [() => client.request({ method: 'GET', path: '/x', tenantId: 't' }), "'tenantId'", '`query`'],
  ];
  for (const [call, ...parts] of cases) {
    await refused(call, InvalidArgumentError, 'INVALID_ARGUMENT', ...parts, 'Nothing was sent');
  }
  const tenant = await client.getTenant({ apiUrl: undefined, tenantId: undefined, signal: undefined });
  assert.equal(tenant.id, account.tenantId);
  const inherited = Object.create({ of: 'another' }, { tenantId: { value: account.tenantId, enumerable: true } });
  assert.equal((await client.getTenant(inherited)).id, account.tenantId);
});

test('files that can’t be sent', async () => {
  const { SourceError, EmptyFileError, UnsupportedFormatError, FileTooLargeError } = processmind;
  const sparse = scene.file('sparse.csv', '');
  truncateSync(sparse, FIVE_GIB + 1);
  mkdirSync(join(scene.folder, 'folder.csv'));
  const cases = [
    [join(scene.folder, 'missing.csv'), SourceError, 'SOURCE_UNREADABLE', 'missing.csv', 'Check the path'],
    [join(scene.folder, 'folder.csv'), SourceError, 'SOURCE_UNREADABLE', 'folder.csv', 'folder'],
    [scene.file('empty.csv', ''), EmptyFileError, 'EMPTY_FILE', 'empty.csv', '`allowEmpty`'],
    [scene.file('log.parquet', LOG), UnsupportedFormatError, 'UNSUPPORTED_FORMAT', 'csv', '`allowAnyFormat`'],
    [sparse, FileTooLargeError, 'FILE_TOO_LARGE', '5 GiB', 'Split'],
  ];
  const datatableId = await scene.datatable();
  for (const [filePath, ...expected] of cases) {
    await refused(() => uploadFile({ ...scene.account, datatableId, filePath }), ...expected);
  }
  const empty = () => uploadFile({ ...scene.account, datatableId, file: new Blob([]), fileName: 'empty.csv' });
  await refused(empty, EmptyFileError, 'EMPTY_FILE');
  assert.deepEqual(await scene.uploads(), []);
});

for (const [what, change] of Object.entries({
  grows: (path) => appendFileSync(path, LOG),
  shrinks: (path) => truncateSync(path, 1000),
})) {
  test(`a file that ${what} while it is sent`, async () => {
    const datatableId = await scene.datatable();
    const filePath = scene.file(`${what}.csv`, Buffer.alloc(64 * 1024 * 1024, LOG));
    // It fits into no socket's buffer: its last bytes are read after this.
    await scene.fault('/processmind-uploads', 'PUT', { kind: 'delay', seconds: 0.5 });
    let isChanged = false;
    const onProgress = ({ phase }) => {
      if (phase === 'sending' && !isChanged) {
        isChanged = true;
        change(filePath);
      }
    };
    const error = await failure(() => scene.client.uploadFile({ datatableId, filePath, onProgress }));
    assertError(error, processmind.SourceChangedError, 'SOURCE_CHANGED', 'changed');
    assert.deepEqual(await scene.uploads(), []);
  });
}

test('BPMN that is none', async () => {
  const { id: processId } = await scene.client.createProcess({ displayName: 'P' });
  const { InvalidBpmnError, SourceError } = processmind;
  const cases = [
    ['case;activity', 'not XML'],
    ['<definitions>', 'not well-formed XML'],
    ['<html/>', '<html>'],
    ['<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', 'no <process>'],
  ];
  for (const [bpmnXml, ...parts] of cases) {
    const text = () => scene.client.uploadBpmn({ processId, bpmnXml });
    await refused(text, InvalidBpmnError, 'INVALID_BPMN', 'BPMN 2.0', ...parts);
    const filePath = scene.file('model.bpmn', bpmnXml);
    await refused(
      () => scene.client.uploadBpmnFile({ processId, filePath }),
      InvalidBpmnError,
      'INVALID_BPMN',
      ...parts,
    );
  }
  const missing = () => scene.client.uploadBpmnFile({ processId, filePath: 'no/such.bpmn' });
  await refused(missing, SourceError, 'SOURCE_UNREADABLE', 'no/such.bpmn');
});

test('a wrong key', async () => {
  const error = await failure(() => getTenant({ ...scene.account, apiKey: 'canary-wrong-key-0123' }));
  assertError(error, processmind.PermissionDeniedError, 'PERMISSION_DENIED', '403', 'PROCESSMIND_API_KEY');
  assert.ok(error instanceof processmind.ApiStatusError);
  assert.deepEqual([error.status, error.method, error.attempts], [403, 'GET', 1]);
  assert.equal(error.url, `${scene.account.apiUrl}/tenant/${scene.account.tenantId}`);
  assert.match(error.body, /Forbidden/);
  assert.match(error.requestId, /./);
});

test('an unknown datatable', async () => {
  const filePath = scene.file('orders.csv', LOG);
  for (const call of [
    () => scene.client.getDatatable({ datatableId: 'unknown' }),
    () => scene.client.uploadFile({ datatableId: 'unknown', filePath }),
  ]) {
    assertError(await failure(call), processmind.NotFoundError, 'NOT_FOUND', '404', 'unknown', '`getDatatables`');
  }
  assert.deepEqual(await scene.uploads(), []);
});

test('a mapping before BPMN', async () => {
  const { id: processId } = await scene.client.createProcess({ displayName: 'P' });
  const dataTableId = await scene.datatable();
  const error = await failure(() => scene.client.createProcessMapping({ processId, dataTableId }));
  assertError(error, processmind.ConflictError, 'CONFLICT', '409', '`uploadBpmn`');
  assert.deepEqual(await scene.client.getProcessMappings({ processId }), []);
});

test('an answer that is a web page', async () => {
  const page = { body: '<!DOCTYPE html><html>Sign in</html>', content_type: 'text/html' };
  const client = new processmind.Client({ ...scene.options, maxRetries: 0 });
  await scene.fault('/tenant', 'GET', { kind: 'status', status: 200, ...page });
  const decode = await failure(() => client.getTenant());
  assertError(decode, processmind.ResponseDecodeError, 'RESPONSE_DECODE_FAILED', 'web page', 'PROCESSMIND_BASE_URL');

  await scene.fault('/tenant', 'GET', { kind: 'status', status: 502, ...page });
  const gateway = await failure(() => client.getTenant());
  assertError(gateway, processmind.ServerError, 'SERVER_ERROR', '502', 'PROCESSMIND_BASE_URL');
});

test('a create whose answer is lost', async () => {
  await scene.fault('/tenant', 'POST', { kind: 'status', status: 500 });
  const error = await failure(() => scene.client.createProcess({ displayName: 'P' }));
  assertError(error, processmind.AmbiguousResultError, 'AMBIGUOUS_RESULT', 'may exist');
});

test('too many requests', async () => {
  await scene.fault('/tenant', 'GET', { kind: 'status', status: 429, retry_after: '3600' });
  const error = await failure(() => scene.client.getTenant());
  assertError(error, processmind.RateLimitError, 'RATE_LIMITED', '429');
  assert.equal(error.retryAfter, 3600);
});

test('a client that was closed', async () => {
  const client = new processmind.Client(scene.options);
  client[Symbol.dispose ?? 'close']?.();
  client.close();
  await refused(() => client.getTenant(), processmind.ClientClosedError, 'CLIENT_CLOSED', 'closed');
});

test('nobody listens', async () => {
  const client = new processmind.Client({ ...scene.options, baseUrl: 'http://127.0.0.1:9', maxRetries: 0 });
  const error = await failure(() => client.getTenant());
  assertError(error, processmind.ConnectionFailedError, 'CONNECTION_FAILED', 'No connection', '127.0.0.1:9');
  assert.ok(error.cause instanceof Error);
  assert.ok(error.cause.cause instanceof Error);
});
