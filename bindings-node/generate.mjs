// Writes `ts/native.d.ts`: what the native part exports, and the models as core defines them.

import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

const target = process.env.CARGO_TARGET_DIR ?? 'target';
// The definitions are written while the crates are compiled: without the last ones, both are compiled again.
rmSync(`${target}/napi-rs`, { recursive: true, force: true });
execFileSync('npm', ['run', 'build:native:debug'], { stdio: 'inherit' });

const generated = readFileSync('bindings-node/dist/native.d.ts', 'utf8');
// Documentation that went through a macro arrives as the beginning of Rust's raw strings.
const plain = generated.replace(/^(\s*(?:\/\*\*|\*) )r#*" ?/gm, '$1').replace(/"#+( \*\/)?$/gm, '$1');
writeFileSync('bindings-node/ts/native.d.ts', plain);
execFileSync('npx', ['biome', 'format', '--write', 'bindings-node/ts/native.d.ts'], { stdio: 'inherit' });
