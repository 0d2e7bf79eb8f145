// For `import`: the same module as for `require`.
export * from './testing.js';
