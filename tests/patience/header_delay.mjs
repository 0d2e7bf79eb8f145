// An answer that takes 310 s arrives, where `timeout` allows 400 s.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from 'processmind';
import { stage } from '../node/support.mjs';

const on = stage();

test('a late answer arrives', async () => {
  await on.fault('/tenant', 'GET', { kind: 'delay', seconds: 310 });
  const client = new Client({ ...on.options, timeout: 400, maxRetries: 0 });
  const started = performance.now();
  assert.equal((await client.getTenant()).id, on.account.tenantId);
  assert.ok(performance.now() - started >= 310_000);
});
