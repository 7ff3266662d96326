import base from '../../ava.config.base.mjs';

// Every test runs the program as a child, which takes seconds where the machine is busy.
export default { ...base, timeout: '5m' };
