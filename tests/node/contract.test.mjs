// The contract cases that every language runs: what a call puts on the wire, and what the caller gets.

import assert from 'node:assert/strict';
import { readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, suite, test } from 'node:test';
import * as processmind from 'processmind';
import { failure, ROOT, stage } from './support.mjs';

const scene = stage();
const tenantId = 'tenant-123';
const CASES = JSON.parse(readFileSync(join(ROOT, 'tests/contract/cases.json'), 'utf8'));

/** Both ways to call a helper by its documented name. */
const WAYS = {
  Client: () => new processmind.Client({ ...scene.options, tenantId, maxRetries: 0 }),
  helpers: () => {
    const account = { ...scene.account, tenantId };
    const bound = ([name, helper]) => [name, (args) => helper({ ...account, ...args })];
    return Object.fromEntries(Object.entries(processmind).filter(isHelper).map(bound));
  },
};

function isHelper([name, value]) {
  return typeof value === 'function' && /^[a-z]/.test(name);
}

for (const [way, open] of Object.entries(WAYS)) {
  suite(way, () => {
    afterEach(async () => {
      await scene.noFaults();
      await scene.forgetRequests();
    });

    for (const { page, name, helper, arguments: args, file, request, requests, answers, error, ...more } of CASES) {
      test(`${page}: ${name}`, async () => {
        const api = open();
        assert.equal(typeof api[helper], 'function', `there is no ${helper}`);
        const call = (own = args) => api[helper]({ ...own, ...given(file) });
        if (requests !== undefined) {
          await uploaded(call, { arguments: args, requests, error, ...more });
        } else if (answers === undefined) {
          assertFailure(await failure(call), error);
          assert.deepEqual(await scene.requests(), []);
        }
        for (const answer of answers ?? []) {
          await answered(call, request, answer);
        }
      });
    }
  });
}

/** The file of a case, as an argument. */
function given(file) {
  if (file === undefined || file.name === undefined) {
    return file && { file: Buffer.from(file.content) };
  }
  if (file.content === undefined) {
    return { filePath: file.name };
  }
  const filePath = scene.file(file.name, file.content);
  utimesSync(filePath, file.modified, file.modified);
  return { filePath };
}

/** An upload to a datatable of its own, and all that it sends. */
async function uploaded(call, details) {
  const { arguments: args, requests, fault, result, error } = await placed(details);
  if (fault !== undefined) {
    const { method, path, contentType, ...answer } = fault;
    await scene.fault(path, method, { kind: 'status', content_type: contentType, ...answer });
  }
  if (error === undefined) {
    const upload = await call(args);
    assert.deepEqual({ ...upload, ...result }, upload);
  } else {
    assertFailure(await failure(() => call(args)), error);
  }
  const sent = await scene.requests();
  assert.equal(sent.length, requests.length, JSON.stringify(sent));
  for (const [at, request] of requests.entries()) {
    (request.method === 'PUT' ? assertPut : assertRequest)(sent[at], request);
  }
}

/** The case with the ids of a new datatable. */
async function placed(details) {
  const datatable = await scene.client.getDatatable({ datatableId: await scene.datatable() });
  await scene.forgetRequests();
  const text = JSON.stringify(details)
    .replaceAll('{tenantId}', scene.account.tenantId)
    .replaceAll('{datasetId}', datatable.datasetId)
    .replaceAll('{datatableId}', datatable.id);
  return JSON.parse(text);
}

/** What goes to storage: the bytes, with nothing that the URL did not sign, and no key. */
function assertPut(sent, { method, headers }) {
  assert.deepEqual([sent.origin, sent.method, sent.hasApiKey], ['storage', method, false]);
  for (const [name, value] of Object.entries(headers)) {
    assert.equal(sent.headers[name], value ?? undefined);
  }
  const unwanted = (name) => name.startsWith('x-') || name === 'authorization' || name === 'transfer-encoding';
  assert.deepEqual(Object.keys(sent.headers).filter(unwanted), []);
}

/** A call that goes out, and one answer to it. */
async function answered(call, request, { status, body, contentType, headers, result, error, then = [] }) {
  const retryAfter = headers?.['retry-after'];
  const fault = { kind: 'status', status, body, content_type: contentType, retry_after: retryAfter };
  await scene.fault('/tenant', undefined, fault);
  await scene.forgetRequests();
  if (error === undefined) {
    assert.deepEqual(await call(), result);
  } else {
    assertFailure(await failure(call), error);
  }
  const [sent, ...more] = await scene.requests();
  assertRequest(sent, request);
  assert.deepEqual(
    more.map(({ method, path }) => ({ method, path })),
    then,
  );
}

function assertRequest(sent, { method, path, query, body }) {
  assert.deepEqual([sent.method, sent.path], [method, path]);
  assert.deepEqual(sent.body === '' ? undefined : JSON.parse(sent.body), body);
  assert.equal(sent.headers['content-type'] !== undefined, body !== undefined);
  assert.equal(sent.hasApiKey, true);
  assert.match(sent.headers['user-agent'], /^processmind-node\/\d/);
  if (query !== undefined) {
    assert.deepEqual(Object.fromEntries(new URLSearchParams(sent.query)), query);
  }
}

function assertFailure(error, { class: name, code, text, status }) {
  assert.ok(error instanceof processmind[name], `${error?.stack}\nis no ${name}`);
  assert.deepEqual([error.name, error.code], [name, code]);
  for (const part of text) {
    assert.ok(error.message.includes(part), `"${part}" is not in:\n${error.message}`);
  }
  if (status !== undefined) {
    assert.equal(error.status, status);
  }
  assert.ok(error.message.split('\n').length <= 4, error.message);
}
