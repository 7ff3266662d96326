import test from 'ava';
import { drawRandom } from './random.ts';

test('Random bytes are as many as were asked for, and none are given twice', (t) => {
  const random = drawRandom();
  const drawn = new Set<string>();
  const places = new Map<ArrayBufferLike, Uint8Array>();
  for (let count = 0; count < 5000; count++) {
    const length = 16 + (count % 5);
    const bytes = random(length);
    t.is(bytes.length, length);
    drawn.add(Buffer.from(bytes).toString('hex'));
    const taken = places.get(bytes.buffer) ?? new Uint8Array(bytes.buffer.byteLength);
    places.set(bytes.buffer, taken);
    const [from, until] = [bytes.byteOffset, bytes.byteOffset + bytes.length];
    t.true(taken.subarray(from, until).every((uses) => uses === 0));
    taken.fill(1, from, until);
  }
  t.is(drawn.size, 5000);
  t.is(random(100_000).length, 100_000);
  t.is(random(0).length, 0);
});
