#!/usr/bin/env node
// The command line.

import { native } from './load.js';

process.exit(native.runCommand(['processmind', ...process.argv.slice(2)]));
