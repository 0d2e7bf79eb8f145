#!/usr/bin/env node
// The command: the program of this platform, with the same arguments, streams and end.

const { spawn } = require('node:child_process');
const { program } = require('./index.js');

const child = spawn(program(), process.argv.slice(2), { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === null ? 1 : 128);
});
