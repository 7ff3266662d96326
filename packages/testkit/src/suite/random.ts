import { createHash } from 'node:crypto';
import type { Random } from '@kubepki/core';

/** Bytes that look random and are the same each time. */
export function sameRandom(): Random {
  let drawn = 0;
  return (count) => {
    const blocks = Array.from({ length: Math.ceil(count / 32) }, () =>
      createHash('sha256').update(`TEST ONLY ${drawn++}`).digest(),
    );
    return new Uint8Array(Buffer.concat(blocks).subarray(0, count));
  };
}
