// Every call is there in every form: native, as a method, as a helper.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import * as processmind from 'processmind';
import { ROOT } from './support.mjs';

const require = createRequire(import.meta.url);
const { native } = require('../../bindings-node/dist/load.js');

const NOT_CALLS = ['constructor', 'close', 'tenantId', 'baseUrl'];
/** Other ways to a native call, which the native part does not have. */
const ALIASES = ['uploadFileToProcessMind', 'uploadDataframe'];
/** What a client has and the vendor's helpers do not. */
const METHODS_ALONE = ['request'];
/** What the vendor has no helper for: what is made of its calls. */
const OWN = ['publish', 'uploadDataframe', 'uploadFiles'];
/** What needs no client. */
const FUNCTIONS_ALONE = ['checkEventLog'];

const helpers = Object.keys(processmind)
  .filter((name) => /^[a-z]/.test(name) && name !== 'default' && !FUNCTIONS_ALONE.includes(name))
  .sort();

function calls(Class) {
  return Object.getOwnPropertyNames(Class.prototype).filter((name) => !NOT_CALLS.includes(name));
}

function text(path) {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** All that the expression's group matches. */
function names(text, expression) {
  return [...text.matchAll(expression)].map(([, name]) => name);
}

/** Whether the API's documentation has it. */
function isDocumented(name) {
  return ![...METHODS_ALONE, ...OWN].includes(name);
}

/** What each documented method refers to: its endpoint and its page. */
function documented(text, expression) {
  const reference = /(?:GET|POST|PUT|DELETE) \/tenant\/\{tenantId\}[\w/{}]*|https:\/\/processmind\.com\/[\w/-]+/g;
  const found = [...text.matchAll(expression)].map(([, docs, name]) => [name, docs.match(reference)]);
  return Object.fromEntries(found.filter(([, references]) => references?.length > 1));
}

test('native calls, methods and helpers have the same names', () => {
  const methods = calls(processmind.Client).sort();
  assert.deepEqual([...calls(native.Client), ...ALIASES].sort(), methods);
  assert.deepEqual([...helpers, ...METHODS_ALONE].sort(), methods);
  for (const name of helpers) {
    assert.equal(typeof processmind[name], 'function', name);
  }
});

test('the README lists every helper', () => {
  const [, section] = text('README.md').split(/^## The calls$/m);
  const [table] = section.split(/^## /m);
  const cells = names(table, /^\| *(`[^|]*)\|/gm).join();
  assert.deepEqual(names(cells, /`(\w+)`/g).sort(), helpers.filter(isDocumented));
  for (const name of OWN) {
    assert.ok(section.includes(`\`${name}\``), name);
  }
});

test('every helper has contract cases', () => {
  const cases = JSON.parse(text('tests/contract/cases.json')).map(({ helper }) => helper);
  assert.deepEqual([...new Set(cases)].sort(), helpers.filter(isDocumented));
});

test('every method names the endpoint and the page of the reference, as the core does', () => {
  const core = {};
  for (const file of readdirSync(join(ROOT, 'core/src'), { recursive: true }).filter((name) => name.endsWith('.rs'))) {
    Object.assign(core, documented(text(join('core/src', file)), /((?:^ {4}\/\/\/.*\n)+) {4}pub fn (\w+)/gm));
  }
  const methods = documented(
    text('bindings-node/ts/client.ts'),
    /^ {2}\/\*\*\n((?: {3}\*.*\n)+) {2}(?:async )?(\w+)\(/gm,
  );
  // The rest has no endpoint of its own.
  const asking = calls(processmind.Client).filter(
    (name) => !['publish', 'request', 'uploadFileToProcessMind'].includes(name),
  );
  assert.deepEqual(Object.keys(methods).sort(), asking.sort());
  for (const [name, references] of Object.entries(methods)) {
    // A table is a file of another source.
    const call = name === 'uploadDataframe' ? 'uploadFile' : name;
    assert.deepEqual(references, core[call.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)], name);
  }
});

test('the declarations have every call', () => {
  const [, declared] = /^export declare class Client \{(.*?)^\}/ms.exec(text('bindings-node/ts/native.d.ts'));
  assert.deepEqual(names(declared, /^ {2}(\w+)\(request: Request\b/gm).sort(), calls(native.Client).sort());
  const types = text('bindings-node/dist/helpers.d.ts');
  assert.deepEqual(names(types, /^export declare const (\w+): Helper</gm).sort(), helpers);
});

test('every model of the core is exported', () => {
  const models = names(text('bindings-node/ts/native.d.ts'), /^export interface (\w+)/gm);
  const [, exported] = /export type \{([^}]*)\} from '.\/native.js'/.exec(text('bindings-node/ts/index.ts'));
  // The facade's own, and one that is exported with what only JavaScript has.
  const inside = ['Failure', 'Failed', 'Outcomes', 'Request', 'ClientOptions'];
  assert.deepEqual([...names(exported, /(\w+)/g), ...inside].sort(), models.sort());
});

test('every error class is exported and derives from the base', () => {
  const classes = Object.entries(processmind).filter(([name]) => name.endsWith('Error'));
  assert.ok(classes.length > 20);
  for (const [name, Class] of classes) {
    assert.ok(Class === processmind.ProcessMindError || Class.prototype instanceof processmind.ProcessMindError, name);
    assert.equal(Class.prototype.name, name);
  }
});
