// Checks a log, publishes it with its model, and reads back what arrived: `driver.mjs LOG MODEL NAME`.

import { Client, checkEventLog } from 'processmind';

const [filePath, bpmn, name] = process.argv.slice(2);
const client = new Client();
const report = await checkEventLog({ filePath });
const names = { process: name, dataset: name, datatable: name };
const { steps, upload, datatableId } = await client.publish({ ...names, bpmn, filePath });
const { rowCount, columns } = await client.getDatatable({ datatableId });
console.log(
  JSON.stringify({
    report,
    steps: steps.map(({ kind, action }) => `${kind} ${action}`),
    datatableId,
    verified: upload.verified,
    rowCount,
    columns,
  }),
);
