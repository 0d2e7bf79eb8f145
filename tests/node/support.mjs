// What the tests share: an emulator, a look behind its API, and files.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as esm from 'processmind';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const MODEL = join(ROOT, 'examples/data/order-to-cash.bpmn');
export const LOG = 'case_id,activity,timestamp\nA,Receive order,2025-01-02T08:00:00Z\nA,Ship,2025-01-03T09:30:00Z\n';
export const BAD_LOG = 'CaseId,Activity,StartTime\n1,Receive order,2025-01-02T08:00:00Z\n1,Ship goods,soon\n';

/** The package as both kinds of modules see it. */
export const MODULES = { ESM: esm, CJS: createRequire(import.meta.url)('processmind') };

export const BINARY = process.env.PROCESSMIND_EMULATOR ?? join(ROOT, 'target/debug/processmind-emulator');

/** An emulator for the tests of one file. */
export function stage() {
  const stage = new Stage();
  before(() => stage.start());
  after(() => stage.stop());
  return stage;
}

class Stage {
  async start() {
    this.folder = mkdtempSync(join(tmpdir(), 'processmind-'));
    this.emulator = spawn(BINARY, ['--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(this.emulator.stdout, 'data');
    const { url, api_key: apiKey, tenant_id: tenantId } = JSON.parse(line);
    this.account = { apiKey, tenantId, apiUrl: url };
    this.options = { apiKey, tenantId, baseUrl: url };
    this.client = new esm.Client(this.options);
  }

  async stop() {
    this.emulator.kill();
    await once(this.emulator, 'exit');
    rmSync(this.folder, { recursive: true });
  }

  /** A file with this content; its path. */
  file(name, content) {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }

  /** The id of a new datatable. */
  async datatable() {
    const dataset = await this.client.createDataset({ displayName: 'Sales' });
    const datatable = await this.client.createDatatable({ datasetId: dataset.id, displayName: 'Orders' });
    return datatable.id;
  }

  /** A file that fits into no socket's buffer. */
  largeFile(name = 'large.csv') {
    return this.file(name, Buffer.alloc(64 * 1024 * 1024, LOG));
  }

  requests() {
    return this.#control('requests');
  }

  forgetRequests() {
    return this.#control('requests', { method: 'DELETE' });
  }

  uploads() {
    return this.#control('uploads');
  }

  /** Plans a fault for the next requests whose path starts so. */
  async fault(path, method, fault, count = 1) {
    const body = JSON.stringify([{ path, method, count, fault }]);
    await this.#control('faults', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  }

  noFaults() {
    return this.#control('faults', { method: 'DELETE' });
  }

  async #control(what, { headers, ...init } = {}) {
    const key = { 'x-api-key': this.account.apiKey };
    const answer = await fetch(`${this.account.apiUrl}/emulator/${what}`, { ...init, headers: { ...headers, ...key } });
    assert.equal(answer.status, 200, await answer.clone().text());
    return answer.json();
  }
}

/** The error that a call fails with. */
export async function failure(call) {
  try {
    await call();
  } catch (error) {
    return error;
  }
  assert.fail('the call succeeded');
}

/** Asserts what kind of error it is, and that its text has all these parts. */
export function assertError(error, Class, code, ...parts) {
  assert.ok(error instanceof Class, `${error?.stack}\nis no ${Class.name}`);
  assert.equal(error.name, Class.name);
  assert.equal(error.code, code);
  for (const part of parts) {
    assert.ok(error.message.includes(part), `"${part}" is not in:\n${error.message}`);
  }
  assert.ok(error.message.split('\n').length <= 4, error.message);
  assert.ok(error.hint, `no hint: ${error.message}`);
}

export function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}

/** Waits until it is so. */
export async function until(isSo, what) {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await isSo()) {
      return;
    }
    await sleep(20);
  }
  assert.fail(`it never came to pass: ${what}`);
}

export function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Calls, and gives the result with the warnings about event logs that the process emitted meanwhile. */
export async function withWarnings(call) {
  const told = [];
  const listen = (warning) => told.push(`${warning.name}: ${warning.message}`);
  process.on('warning', listen);
  try {
    const result = await call();
    await new Promise(setImmediate);
    return { result, told };
  } finally {
    process.off('warning', listen);
  }
}
