// For `import`: the same module as for `require`, so that there is one native part and one set of classes.
export * from './index.js';
