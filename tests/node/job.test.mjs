// The whole job: through the helpers and through the client, as ES module and as CommonJS.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { LOG, MODEL, MODULES, sha256, stage } from './support.mjs';

const scene = stage();

for (const [kind, processmind] of Object.entries(MODULES)) {
  suite(kind, () => {
    test('the job through the helpers', () => job(processmind, scene.account));

    test('the job through the client', () => job(new processmind.Client(scene.options), {}));
  });
}

async function job(api, account) {
  const tenant = await api.getTenant({ ...account });
  assert.equal(tenant.id, scene.account.tenantId);

  const model = await api.createProcess({ ...account, displayName: 'Order to Cash' });
  await api.uploadBpmn({ ...account, processId: model.id, bpmnXml: readFileSync(MODEL, 'utf8') });
  await api.uploadBpmnFile({ ...account, processId: model.id, filePath: MODEL });
  assert.ok((await api.getProcesses({ ...account })).some(({ id }) => id === model.id));

  const dataset = await api.createDataset({ ...account, displayName: 'Sales' });
  const datatable = await api.createDatatable({ ...account, datasetId: dataset.id, displayName: 'Orders' });
  const filePath = scene.file('orders.csv', LOG);
  const upload = await api.uploadFile({ ...account, datatableId: datatable.id, filePath });
  assert.equal(upload.fileName, 'orders.csv');
  assert.equal(upload.bytes, LOG.length);
  assert.equal(upload.verified, 'crc64nvme');
  assert.equal(upload.attempts, 1);

  const color = { id: 'data-3' };
  const mapping = {
    processId: model.id,
    dataTableId: datatable.id,
    displayName: 'Orders',
    color,
    showByDefault: false,
  };
  const mapped = await api.createProcessMapping({ ...account, ...mapping });
  assert.deepEqual(mapped.color, color);
  assert.equal(mapped.showByDefault, false);
  const mappings = await api.getProcessMappings({ ...account, processId: model.id });
  assert.deepEqual(
    mappings.map(({ dataTableId }) => dataTableId),
    [datatable.id],
  );
  await readBack(api, account, dataset.id, datatable.id);
}

async function readBack(api, account, datasetId, datatableId) {
  const read = await api.getDatatable({ ...account, datatableId });
  assert.equal(read.rowCount, 2);
  assert.deepEqual(read.columns, [
    { name: 'case_id', type: 'string' },
    { name: 'activity', type: 'string' },
    { name: 'timestamp', type: 'datetime' },
  ]);
  assert.ok((await api.getDatatables({ ...account })).some(({ id, rowCount }) => id === datatableId && rowCount === 2));
  assert.ok(
    (await api.getDatasets({ ...account })).some(({ id, datatableCount }) => id === datasetId && datatableCount === 1),
  );
  const { datatables } = await api.getDataset({ ...account, datasetId });
  assert.deepEqual(datatables, [{ id: datatableId, displayName: 'Orders', rowCount: 2 }]);

  const stored = (await scene.uploads()).find((upload) => upload.datatableId === datatableId);
  assert.equal(stored.sha256, sha256(LOG));
  assert.equal(stored.contentType, 'text/csv');
}

test('the guide’s calls work as they stand', async () => {
  const { apiKey, tenantId, apiUrl } = scene.account;
  const { getPresignedUploadUrl, uploadFile, uploadFileToProcessMind } = MODULES.CJS;
  const datatableId = await scene.datatable();
  const file = new File([LOG], 'orders.csv', { type: 'text/csv', lastModified: 1_700_000_000_000 });

  const url = await getPresignedUploadUrl({ apiKey, tenantId, datatableId, file, apiUrl });
  assert.match(url, /X-Amz-Signature=/);
  const put = await fetch(url, { method: 'PUT', headers: { 'Content-Type': file.type }, body: file });
  assert.equal(put.status, 200);

  const { bytes } = await uploadFile({ apiKey, tenantId, datatableId, file, apiUrl });
  assert.equal(bytes, LOG.length);
  const asked = (await scene.requests()).filter(({ path }) => path.endsWith('/presignedurl')).at(-1);
  assert.ok(
    asked.query.endsWith(`filename=orders.csv&filesize=${LOG.length}&filelastmodified=1700000000000`),
    asked.query,
  );

  const filePath = scene.file('orders.csv', LOG);
  assert.equal((await uploadFileToProcessMind({ apiKey, tenantId, datatableId, filePath, apiUrl })).bytes, LOG.length);
});

test('the environment stands in for what is not given', async () => {
  const { apiKey, tenantId, baseUrl } = scene.options;
  const names = { PROCESSMIND_API_KEY: apiKey, PROCESSMIND_TENANT_ID: tenantId, PROCESSMIND_BASE_URL: baseUrl };
  Object.assign(process.env, names);
  try {
    assert.equal((await new MODULES.ESM.Client().getTenant()).id, tenantId);
    assert.equal((await MODULES.ESM.getTenant({})).id, tenantId);
  } finally {
    for (const name of Object.keys(names)) {
      delete process.env[name];
    }
  }
});

test('a call may name another tenant', async () => {
  const client = new MODULES.ESM.Client({ ...scene.options, tenantId: 'other' });
  assert.equal((await client.getTenant({ tenantId: scene.account.tenantId })).id, scene.account.tenantId);
});

test('requests name the SDK, and the key goes to the API alone', async () => {
  const requests = await scene.requests();
  assert.ok(requests.some(({ origin }) => origin === 'storage'));
  for (const { origin, headers, hasApiKey } of requests.filter((request) => request.headers['user-agent'] !== 'node')) {
    assert.match(headers['user-agent'], /^processmind-node\/\d/);
    assert.equal(hasApiKey, origin === 'api');
  }
});
