import base from '../ava.config.base.mjs';

// Each test asks a program thousands of times, and prints nothing meanwhile.
export default { ...base, concurrency: 2, timeout: '10m' };
