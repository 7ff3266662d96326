import base from '../ava.config.base.mjs';

// A check of one package's types takes seconds where the machine is busy, and prints nothing meanwhile.
export default { ...base, nodeArguments: ['--import=tsx'], concurrency: 2, timeout: '3m' };
