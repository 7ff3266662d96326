import base from '../ava.config.base.mjs';

// A boot takes both cores of a small machine, and prints nothing meanwhile.
export default { ...base, concurrency: 1, serial: true, timeout: '3m' };
