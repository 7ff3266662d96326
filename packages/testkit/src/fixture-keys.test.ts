import { type Algorithm, publicPem } from '@kubepki/core';
import test from 'ava';
import { fixtureKeys } from './fixture-keys.ts';

test('no test waits for RSA', async (t) => {
  const source = fixtureKeys();
  const make = (algorithm: Algorithm) => source.make({ id: 'x', algorithm });
  await make('rsa-2048');
  const start = process.cpuUsage();
  for (const algorithm of ['rsa-2048', 'rsa-3072', 'rsa-4096'] as const)
    for (let i = 0; i < 4; i++) await make(algorithm);
  t.true(process.cpuUsage(start).user < 200_000);
});

test('prepared keys come in the same order for each source, and round again', async (t) => {
  const take = async (count: number) => {
    const source = fixtureKeys();
    const keys = await Promise.all(
      Array.from({ length: count }, () => source.make({ id: 'x', algorithm: 'rsa-4096' })),
    );
    return keys.map(({ publicKey }) => publicPem(publicKey));
  };
  const first = await take(5);
  t.deepEqual(await take(5), first);
  t.is(new Set(first).size, 4);
  t.is(first[4], first[0]);
});
