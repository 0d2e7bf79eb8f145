// The clients of Node.js that are compared: each reads JSON and puts a file, on connections that it keeps.
// What a client needs is imported when it is made, so that none pays for another.

const BASE = process.env.PROCESSMIND_BASE_URL;
const HEADERS = { 'x-api-key': process.env.PROCESSMIND_API_KEY };
const TENANT_PATH = `/tenant/${process.env.PROCESSMIND_TENANT_ID}`;
const DATATABLE = 'a7b8c9d0-e1f2-3456-abc7-000000000001';
const DATASET = 'a7b8c9d0-e1f2-3456-abc7-000000000002';
const BLOCK = 1024 * 1024;

async function presignPath(path) {
  const { statSync } = await import('node:fs');
  const { size, mtimeMs } = statSync(path);
  const query = `datasetid=${DATASET}&filename=orders.csv&filesize=${size}&filelastmodified=${Math.floor(mtimeMs)}`;
  return { size, path: `${TENANT_PATH}/datatable/${DATATABLE}/uploads/presignedurl?${query}` };
}

/** This package: proved, and with progress. */
async function processmind() {
  const { Client } = await import('processmind');
  const client = new Client();
  return {
    async upload(filePath) {
      const options = { filePath, datatableId: DATATABLE, datasetId: DATASET, onProgress: () => {} };
      const { verified } = await client.uploadFile(options);
      if (verified !== 'crc64nvme') throw new Error('not proved');
    },
    async uploadMany(filePath, times, concurrency) {
      const items = Array(times).fill({ filePath, datatableId: DATATABLE, datasetId: DATASET });
      const { succeeded } = await client.uploadFiles({ items, concurrency, onProgress: () => {} });
      if (succeeded.length !== times) throw new Error('not all are stored');
    },
    get: () => client.getDatatable({ datatableId: DATATABLE }),
    list: () => client.getDatatables(),
  };
}

/** What a script does without this package, by what reads JSON and what puts a file. */
function rival(json, put) {
  return {
    async upload(file) {
      const { size, path } = await presignPath(file);
      const { PreSignedUploadUrl } = await json(path);
      await put(PreSignedUploadUrl, file, { 'Content-Type': 'text/csv', 'Content-Length': size });
    },
    get: () => json(`${TENANT_PATH}/datatable/${DATATABLE}`),
    list: () => json(`${TENANT_PATH}/datatables`),
  };
}

/** `node:http` with an agent and chunks of 1 MiB. */
async function nodeHttp() {
  const { Agent, request } = await import(BASE.startsWith('https') ? 'node:https' : 'node:http');
  const { createReadStream } = await import('node:fs');
  const { pipeline } = await import('node:stream/promises');
  const agent = new Agent({ keepAlive: true });
  const answered = (sent) =>
    new Promise((resolve, reject) => {
      sent.on('error', reject);
      sent.on('response', (answer) => {
        const chunks = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('end', () => (answer.statusCode === 200 ? resolve(Buffer.concat(chunks)) : reject(answer)));
      });
    });
  const json = async (path) => {
    const sent = request(BASE + path, { agent, headers: HEADERS });
    sent.end();
    return JSON.parse(await answered(sent));
  };
  const put = async (url, file, headers) => {
    const sent = request(url, { agent, method: 'PUT', headers });
    const answer = answered(sent);
    await pipeline(createReadStream(file, { highWaterMark: BLOCK }), sent);
    await answer;
  };
  return rival(json, put);
}

/** `undici` as its own package, with its `request`. */
async function undici() {
  const { Agent, request } = await import('undici');
  const { createReadStream } = await import('node:fs');
  const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  const json = async (path) => (await request(BASE + path, { dispatcher, headers: HEADERS })).body.json();
  const put = async (url, file, headers) => {
    const { statusCode, body } = await request(url, {
      dispatcher,
      method: 'PUT',
      headers: { ...headers, 'Content-Length': String(headers['Content-Length']) },
      body: createReadStream(file, { highWaterMark: BLOCK }),
    });
    await body.dump();
    if (statusCode !== 200) throw new Error(`answered ${statusCode}`);
  };
  return rival(json, put);
}

/** `fetch` with the whole file read first, as ProcessMind's own example does. */
async function fetchWhole() {
  const { readFileSync } = await import('node:fs');
  const json = async (path) => (await fetch(BASE + path, { headers: HEADERS })).json();
  const put = async (url, file, headers) => {
    const answer = await fetch(url, {
      method: 'PUT',
      headers: { 'Content-Type': headers['Content-Type'] },
      body: readFileSync(file),
    });
    await answer.text();
    if (!answer.ok) throw new Error(`answered ${answer.status}`);
  };
  return rival(json, put);
}

export const CLIENTS = { processmind, 'node:http': nodeHttp, undici, fetch: fetchWhole };
