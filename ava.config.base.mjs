export default {
  extensions: { ts: 'module' },
  files: ['src/**/*.test.ts'],
  nodeArguments: ['--import=tsx', '--conditions=source'],
  timeout: '8m', // without any news; a machine with other work runs a test many times slower
  workerThreads: false, // on Node 20 tsx's --import hook does nothing in a worker thread
};
