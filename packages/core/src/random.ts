import { randomBytes } from 'node:crypto';

/** Bytes; a serial number takes 20. */
const drawn = 4096;

/** Random bytes of `node:crypto`, drawn many at a time, since a draw of few takes as long as one of many. */
export function drawRandom(): (count: number) => Uint8Array {
  let pool = new Uint8Array();
  return (count) => {
    if (count > pool.length) pool = new Uint8Array(randomBytes(Math.max(count, drawn)));
    const taken = pool.subarray(0, count);
    pool = pool.subarray(count);
    return taken;
  };
}
