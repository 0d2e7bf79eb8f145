// The caller's own requests and headers: as they are given, with the manners of every other call.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, InvalidArgumentError, NotFoundError, ProcessMindError } from 'processmind';
import { assertError, failure, LOG, stage } from './support.mjs';

const scene = stage();

/** What a request puts on the wire. */
async function wire(args) {
  await scene.fault('/', args.method, { kind: 'status', status: 200, body: '{"is":["it"]}' });
  await scene.forgetRequests();
  assert.deepEqual(await scene.client.request(args), { is: ['it'] });
  const [{ method, path, query, body, hasApiKey }] = await scene.requests();
  return { method, path, query, body, hasApiKey };
}

test('a request goes out as it is given', async () => {
  assert.deepEqual(await wire({ method: 'GET', path: '/what/a%20path' }), {
    method: 'GET',
    path: '/what/a%20path',
    query: null,
    body: '',
    hasApiKey: true,
  });
  for (const query of [{ b: 'ö &', a: 2, c: true, d: undefined }, new URLSearchParams('b=%C3%B6+%26&a=2&c=true')]) {
    const sent = await wire({ method: 'DELETE', path: '/x', query });
    assert.equal(sent.query, 'b=%C3%B6+%26&a=2&c=true');
  }
  assert.equal((await wire({ method: 'GET', path: '/x', query: new URLSearchParams('a=1&a=2') })).query, 'a=1&a=2');
});

test('a body is what JSON.stringify makes of it', async () => {
  const bodies = [{ at: new Date(0), list: [1, 2.5, null, 'é'], none: undefined }, [], 'text', 0, false, null];
  for (const body of bodies) {
    const sent = await wire({ method: 'POST', path: '/x', body });
    assert.deepEqual(JSON.parse(sent.body), JSON.parse(JSON.stringify(body)));
  }
});

test('an integer that is no safe one comes as a string', async () => {
  const body =
    '{"n":12345678901234567890123,"m":-9007199254740993,"safe":9007199254740991,"f":1.5,"s":"9007199254740993"}';
  await scene.fault('/x', 'GET', { kind: 'status', status: 200, body });
  assert.deepEqual(await scene.client.request({ method: 'GET', path: '/x' }), {
    n: '12345678901234567890123',
    m: '-9007199254740993',
    safe: Number.MAX_SAFE_INTEGER,
    f: 1.5,
    s: '9007199254740993',
  });
});

test('a request is tried again, fails and ends as every call does', async () => {
  const path = `/tenant/${scene.account.tenantId}`;
  await scene.fault('/tenant', 'GET', { kind: 'status', status: 503 });
  assert.equal((await scene.client.request({ method: 'GET', path })).id, scene.account.tenantId);
  const error = await failure(() => scene.client.request({ method: 'GET', path: `${path}/datasets/unknown` }));
  assertError(error, NotFoundError, 'NOT_FOUND', '404');
  await scene.fault('/tenant', 'GET', { kind: 'delay', seconds: 30 });
  const aborted = await failure(() => scene.client.request({ method: 'GET', path, signal: AbortSignal.timeout(50) }));
  assert.equal(aborted.name, 'TimeoutError');
});

test('a request that can’t be one is refused', async () => {
  await scene.forgetRequests();
  const cyclic = {};
  cyclic.self = cyclic;
  const get = { method: 'GET', path: '/x' };
  const cases = [
    [undefined, '`method` is missing'],
    [{ method: 'GET' }, '`path` is missing'],
    [{ method: 'BREW', path: '/x' }, "'BREW'", 'PATCH'],
    [{ method: 'GET', path: 'https://elsewhere.org/' }, '`path`'],
    [{ method: 'GET', path: '//elsewhere.org/' }, '`path`'],
    [{ method: 'GET', path: '/tenant/../x' }, '`path`'],
    [{ method: 'GET', path: '/x?a=1' }, '`query`'],
    [{ ...get, query: 'a=1' }, '`query`', 'object'],
    [{ ...get, query: new Map([['a', '1']]) }, '`query`', 'object'],
    [{ ...get, query: { a: ['1'] } }, "'a'", 'URLSearchParams'],
    [{ ...get, body: cyclic }, '`body`', 'JSON'],
    [{ ...get, body: 1n }, '`body`', 'JSON'],
    [{ ...get, body: () => {} }, '`body`', 'function'],
  ];
  for (const [args, ...parts] of cases) {
    const error = await failure(() => scene.client.request(args));
    assertError(error, InvalidArgumentError, 'INVALID_ARGUMENT', ...parts);
  }
  assert.deepEqual(await scene.requests(), []);
});

test('extra headers go with every API call, and never to storage', async () => {
  const extraHeaders = { 'X-Run': 'nightly', 'x-left-out': undefined };
  const client = new Client({ ...scene.options, extraHeaders });
  const datatableId = await scene.datatable();
  await scene.forgetRequests();
  await client.uploadFile({ datatableId, file: Buffer.from(LOG), fileName: 'orders.csv' });
  const requests = await scene.requests();
  assert.ok(requests.some(({ origin }) => origin === 'storage'));
  for (const { origin, headers } of requests) {
    assert.equal(headers['x-run'], origin === 'api' ? 'nightly' : undefined);
    assert.equal(headers['x-left-out'], undefined);
  }
});

test('headers that can’t be sent are refused', async () => {
  const cases = [
    ['x-run: 1', 'an object of strings, not a string'],
    [['x-run', '1'], 'an object of strings, not this one'],
    [{ 'x-run': 1 }, 'an object of strings, not this one'],
    [new Headers({ 'x-run': '1' }), 'an object of strings, not this one'],
    [new Map([['x-run', '1']]), 'an object of strings, not this one'],
    [{ 'x-run': 'a\r\nb: c' }, 'x-run'],
    [{ 'x-api-key': 'other' }, 'x-api-key'],
  ];
  for (const [extraHeaders, part] of cases) {
    const error = await failure(() => new Client({ ...scene.options, extraHeaders }));
    assert.ok(error instanceof ProcessMindError, error);
    assert.ok(error.message.includes(part), error.message);
    assert.notEqual(error.code, 'INTERNAL');
  }
});
