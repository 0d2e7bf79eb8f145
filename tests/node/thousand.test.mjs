// A thousand uploads at once, where a process may have 256 files open; and what stays open after it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { Client, ConfigurationError } from 'processmind';
import { LOG, ROOT, stage } from './support.mjs';

const scene = stage();
const FILES = 1000;

const PROGRAM = `
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'processmind';

const [datatableId, folder] = process.argv.slice(1);
const descriptors = () => readdirSync('/dev/fd').length;
const first = new Client();
await first.getTenant();
first.close();
await sleep(100);

const before = descriptors();
const client = new Client();
const paths = Array.from({ length: ${FILES} }, (_, number) => folder + '/log-' + number + '.csv');
const results = await Promise.all(paths.map((filePath) => client.uploadFile({ filePath, datatableId })));
assert.ok(results.every(({ verified }) => verified === 'crc64nvme'));
assert.ok(descriptors() <= before + 40, 'open: ' + (descriptors() - before));
client.close();
for (let waited = 0; descriptors() > before && waited < 5000; waited += 20) await sleep(20);
assert.ok(descriptors() <= before, 'still open: ' + (descriptors() - before));
`;

test('a thousand uploads arrive', { skip: process.platform === 'win32' }, async () => {
  const datatableId = await scene.datatable();
  for (let number = 0; number < FILES; number += 1) scene.file(`log-${number}.csv`, LOG);
  const limited = ['-c', 'ulimit -n 256 && exec "$0" "$@"', process.execPath, '--input-type=module'];
  const { apiKey, tenantId, apiUrl } = scene.account;
  const environment = {
    PROCESSMIND_API_KEY: apiKey,
    PROCESSMIND_TENANT_ID: tenantId,
    PROCESSMIND_BASE_URL: apiUrl,
  };
  const program = spawn('sh', [...limited, '--eval', PROGRAM, '--', datatableId, scene.folder], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = await once(program, 'exit');
  assert.equal(code, 0);
  assert.equal((await scene.uploads()).length, FILES);
});

test('a limit is at least one', () => {
  const refused = { name: ConfigurationError.name, message: /`maxConnections` must be at least 1/ };
  assert.throws(() => new Client({ ...scene.options, maxConnections: 0 }), refused);
});
