/**
 * ProcessMind on loopback, for your own tests: `npm install --save-dev processmind-emulator`.
 *
 * @packageDocumentation
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { ClientOptions } from './arguments.js';
import { Client } from './client.js';

/** How an emulator is started. */
export interface EmulatorOptions {
  /** Where to keep state and uploaded files; without it they are gone with the emulator. */
  dataDir?: string;
  /** What an upload does to the rows that were there; `replace` without it. */
  uploadMode?: 'replace' | 'append';
  /**
   * The emulator's program; without it what `PROCESSMIND_EMULATOR` names, then the one of the package
   * `processmind-emulator`.
   */
  command?: string;
}

/** What is to go wrong. */
export interface PlannedFault {
  /** The beginning of the paths of the requests, percent-encoded as it is sent. */
  path: string;
  /** Only requests with this method. */
  method?: string;
  /** How many requests it is for; 1 without it. */
  count?: number;
  /** Only this share of them, from 0 to 1, by chance. */
  share?: number;
  /** Makes that chance the same in every run. */
  seed?: number;
  /** The fault and its settings, such as `{ kind: 'status', status: 503 }`; the emulator's documentation lists them. */
  fault: { kind: string } & Record<string, unknown>;
}

/** A request that came, as the emulator remembers it. */
export interface RecordedRequest {
  method: string;
  path: string;
  query: string | null;
  headers: Record<string, string>;
  /** `null` while it is not answered, and if its connection was cut. */
  status: number | null;
  bytesReceived: number;
  /** The body as text, its first 64 KiB; empty for storage. */
  body: string;
}

/** A file in storage. */
export interface StoredUpload {
  datatableId: string;
  fileName: string;
  bytes: number;
  sha256: string;
  /** The rows that were read from it. */
  rowCount: number;
}

/**
 * A running emulator. It ends with {@link Emulator.stop} or `await using`, and with this process.
 *
 * It answers as the API does, checks presigned URLs as S3 does, and reads what is uploaded, so that row counts,
 * columns and types are true.
 */
export class Emulator {
  /** What a client takes as `baseUrl`, and a helper as `apiUrl`. */
  readonly url: string;
  /** The one key that it accepts. */
  readonly apiKey: string;
  /** Its tenant. */
  readonly tenantId: string;
  readonly #process: EmulatorProcess;

  /** @internal */
  constructor(process: EmulatorProcess, started: { url: string; api_key: string; tenant_id: string }) {
    this.#process = process;
    this.url = started.url;
    this.apiKey = started.api_key;
    this.tenantId = started.tenant_id;
  }

  /** The environment variables by which a `new Client()` finds this emulator. */
  get environment(): Record<string, string> {
    return {
      PROCESSMIND_API_KEY: this.apiKey,
      PROCESSMIND_TENANT_ID: this.tenantId,
      PROCESSMIND_BASE_URL: this.url,
    };
  }

  /** A client of this emulator. */
  client(options: ClientOptions = {}): Client {
    return new Client({ apiKey: this.apiKey, tenantId: this.tenantId, baseUrl: this.url, ...options });
  }

  /** Has requests go wrong. */
  async plan(...faults: PlannedFault[]): Promise<void> {
    await this.#call('faults', { method: 'POST', body: JSON.stringify(faults) });
  }

  /** The requests that came, the newest last. */
  requests(): Promise<RecordedRequest[]> {
    return this.#call('requests');
  }

  /** What storage holds, of one datatable or of all. */
  async uploads(datatableId?: string): Promise<StoredUpload[]> {
    const uploads: StoredUpload[] = await this.#call('uploads');
    return uploads.filter((upload) => datatableId === undefined || upload.datatableId === datatableId);
  }

  /** Forgets the requests that came and the faults that are planned; datasets, processes and files stay. */
  async reset(): Promise<void> {
    await this.#call('requests', { method: 'DELETE' });
    await this.#call('faults', { method: 'DELETE' });
  }

  /** Ends it; a second time does nothing. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.ref();
    this.#process.kill();
    await ended;
  }

  /** As {@link Emulator.stop}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #call<T>(what: string, init: RequestInit = {}): Promise<T> {
    const headers = { 'x-api-key': this.apiKey, 'content-type': 'application/json' };
    const answer = await fetch(`${this.url}/emulator/${what}`, { ...init, headers });
    if (!answer.ok) throw new Error(`The emulator answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }
}

/**
 * Starts an emulator; one for each test takes milliseconds.
 *
 * ```js
 * import { startEmulator } from 'processmind/testing';
 *
 * const emulator = await startEmulator();
 * const client = emulator.client();
 * await emulator.plan({ path: '/tenant', fault: { kind: 'status', status: 503, retry_after: 0 } });
 * await client.getDatasets(); // The second attempt succeeds.
 * await emulator.stop();
 * ```
 *
 * @throws An `Error` if the package `processmind-emulator` is not there, or if the emulator can't start: its text says
 *   why.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const program = options.command ?? process.env.PROCESSMIND_EMULATOR ?? installed();
  const args = ['--port', '0', '--until-stdin-ends', '--upload-mode', options.uploadMode ?? 'replace'];
  if (options.dataDir !== undefined) args.push('--data-dir', options.dataDir);
  const child = start(program, args);
  const line = await firstLine(child, program);
  // It ends when this process does, and must not hold that up.
  child.unref();
  for (const pipe of child.stdio) (pipe as { unref?(): void } | null)?.unref?.();
  return new Emulator(child, JSON.parse(line));
}

type EmulatorProcess = ReturnType<typeof start>;

function start(program: string, args: string[]) {
  return spawn(program, args, { stdio: 'pipe', windowsHide: true });
}

function firstLine(child: { stdin: Writable; stdout: Readable; stderr: Readable } & EmulatorProcess, program: string) {
  return new Promise<string>((resolve, reject) => {
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
    child.on('error', (cause) =>
      reject(new Error(`The emulator '${program}' can't be run: ${cause.message}`, { cause })),
    );
    child.on('close', () => reject(new Error(`The emulator '${program}' did not start: ${said.trim()}`)));
    createInterface(child.stdout).once('line', resolve);
  });
}

function installed(): string {
  let path: string;
  try {
    path = require.resolve('processmind-emulator');
  } catch (cause) {
    throw new Error(
      'The package `processmind-emulator` is not installed: `npm install --save-dev processmind-emulator` brings it.\n' +
        'Where the program is somewhere else, PROCESSMIND_EMULATOR names it.',
      { cause },
    );
  }
  return (require(path) as { program(): string }).program();
}
