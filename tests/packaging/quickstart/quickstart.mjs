// The quickstart in Node, in a folder that holds a log and its model.

import { startEmulator } from 'processmind/testing';

const emulator = await startEmulator();
const client = emulator.client();
const model = await client.createProcess({ displayName: 'Order to Cash' });
await client.uploadBpmnFile({ processId: model.id, filePath: 'order-to-cash.bpmn' });
const dataset = await client.createDataset({ displayName: 'Sales' });
const datatable = await client.createDatatable({ datasetId: dataset.id, displayName: 'Orders 2025' });
const upload = await client.uploadFile({ datatableId: datatable.id, filePath: 'orders.csv' });
await client.createProcessMapping({ processId: model.id, dataTableId: datatable.id });
const { rowCount } = await client.getDatatable({ datatableId: datatable.id });
process.stdout.write(`${upload.verified} ${rowCount}\n`);
await emulator.stop();
