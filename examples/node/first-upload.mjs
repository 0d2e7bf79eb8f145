// An event log and its BPMN model into ProcessMind, mapped to each other, and read back.
// Needs PROCESSMIND_API_KEY and PROCESSMIND_TENANT_ID; takes the paths of the log and of the model.

import { Client } from 'processmind';

const [logPath, modelPath] = process.argv.slice(2);
const client = new Client();

const tenant = await client.getTenant();
console.log(`Tenant: ${tenant.displayName}`);

const model = await client.createProcess({ displayName: 'Order to Cash (Node)' });
await client.uploadBpmnFile({ processId: model.id, filePath: modelPath });

const dataset = await client.createDataset({ displayName: 'Sales (Node)' });
const datatable = await client.createDatatable({ datasetId: dataset.id, displayName: 'Orders (Node)' });

const upload = await client.uploadFile({
  datatableId: datatable.id,
  filePath: logPath,
  onProgress: ({ sent, total }) => process.stderr.write(`\r${Math.round((100 * sent) / total)} % of ${total} bytes`),
});
console.log(`\nStored ${upload.bytes} bytes, proved by ${upload.verified}`);

await client.createProcessMapping({ processId: model.id, dataTableId: datatable.id });
const { rowCount } = await client.getDatatable({ datatableId: datatable.id });
console.log(`ProcessMind reads ${rowCount} rows`);
