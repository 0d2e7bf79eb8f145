// What stands between the client and the server: proxies, and certificates.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttps } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { Client } from 'processmind';

const VARIABLES = [
  'HTTPS_PROXY',
  'https_proxy',
  'ALL_PROXY',
  'all_proxy',
  'NO_PROXY',
  'no_proxy',
  'NODE_EXTRA_CA_CERTS',
];
const account = { apiKey: 'k', tenantId: 't' };

let before;
beforeEach(() => {
  before = { ...process.env };
  for (const name of VARIABLES) delete process.env[name];
});
afterEach(() => {
  for (const name of VARIABLES) {
    delete process.env[name];
    if (before[name] !== undefined) process.env[name] = before[name];
  }
});

test('a variable that names no proxy is never passed by', () => {
  const values = [
    'htps://u:canary@127.0.0.1:1',
    'http:/127.0.0.1:1',
    'http://u:can#canary@127.0.0.1:1',
    'socks4://u:canary@h:1',
  ];
  for (const name of VARIABLES.slice(0, 4)) {
    for (const value of values) {
      process.env[name] = value;
      assert.throws(
        () => new Client(account),
        (error) =>
          error.code === 'INVALID_CONFIGURATION' &&
          error.message.startsWith(`${name} is not the URL of a proxy: `) &&
          !error.stack.includes('canary'),
      );
    }
    delete process.env[name];
  }
});

test('a proxy that refuses is named with its status', async () => {
  const asked = [];
  const proxy = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (head) => {
      asked.push(String(head));
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = `127.0.0.1:${proxy.address().port}`;
  process.env.HTTPS_PROXY = `" http://me:p@ss@${address} "`;
  const client = new Client({ ...account, baseUrl: 'https://api.example.org' });
  await assert.rejects(client.getTenant(), (error) => {
    assert.equal(error.code, 'CONNECTION_FAILED');
    assert.match(error.message, new RegExp(`The proxy http://${address} .*403 Forbidden`));
    return true;
  });
  proxy.close();
  assert.match(asked[0], /Proxy-Authorization: Basic bWU6cEBzcw==/);
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

test('a self-signed certificate is trusted where it is named', { skip: !hasOpenssl }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'processmind-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate];
  assert.equal(spawnSync('openssl', [...made, '-subj', '/CN=localhost', '-days', '2']).status, 0);
  const server = createHttps({ key: readFileSync(key), cert: readFileSync(certificate) }, (_, response) => {
    response.end('{"id":"tenant-123"}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `https://localhost:${server.address().port}`;
  const tenant = async (options = {}) => {
    const client = new Client({ ...account, baseUrl, ...options });
    const { id } = await client.getTenant();
    client.close();
    return id;
  };

  await assert.rejects(tenant(), /not trusted/);
  assert.equal(await tenant({ caBundle: certificate }), 'tenant-123');
  process.env.NODE_EXTRA_CA_CERTS = certificate;
  assert.equal(await tenant(), 'tenant-123');
  process.env.NODE_EXTRA_CA_CERTS = '/no/such/file.pem';
  assert.throws(() => new Client(account), /NODE_EXTRA_CA_CERTS '\/no\/such\/file.pem' can't be used/);
  // What is said in the program counts before what is said around it.
  assert.equal(await tenant({ caBundle: certificate }), 'tenant-123');
  server.close();
  rmSync(folder, { recursive: true });
});
