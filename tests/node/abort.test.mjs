// Calls end when their signal says so: at once, and for the server, too.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { Client, checkEventLog } from 'processmind';
import { failure, LOG, ROOT, sleep, stage, until } from './support.mjs';

const scene = stage();
const STALL = { kind: 'delay', seconds: 30 };

/** Aborts a call that hangs, and gives how long it took to end. */
async function abortHanging(call, reason) {
  const controller = new AbortController();
  let aborted = 0;
  const ended = failure(() => call(controller.signal)).then((error) => ({ error, took: performance.now() - aborted }));
  await sleep(150);
  aborted = performance.now();
  controller.abort(reason);
  return ended;
}

test('a signal that is aborted already: nothing is sent', async () => {
  const datatableId = await scene.datatable();
  await scene.forgetRequests();
  const reason = new Error('not today');
  const signal = AbortSignal.abort(reason);
  assert.equal(await failure(() => scene.client.getTenant({ signal })), reason);
  const upload = () => scene.client.uploadFile({ datatableId, file: Buffer.from(LOG), fileName: 'a.csv', signal });
  assert.equal(await failure(upload), reason);
  assert.deepEqual(await scene.requests(), []);
});

test('every call takes a signal', async () => {
  const names = Object.getOwnPropertyNames(Client.prototype);
  const calls = names.filter((name) => !['constructor', 'close', 'tenantId', 'baseUrl'].includes(name));
  assert.ok(calls.length > 30);
  await scene.forgetRequests();
  const reason = new Error('not today');
  for (const name of calls) {
    assert.equal(await failure(() => scene.client[name]({ signal: AbortSignal.abort(reason) })), reason, name);
  }
  assert.equal(await failure(() => checkEventLog({ signal: AbortSignal.abort(reason) })), reason);
  assert.deepEqual(await scene.requests(), []);
});

test('the reason is the caller’s own', async () => {
  await scene.fault('/tenant', 'GET', STALL);
  const reason = { my: 'reason' };
  const { error } = await abortHanging((signal) => scene.client.getTenant({ signal }), reason);
  assert.equal(error, reason);
});

