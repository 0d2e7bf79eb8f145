// The examples of the documentation: the compiler takes them, and they run against the emulator.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as processmind from 'processmind';
import { LOG, MODEL, ROOT, stage } from './support.mjs';

const scene = stage();

/** The log of the examples, with the headings that the guide names. */
const ORDERS = LOG.replace('case_id,activity,timestamp', 'CaseId,Activity,StartTime');

/** What the examples in the TypeScript find there already. */
const GIVEN = `
import { Client } from 'processmind';
export const apiKey = process.env.PROCESSMIND_API_KEY as string;
export const tenantId = process.env.PROCESSMIND_TENANT_ID as string;
export const client = new Client();
export const { id: processId } = await client.createProcess({ displayName: 'O2C' });
export const { id: datasetId } = await client.createDataset({ displayName: 'Sales' });
export const { id: datatableId } = await client.createDatatable({ datasetId, displayName: 'Orders' });
export const file = new File([process.env.TEST_LOG as string], 'orders.csv');
export const show = (part: number): number => part;
`;

const EXAMPLES = [...readme(), ...guide(), ...tsdoc()];

/** The JavaScript of the README, as it stands there. */
function readme() {
  const text = readFileSync(join(ROOT, 'README.md'), 'utf8');
  return [...text.matchAll(/^```js\n(.*?)^```/gms)].map(([, code], at) => [`readme-${at + 1}.mts`, code]);
}

/** The JavaScript of the guide's pages. */
function guide() {
  const folder = join(ROOT, 'docs/guide');
  return readdirSync(folder).flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const blocks = [...text.matchAll(/^( *)```js\n(.*?)^\1```/gms)];
    return blocks.map(([, , code], at) => [`guide-${name.replace('.md', '')}-${at + 1}.mts`, code]);
  });
}

/** The `@example` blocks, with imports of all that they use. */
function tsdoc() {
  const folder = join(ROOT, 'bindings-node/ts');
  return readdirSync(folder).flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const blocks = [...text.matchAll(/@example\n(.*?)(?:\n\s*\*\s*@|\s*\*\/)/gs)];
    return blocks.map(([, block], at) => {
      const code = block.replace(/^\s*\* ?/gm, '');
      return [`${name.replace('.ts', '')}-${at + 1}.mts`, `${imports(code)}\n${code}\n`];
    });
  });
}

function imports(code) {
  const given = [...GIVEN.matchAll(/export const (?:\{ id: )?(\w+)/g)].map(([, name]) => name);
  const used = (name) =>
    new RegExp(`(?<![.\\w'])${name}\\b`).test(code) && !new RegExp(`(const|using) ${name}\\b`).test(code);
  const line = (names, from) => `import { ${names.filter(used).join(', ')} } from '${from}';`;
  const exported = Object.keys(processmind).filter((name) => name !== 'default');
  return [line(exported, 'processmind'), line(given, './given.mjs')].join('\n');
}

function run(...args) {
  const { apiKey, tenantId, apiUrl } = scene.account;
  const account = { PROCESSMIND_API_KEY: apiKey, PROCESSMIND_TENANT_ID: tenantId, PROCESSMIND_BASE_URL: apiUrl };
  const env = { ...process.env, ...account, TEST_LOG: ORDERS };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: scene.folder, env, encoding: 'utf8' });
  assert.equal(status, 0, stdout + stderr);
  return stdout;
}

test('there are examples, in the README and in the code', () => {
  assert.ok(EXAMPLES.some(([name]) => name.startsWith('readme-')));
  assert.ok(EXAMPLES.filter(([name]) => name.startsWith('guide-')).length > 3);
  assert.ok(EXAMPLES.filter(([name]) => name.startsWith('client-')).length > 8);
});

test('the compiler takes them', () => {
  mkdirSync(join(scene.folder, 'node_modules'));
  symlinkSync(ROOT, join(scene.folder, 'node_modules/processmind'), 'junction');
  symlinkSync(join(ROOT, 'node_modules/@types'), join(scene.folder, 'node_modules/@types'), 'junction');
  cpSync(MODEL, join(scene.folder, 'order-to-cash.bpmn'));
  scene.file('orders.csv', ORDERS);
  for (const [name, code] of [['given.mts', GIVEN], ...EXAMPLES]) {
    scene.file(name, code);
  }
  const settings = JSON.parse(readFileSync(join(ROOT, 'tests/node/types/tsconfig.json'), 'utf8'));
  settings.compilerOptions.noEmit = false;
  writeFileSync(join(scene.folder, 'tsconfig.json'), JSON.stringify(settings));
  run(join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', '.');
});

for (const [name] of EXAMPLES) {
  test(`${name} runs`, () => run(name.replace('.mts', '.mjs')));
}

test('the README’s job is done as it says', () => {
  assert.equal(run('readme-1.mjs').trim(), `${ORDERS.length} bytes, proved by crc64nvme`);
});
