// The rows of a query, sent as they come: no file, and never all of them in memory.
// Needs PROCESSMIND_API_KEY and PROCESSMIND_TENANT_ID; takes the name of the datatable.

import { Client, ProcessMindError, type UploadResult } from 'processmind';

interface OrderEvent {
  orderId: number;
  event: string;
  at: Date;
  amount: number | null;
}

/** Stands in for the cursor of your database. */
async function* query(): AsyncGenerator<OrderEvent> {
  const begin = Date.UTC(2025, 0, 2, 8);
  for (let orderId = 1; orderId <= 1000; orderId += 1) {
    const at = begin + orderId * 60_000;
    yield { orderId, event: 'Receive order', at: new Date(at), amount: null };
    yield { orderId, event: 'Send invoice', at: new Date(at + 86_400_000), amount: orderId * 1.25 };
  }
}

async function send(datatable: string): Promise<UploadResult> {
  const columns = { orderId: 'CaseId', event: 'Activity', at: 'StartTime', amount: 'Amount' };
  return await new Client().uploadDataframe({ datatable, rows: query(), columns, fileName: 'orders.csv' });
}

const [datatable = 'Orders'] = process.argv.slice(2);
try {
  const { bytes, verified } = await send(datatable);
  console.log(`Stored ${bytes} bytes, proved by ${verified}`);
} catch (error) {
  if (!(error instanceof ProcessMindError)) {
    throw error;
  }
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
}