/** What a call can be waiting for: the call that comes to that, and how it shows that it was left. */
const PHASES = {
  'a connection': () => at(deafServer()),
  'the handshake': () => at(server(), { scheme: 'https' }),
  'an answer': () => at(server()),
  'the rest of an answer': () =>
    at(server((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{'))),
  'the next attempt': () => refused('/tenant', 'GET', ({ client, signal }) => client.getTenant({ signal })),
  'a presigned URL': () => at(server(), { call: upload }),
  'storage to take the bytes': () =>
    at(
      storage((socket) => socket.pause()),
      { call: upload },
    ),
  'the answer of storage': () =>
    at(
      storage(() => {}),
      { call: upload },
    ),
  'the next attempt of an upload': () => refused('/processmind-uploads', 'PUT', upload),
  'a stream': () => {
    const file = new Readable({ read() {} });
    file.push(Buffer.from(LOG));
    return { call: (signal) => stream(file, signal), isLeft: () => file.destroyed };
  },
  'a web stream': () => {
    let reason;
    const file = new ReadableStream({ cancel: () => (reason = 'left') });
    return { call: (signal) => stream(file, signal), isLeft: () => reason === 'left' };
  },
  'an iterator': () => {
    let isLeft = false;
    const file = {
      [Symbol.asyncIterator]: () => ({
        next: () => sleep(300).then(() => ({ done: false, value: Buffer.from(LOG) })),
        return: async () => {
          isLeft = true;
          return { done: true };
        },
      }),
    };
    return { call: (signal) => stream(file, signal), isLeft: () => isLeft };
  },
};

for (const [what, set] of Object.entries(PHASES)) {
  test(`a call that waits for ${what} ends within 100 ms, and what it waited for is left`, async (t) => {
    const { call, isLeft = () => true, close = () => {} } = await set();
    await scene.forgetRequests();
    try {
      const { error, took } = await abortHanging(call);
      assert.equal(error.name, 'AbortError');
      assert.ok(took < 100, `${took} ms`);
      const aborted = performance.now() - took;
      await until(async () => (await isLeft()) && !isOpen('large.csv'), 'it was left');
      t.diagnostic(`ended after ${took.toFixed(1)} ms, left within ${Math.ceil(performance.now() - aborted)} ms`);
      assert.deepEqual(await scene.uploads(), []);
    } finally {
      await scene.noFaults();
      close();
    }
  });
}

/** A call to a server of its own. */
async function at(starting, { scheme = 'http', call = ({ client, signal }) => client.getTenant({ signal }) } = {}) {
  const { port, ...server } = await starting;
  const client = new Client({ ...scene.options, baseUrl: `${scheme}://127.0.0.1:${port}` });
  return { call: (signal) => call({ client, datasetId: 's', signal }), ...server };
}

/** A call that is to be tried again much later, which it then is not. */
async function refused(path, method, call) {
  const datatableId = await scene.datatable();
  await scene.fault(path, method, { kind: 'status', status: 503, retry_after: 30 });
  const isLeft = async () => (await scene.requests()).filter((request) => request.method === method).length === 1;
  return { call: (signal) => call({ client: scene.client, datatableId, signal }), isLeft };
}

function upload({ client, datatableId = 'd', datasetId, signal }) {
  return client.uploadFile({ datatableId, datasetId, filePath: scene.largeFile(), signal });
}

function stream(file, signal) {
  return scene.client.uploadFile({ datatableId: 'd', file, fileName: 'a.csv', signal });
}

/** A server that knows when it is left; what it says to a request is not enough. */
async function server(answer = () => {}) {
  const sockets = new Set();
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    socket.on('data', (request) => answer(socket, request, listener.address()));
  });
  await once(listener.listen(0, '127.0.0.1'), 'listening');
  const isLeft = () => {
    for (const socket of sockets) {
      // One that reads nothing sees a reset only when it writes.
      if (socket.isPaused()) {
        socket.write('HTTP/1.1 100 Continue\r\n\r\n');
      }
    }
    return sockets.size === 0;
  };
  return { port: listener.address().port, isLeft, close: () => listener.close() };
}

/** An API whose presigned URL leads to itself, and a storage that is never done. */
function storage(receive) {
  return server((socket, request, { port }) => {
    if (!request.subarray(0, 4).equals(Buffer.from('GET '))) {
      receive(socket);
      return;
    }
    const body = JSON.stringify({ PreSignedUploadUrl: `http://127.0.0.1:${port}/bucket/key?X-Amz-Signature=abc` });
    socket.write(`HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
  });
}

/** Whether this process holds a file of this name open. */
function isOpen(name) {
  return readdirSync('/proc/self/fd').some((descriptor) => {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`).endsWith(`/${name}`);
    } catch {
      return false; // closed meanwhile
    }
  });
}

/** One to which no connection can be made: its queue is full, and it is stopped. */
async function deafServer() {
  const script =
    'require("net").createServer().listen({port:0,host:"127.0.0.1",backlog:1},function(){console.log(this.address().port)})';
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = Number(await once(child.stdout, 'data'));
  child.kill('SIGSTOP');
  const queue = [];
  for (let isFull = false; !isFull; ) {
    const socket = connect(port, '127.0.0.1');
    queue.push(socket.on('error', () => {}));
    isFull = await Promise.race([once(socket, 'connect').then(() => false), sleep(200).then(() => true)]);
  }
  const close = () => {
    child.kill('SIGKILL');
    for (const socket of queue) {
      socket.destroy();
    }
  };
  return { port, close };
}

const RESOLVING = `
  const { existsSync } = require('node:fs');
  const { Client } = require('processmind');
  const client = new Client({ apiKey: 'k', tenantId: 't', baseUrl: 'https://api.example.org', proxy: '' });
  const controller = new AbortController();
  let aborted;
  client.getTenant({ signal: controller.signal }).catch(({ name }) => {
    process.stdout.write(JSON.stringify({ name, took: performance.now() - aborted }));
  });
  const timer = setInterval(() => {
    if (existsSync(process.env.DNS_ASKED)) {
      clearInterval(timer);
      aborted = performance.now();
      controller.abort();
    }
  }, 5);
`;

test('a call that waits for the address of a name ends within 100 ms, and its process within 1 s', async (t) => {
  const library = join(scene.folder, 'dns.so');
  execFileSync('cc', ['-shared', '-fPIC', '-o', library, join(ROOT, 'tests/data/slow_dns.c')]);
  const env = { ...process.env, LD_PRELOAD: library, DNS_ASKED: join(scene.folder, 'asked') };
  const child = spawn(process.execPath, ['-e', RESOLVING], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const { name, took } = JSON.parse(await once(child.stdout, 'data'));
  const done = performance.now();
  assert.equal(name, 'AbortError');
  assert.ok(took < 100, `${took} ms`);
  t.diagnostic(`ended after ${took.toFixed(1)} ms`);
  assert.deepEqual(await ended, [0, null]);
  assert.ok(performance.now() - done < 1000);
});

test('a timeout signal works, and one signal serves many calls', async () => {
  await scene.fault('/tenant', 'GET', STALL, 3);
  const signal = AbortSignal.timeout(100);
  const calls = [1, 2, 3].map(() => failure(() => scene.client.getTenant({ signal })));
  for (const error of await Promise.all(calls)) {
    assert.equal(error.name, 'TimeoutError');
  }
});

test('a signal keeps its own handler, and none of ours stays', async () => {
  const controller = new AbortController();
  const onabort = () => {};
  controller.signal.onabort = onabort;
  await scene.client.getTenant({ signal: controller.signal });
  assert.equal(controller.signal.onabort, onabort);
  controller.abort();
  assert.equal((await scene.client.getTenant()).id, scene.account.tenantId);
});
