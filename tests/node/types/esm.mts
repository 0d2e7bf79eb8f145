// The same for an ES module.

export { Client } from 'processmind';
export * from './guide.js';
