// Makes calls with a client of Node.js, and prints how long they took: `node.mjs CLIENT upload|get|list [FILE]`.

import { CLIENTS } from './node_clients.mjs';

const [name, run, ...rest] = process.argv.slice(2);
const file = rest[0]?.startsWith('--') ? [] : rest.splice(0, 1);
const option = (key, otherwise) => (rest.includes(key) ? Number(rest[rest.indexOf(key) + 1]) : otherwise);
const [times, atOnce, before] = [option('--times', 1), option('--at-once', 1), option('--before', 0)];

const client = await CLIENTS[name]();
for (let i = 0; i < before; i += 1) {
  await client[run](...file);
}
const [started, cpu] = [process.hrtime.bigint(), process.cpuUsage()];
let left = times;
const worker = async () => {
  while (left > 0) {
    left -= 1;
    const own = rest.includes('--clients') ? await CLIENTS[name]() : client;
    await own[run](...file);
  }
};
if (atOnce > 1 && client.uploadMany) {
  await client.uploadMany(...file, times, atOnce);
} else {
  await Promise.all(Array.from({ length: atOnce }, worker));
}
const { user, system } = process.cpuUsage(cpu);
const seconds = Number(process.hrtime.bigint() - started) / 1e9;
process.stdout.write(`${JSON.stringify({ seconds, cpu_seconds: (user + system) / 1e6 })}\n`);
// Connections that are kept would keep the process for a while.
process.exit(0);
