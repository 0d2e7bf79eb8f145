// Everything that an upload takes its bytes from.

import assert from 'node:assert/strict';
import { appendFileSync, createReadStream, openAsBlob } from 'node:fs';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { InvalidArgumentError, SourceError } from 'processmind';
import { assertError, failure, LOG, sha256, stage } from './support.mjs';

const scene = stage();
const fileName = 'orders.csv';

/** Uploads and gives what storage has of it. */
async function stored(args) {
  const datatableId = await scene.datatable();
  await scene.client.uploadFile({ datatableId, ...args });
  const [upload] = (await scene.uploads()).filter((upload) => upload.datatableId === datatableId);
  return upload;
}

const SOURCES = {
  Buffer: () => Buffer.from(LOG),
  'a part of a larger buffer': () => Buffer.from(`###${LOG}###`).subarray(3, 3 + LOG.length),
  Uint8Array: () => new TextEncoder().encode(LOG),
  ArrayBuffer: () => new TextEncoder().encode(LOG).buffer,
  Blob: () => new Blob([LOG]),
  'a web stream': () => new Blob([LOG]).stream(),
  'a web stream that can’t be iterated': () => {
    const stream = new Blob([LOG]).stream();
    return { getReader: () => stream.getReader() };
  },
  'the body of an answer': () => new Response(LOG).body,
  'shared memory': () => {
    const bytes = new Uint8Array(new SharedArrayBuffer(LOG.length));
    bytes.set(new TextEncoder().encode(LOG));
    return bytes;
  },
  'a file stream': () => createReadStream(scene.file('stream.csv', LOG), { highWaterMark: 7 }),
  'a stream of pieces': () => Readable.from([Buffer.from(LOG.slice(0, 9)), Buffer.from(LOG.slice(9))]),
  'an async generator': () =>
    (async function* () {
      yield Buffer.from(LOG.slice(0, 9));
      yield Buffer.from(LOG.slice(9));
    })(),
  'a blob of a file': () => openAsBlob(scene.file('blob.csv', LOG)),
};

for (const [name, make] of Object.entries(SOURCES)) {
  test(`${name} arrives as it is`, async () => {
    const upload = await stored({ file: await make(), fileName });
    assert.equal(upload.sha256, sha256(LOG));
    assert.equal(upload.fileName, fileName);
  });
}

test('a File brings its name and type; what the caller says goes first', async () => {
  const file = new File([LOG], fileName, { type: 'text/x-log' });
  assert.equal((await stored({ file })).contentType, 'text/x-log');
  const upload = await stored({ file, fileName: 'other.tsv', contentType: 'text/plain' });
  assert.deepEqual([upload.fileName, upload.contentType], ['other.tsv', 'text/plain']);
  assert.equal((await stored({ file: new File([LOG], fileName), contentType: undefined })).contentType, 'text/csv');
  const unsaid = await stored({ file, fileName: null, contentType: null });
  assert.deepEqual([unsaid.fileName, unsaid.contentType], [fileName, 'text/x-log']);
});

test('a blob of many pieces arrives whole', async () => {
  const content = Buffer.alloc(20 * 1024 * 1024, LOG);
  const upload = await stored({ file: new Blob([content]), fileName });
  assert.equal(upload.sha256, sha256(content));
});

test('what is no file is refused with the fix', async () => {
  const datatableId = await scene.datatable();
  const before = await scene.requests();
  const cases = [
    [{ file: 'orders.csv' }, 'string', '`filePath`', 'Buffer.from'],
    [{}, '`file` or `filePath` is missing'],
    [{ file: null }, 'missing'],
    [{ file: 7 }, 'number'],
    [{ file: {} }, 'object'],
    [{ filePath: 7 }, '`filePath`', 'string'],
    [{ file: Buffer.from(LOG), filePath: 'orders.csv' }, 'Both'],
    [{ file: Buffer.from(LOG) }, '`fileName`'],
    [{ file: Readable.from(['text']), fileName }, 'no bytes'],
  ];
  for (const [args, ...parts] of cases) {
    const error = await failure(() => scene.client.uploadFile({ datatableId, ...args }));
    assertError(error, InvalidArgumentError, 'INVALID_ARGUMENT', ...parts);
  }
  assert.equal((await scene.requests()).length, before.length);
});

