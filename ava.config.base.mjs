export default {
  extensions: { ts: 'module' },
  files: ['src/**/*.test.ts'],
  nodeArguments: ['--import=tsx', '--conditions=source'],
  workerThreads: false, // on Node 20 tsx's --import hook does nothing in a worker thread
};
