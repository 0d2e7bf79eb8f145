// Makes the calls that stdin asks for and says on stdout what became of them, one JSON document a line.
// The other drivers speak the same lines: `../stage.py` says what is in them.

import { createInterface } from 'node:readline';
import { Client, ProcessMindError } from 'processmind';

const clients = new Map();

function clientOf({ api_key: apiKey, tenant_id: tenantId, base_url: baseUrl, timeout, max_retries: maxRetries }) {
  const name = JSON.stringify([baseUrl, timeout, maxRetries]);
  if (!clients.has(name)) {
    clients.set(name, new Client({ apiKey, tenantId, baseUrl, timeout, maxRetries }));
  }
  return clients.get(name);
}

/** What a result is, as all drivers tell it. */
const CALLS = {
  async get(client, { process: processId, tenant: tenantId }) {
    return { name: (await client.getProcess({ processId, tenantId })).displayName };
  },
  async put(client, { process: processId, name: displayName, tenant: tenantId }) {
    await client.updateProcess({ processId, displayName, tenantId });
    return {};
  },
  async post(client, { name: displayName, tenant: tenantId }) {
    return { id: (await client.createProcess({ displayName, tenantId })).id };
  },
  async delete(client, { process: processId, tenant: tenantId }) {
    await client.deleteProcess({ processId, tenantId });
    return {};
  },
  async upload(client, { file: filePath, datatable: datatableId, upload_timeout: timeout, tenant: tenantId }) {
    const { attempts, verified, bytes } = await client.uploadFile({
      filePath,
      datatableId,
      timeout: timeout ?? undefined,
      tenantId,
    });
    return { attempts, verified, bytes };
  },
};

function failed(error) {
  if (!(error instanceof ProcessMindError)) {
    return { foreign: String(error?.stack ?? error) };
  }
  const { code, attempts, retryAfter, message } = error;
  return { error: { code, attempts, retry_after: retryAfter ?? null, text: message } };
}

for await (const line of createInterface({ input: process.stdin })) {
  const cell = JSON.parse(line);
  const made = (async () => CALLS[cell.call](clientOf(cell.client), cell))();
  made
    .then((ok) => ({ ok }), failed)
    .then((outcome) => process.stdout.write(`${JSON.stringify({ id: cell.id, ...outcome })}\n`));
}