test('a stream that fails is a source that can’t be read', async () => {
  const broken = new Error('the disk is gone');
  async function* file() {
    yield Buffer.from(LOG);
    throw broken;
  }
  const datatableId = await scene.datatable();
  const error = await failure(() => scene.client.uploadFile({ datatableId, file: file(), fileName }));
  assertError(error, SourceError, 'SOURCE_UNREADABLE', 'the disk is gone');
  assert.equal(error.cause, broken);
});

test('a stream is not read where the options can’t be right', async () => {
  let isRead = false;
  async function* file() {
    isRead = true;
    yield Buffer.from(LOG);
  }
  const datatableId = await scene.datatable();
  const wrong = [{}, { fileName: 'orders.parquet' }, { fileName, validForSeconds: 0 }, { fileName, speed: 'high' }];
  for (const args of wrong) {
    const error = await failure(() => scene.client.uploadFile({ datatableId, file: file(), ...args }));
    assert.match(error.message, /nothing was sent/i);
  }
  assert.equal(isRead, false);
});

test('bytes that are given away while they are sent arrive as they were', async () => {
  const datatableId = await scene.datatable();
  const content = Buffer.alloc(20 * 1024 * 1024, LOG);
  await scene.fault('/processmind-uploads', 'PUT', { kind: 'delay', seconds: 0.3 });
  const file = new Uint8Array(content);
  const call = scene.client.uploadFile({
    datatableId,
    file,
    fileName,
    onProgress: ({ phase }) =>
      phase === 'sending' && file.length > 0 && structuredClone(file, { transfer: [file.buffer] }),
  });
  assert.equal((await call).bytes, content.length);
  assert.equal(file.length, 0);
  const upload = (await scene.uploads()).find((upload) => upload.datatableId === datatableId);
  assert.equal(upload.sha256, sha256(content));
});

test('a stream is left as it should be', async () => {
  const datatableId = await scene.datatable();
  const ended = createReadStream(scene.file('ended.csv', LOG));
  await scene.client.uploadFile({ datatableId, file: ended, fileName });
  assert.ok(ended.destroyed);

  const texts = Readable.from(['text']);
  await failure(() => scene.client.uploadFile({ datatableId, file: texts, fileName }));
  assert.ok(texts.destroyed, 'a stream that was refused stays open');
});

const UNREADABLE = {
  'was destroyed': () => Readable.from([Buffer.from(LOG)]).destroy(),
  'was read before': async () => {
    const file = Readable.from([Buffer.from(LOG)]);
    await file.toArray();
    return file;
  },
  'is destroyed while it is read': () => {
    const file = new Readable({ read() {} });
    file.push(Buffer.from(LOG));
    setTimeout(() => file.destroy(), 20);
    return file;
  },
  'is being read elsewhere': () => {
    const file = new Blob([LOG]).stream();
    file.getReader();
    return file;
  },
  'is of a file that changed': async () => {
    const path = scene.file('changed.csv', LOG);
    const file = await openAsBlob(path);
    appendFileSync(path, LOG);
    return file;
  },
};

for (const [what, make] of Object.entries(UNREADABLE)) {
  test(`a source that ${what} can’t be read`, async () => {
    const [file, before] = [await make(), await scene.requests()];
    const error = await failure(() => scene.client.uploadFile({ datatableId: 'd', file, fileName }));
    assertError(error, SourceError, 'SOURCE_UNREADABLE', 'failed while it was read');
    assert.ok(error.cause instanceof Error);
    assert.equal((await scene.requests()).length, before.length);
  });
}

test('a presigned URL asks for no more than it needs', async () => {
  const datatableId = await scene.datatable();
  const facts = { fileName, fileSize: 9, fileLastModified: 1_700_000_000_000 };
  const ways = [
    facts,
    { file: new File([LOG], fileName) },
    { file: new Blob([LOG]), fileName },
    { file: Buffer.from(LOG), fileName },
    { filePath: scene.file(fileName, LOG) },
  ];
  for (const args of ways) {
    const url = await scene.client.getPresignedUploadUrl({ datatableId, validForSeconds: 60, ...args });
    assert.match(url, /X-Amz-Expires=60&/);
  }
  const stream = Readable.from([Buffer.from(LOG)]);
  const error = await failure(() => scene.client.getPresignedUploadUrl({ datatableId, file: stream }));
  assertError(error, InvalidArgumentError, 'INVALID_ARGUMENT', '`fileSize`');
});
