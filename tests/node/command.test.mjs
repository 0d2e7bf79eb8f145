// The command line as npm installs it; `cli/tests` has the rest.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { LOG, ROOT, sleep, stage } from './support.mjs';

const scene = stage();

/** Starts the command; its exit code and what it said come later. */
function start(...args) {
  const { apiKey, tenantId, baseUrl } = scene.options;
  const account = { PROCESSMIND_API_KEY: apiKey, PROCESSMIND_TENANT_ID: tenantId, PROCESSMIND_BASE_URL: baseUrl };
  const command = spawn(process.execPath, [join(ROOT, 'bindings-node/dist/cli.js'), ...args], {
    env: { ...process.env, ...account },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr']) {
    command[stream].on('data', (chunk) => {
      said[stream] += chunk;
    });
  }
  return { command, ended: once(command, 'close').then(([code, signal]) => ({ end: signal ?? code, ...said })) };
}

test('it answers as the command does', async () => {
  const { end, stdout, stderr } = await start('get-tenant', '--json').ended;
  assert.deepEqual([end, JSON.parse(stdout).id, stderr], [0, scene.options.tenantId, '']);
});

test('its exit code is the one of the command', async () => {
  const { end, stdout, stderr } = await start('get-process', 'unknown').ended;
  assert.deepEqual([end, stdout], [4, '']);
  assert.match(stderr, /Process not found/);
});

test('Ctrl-C ends it, as a shell knows it: by 130', async () => {
  const datatable = await scene.datatable();
  await scene.fault('/processmind-uploads', 'PUT', { kind: 'stall' });
  const { command, ended } = start('upload', scene.file('large.csv', LOG.padEnd(2 ** 25)), '--datatable-id', datatable);
  const isPresigned = ({ path }) => path.endsWith('/presignedurl');
  while (!(await scene.requests()).some(isPresigned)) {
    await sleep(10);
  }
  command.kill('SIGINT');
  assert.deepEqual(await ended, { end: 'SIGINT', stdout: '', stderr: '' });
  assert.deepEqual(await scene.uploads(), []);
});
