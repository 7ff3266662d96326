import base from '../../ava.config.base.mjs';

// A test makes RSA keys, which takes long where the machine is busy.
export default { ...base, timeout: '5m' };
