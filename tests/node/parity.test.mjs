// Every call is there in every form: native, as a method, as a helper.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import * as processmind from 'processmind';

const require = createRequire(import.meta.url);
const { native } = require('../../bindings-node/dist/load.js');

const NOT_CALLS = ['constructor', 'close', 'tenantId', 'baseUrl'];
/** Another name for a call, which the native part does not have. */
const ALIASES = ['uploadFileToProcessMind'];

function calls(Class) {
  return Object.getOwnPropertyNames(Class.prototype).filter((name) => !NOT_CALLS.includes(name));
}

test('native calls, methods and helpers have the same names', () => {
  const methods = calls(processmind.Client).sort();
  assert.deepEqual([...calls(native.Client), ...ALIASES].sort(), methods);
  const helpers = Object.keys(processmind).filter((name) => /^[a-z]/.test(name) && name !== 'default');
  assert.deepEqual(helpers.sort(), methods);
  for (const name of helpers) {
    assert.equal(typeof processmind[name], 'function', name);
  }
});

test('every error class is exported and derives from the base', () => {
  const classes = Object.entries(processmind).filter(([name]) => name.endsWith('Error'));
  assert.ok(classes.length > 20);
  for (const [name, Class] of classes) {
    assert.ok(Class === processmind.ProcessMindError || Class.prototype instanceof processmind.ProcessMindError, name);
    assert.equal(Class.prototype.name, name);
  }
});
