// The guide's calls and the client's, as a user's compiler sees them. Compiled, never run.

import { createReadStream, readFileSync } from 'node:fs';
import {
  addTenantUser,
  Client,
  checkEventLog,
  createProcess,
  createProcessMapping,
  type DatasetSummary,
  type EventLogReport,
  getDatasets,
  getPresignedUploadUrl,
  getTenant,
  type LogLine,
  NotFoundError,
  type Process,
  ProcessMindError,
  type Progress,
  type Tenant,
  type TenantUser,
  type UploadItemArguments,
  type UploadResult,
  uploadBpmn,
  uploadFile,
  uploadFiles,
  uploadFileToProcessMind,
} from 'processmind';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <_ extends true>(): void => {};

export async function guide(apiKey: string, file: File): Promise<void> {
  const url = await getPresignedUploadUrl({ apiKey, tenantId: 'tenant-123', datatableId: 'table-456' });
  same<Same<typeof url, string>>();
  const datasets = await getDatasets({ apiKey, tenantId: 'tenant-123' });
  same<Same<typeof datasets, DatasetSummary[]>>();
  const tenantInfo = await getTenant({ apiKey, tenantId: 'tenant-123' });
  same<Same<typeof tenantInfo, Tenant>>();
  const process = await createProcess({ apiKey, tenantId: 'tenant-123', displayName: 'Order to Cash' });
  same<Same<typeof process, Process>>();
  const bpmnXml = readFileSync('./my-process.bpmn', 'utf8');
  await uploadBpmn({ apiKey, tenantId: 'tenant-123', processId: 'process-456', bpmnXml });
  const mapping = await createProcessMapping({
    apiKey,
    tenantId: 'tenant-123',
    processId: 'process-456',
    dataTableId: 'datatable-789',
    displayName: 'Sales Data 2024',
    showByDefault: true,
  });
  same<Same<typeof mapping.id, string>>();
  await addTenantUser({ apiKey, tenantId: 'tenant-123', email: 'ada@example.org', sendInvitationEmail: true });
  const result = await uploadFile({ apiKey, tenantId: 'tenant-123', datatableId: 'table-456', file });
  same<Same<typeof result, UploadResult>>();
  await uploadFileToProcessMind({ apiKey, tenantId: 't', datatableId: 'd', filePath: 'log.csv', apiUrl: 'https://x' });
}

export async function client(signal: AbortSignal): Promise<void> {
  using client = new Client({ timeout: 5, maxRetries: 1, extraHeaders: { 'x-run': 'nightly' } });
  const { columns, createdAt } = await client.getDatatable({ datatableId: 'd', signal });
  same<Same<typeof createdAt, string | null | undefined>>();
  same<Same<NonNullable<typeof columns>[number]['type'], string | null | undefined>>();
  await client.createProcessMapping({ processId: 'p', dataTableId: 'd', color: { id: 'data-3' } });
  await client.createProcessMapping({ processId: 'p', dataTableId: 'd', color: 'data-3' });
  await client.updateProcessMapping({ processId: 'p', mappingId: 'm', color: { id: 'data-3' }, showByDefault: false });
  await client.createDataset({ displayName: 'Sales', treeParentId: null });
  await client.updateProcess({ processId: 'p', treeParentId: null });
  await client.updateProcess({ processId: 'p', displayName: 'O2C' });
  const deleted = await client.deleteProcess({ processId: 'p' });
  same<Same<typeof deleted, unknown>>();
  const users = await client.getTenantUsers();
  same<Same<typeof users, TenantUser[]>>();
  const query = { page: 2, deep: true, name: undefined };
  const answer = await client.request({ method: 'GET', path: '/tenant/t', query, signal });
  same<Same<typeof answer, unknown>>();
  const onProgress = ({ phase, sent, total }: Progress): void => void [phase, sent / total];
  for (const file of [new Blob([]), Buffer.of(1), new Uint8Array(1), new ArrayBuffer(1), createReadStream('log.csv')]) {
    await client.uploadFile({ datatableId: 'd', file, fileName: 'log.csv', onProgress, verify: true });
  }
  const { body } = await fetch('https://example.org/log.csv');
  if (body !== null) {
    await client.uploadFile({ datatableId: 'd', file: body, fileName: 'log.csv' });
  }
}

export async function many(file: File): Promise<ProcessMindError | undefined> {
  const onLog = ({ level, message }: LogLine): void => {
    same<Same<typeof level, 'debug' | 'info' | 'warn' | 'error'>>();
    process.emitWarning(message, level);
  };
  const items: UploadItemArguments[] = [
    { datatableId: 'd', file },
    { datatableId: 'd', filePath: 'log.csv', verify: false, tenantId: 'other' },
    { datatable: 'Orders', filePath: 'log.csv' },
  ];
  const { succeeded, failed } = await new Client({ onLog }).uploadFiles({ items, concurrency: 2 });
  same<Same<(typeof succeeded)[number]['result'], UploadResult>>();
  await uploadFiles({
    apiKey: 'k',
    tenantId: 't',
    items: new Set(items),
    onLog,
    onProgress: ({ fileName }) => void fileName,
  });
  // @ts-expect-error no datatable
  await uploadFiles({ items: [{ file }] });
  // @ts-expect-error an item has no progress of its own
  await uploadFiles({ items: [{ datatableId: 'd', file, onProgress: () => {} }] });
  // @ts-expect-error a client's listener is given when it is made
  await new Client().getTenant({ onLog });
  return failed[0]?.error;
}

export async function checks(client: Client, rows: AsyncIterable<object>): Promise<void> {
  const report = await checkEventLog({ filePath: 'log.xlsx', sheet: 'Events', case: 'No', timestamp: 'When' });
  same<Same<typeof report, EventLogReport>>();
  await checkEventLog({ rows, activity: 'Step', resource: 'Who' });
  await checkEventLog({ arrow: new Uint8Array(), fileName: 'log.csv' });
  await client.uploadDataframe({ datatableId: 'd', rows, check: 'error' });
  const { warnings } = await client.publish({ datatable: 'D', filePath: 'log.csv', check: 'warn', dryRun: true });
  same<Same<typeof warnings, string[]>>();
  // @ts-expect-error a file and a table
  await checkEventLog({ filePath: 'log.csv', rows });
}

export async function mistakes(client: Client): Promise<void> {
  // @ts-expect-error neither `file` nor `filePath`
  await client.uploadFile({ datatableId: 'd' });
  // @ts-expect-error a path is no `file`
  await client.uploadFile({ datatableId: 'd', file: 'log.csv' });
  // @ts-expect-error no id
  await client.getDatatable({});
  // @ts-expect-error the name is `dataTableId` here
  await client.createProcessMapping({ processId: 'p', datatableId: 'd' });
  // @ts-expect-error no mapping
  await client.updateProcessMapping({ processId: 'p', showByDefault: true });
  // @ts-expect-error a name can't be taken away
  await client.updateProcess({ processId: 'p', displayName: null });
  // @ts-expect-error no such method
  await client.request({ method: 'BREW', path: '/' });
  // @ts-expect-error no such option
  new Client({ api_key: '' });
}

export function errors(error: unknown): string | undefined {
  if (error instanceof NotFoundError) {
    same<Same<typeof error.status, number | undefined>>();
    return error.requestId;
  }
  return error instanceof ProcessMindError ? error.code : undefined;
}
