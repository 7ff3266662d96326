import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test from 'ava';
import { made, oneNode } from '../_assembled.test.ts';
import { goLoader } from './_go.test.ts';

for (const keys of ['ecdsa-p256', 'rsa-2048']) {
  test(`The library of k3s reads its authorities with ${keys} and signs with each`, async (t) => {
    const load = goLoader('k3s');
    if (typeof load === 'string') {
      t.log(load);
      t.pass();
      return;
    }
    const folder = mkdtempSync(join(tmpdir(), 'kubepki-k3s-'));
    t.teardown(() => rmSync(folder, { recursive: true, force: true }));
    for (const [path, text] of await made(`${oneNode}distribution: k3s\nkeys: ${keys}`)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text, { mode: 0o600 });
    }
    const tls = join(folder, 'server/tls');
    const kind = keys === 'rsa-2048' ? '*rsa.PrivateKey' : '*ecdsa.PrivateKey';
    t.is(
      String(load(tls)),
      `client-ca\nserver-ca\nrequest-header-ca\netcd/server-ca\netcd/peer-ca\nservice.key ${kind}\n`,
    );
    rmSync(join(tls, 'etcd/peer-ca.key'));
    t.true(load(tls) instanceof Error);
  });
}
