// Checks the event logs of a folder, and sends those without errors to a datatable, four at the same time.
// Needs PROCESSMIND_API_KEY and PROCESSMIND_TENANT_ID; takes the folder and the name of a datatable that adds what
// is uploaded to its rows: where an upload replaces them, every file needs a datatable of its own.

const { readdir } = require('node:fs/promises');
const { join } = require('node:path');
const { checkEventLog, Client } = require('processmind');

async function main([folder, datatable]) {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.csv')).sort();
  const items = [];
  for (const name of names) {
    const filePath = join(folder, name);
    const { ok, rows, problems } = await checkEventLog({ filePath });
    console.log(`${name}: ${rows} rows, ${problems.length} problems`);
    for (const { severity, row, message } of problems) {
      console.log(`  ${severity} in line ${row}: ${message}`);
    }
    if (ok) {
      items.push({ datatable, filePath });
    }
  }
  const { succeeded, failed } = await new Client().uploadFiles({ items, concurrency: 4 });
  console.table(
    succeeded.map(({ result }) => ({ file: result.fileName, bytes: result.bytes, proof: result.verified })),
  );
  for (const { index, error } of failed) {
    console.error(items[index].filePath, error.message);
    process.exitCode = 1;
  }
}

main(process.argv.slice(2));
