import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createSecureContext, createServer } from 'node:tls';
import { type Credential, certificatePem, generate, memoryTree, type Plan } from '@kubepki/core';
import { assemble, clusterFileSchema, readClusterFile } from '@kubepki/presets';
import { tryConnections } from '@kubepki/verify';
import { computed } from './computed.ts';
import type { Row } from './table.ts';

type Pki = { readonly plan: Plan; readonly credentials: ReadonlyMap<string, Credential> };

/** What is too short to be measured as a program: against what OpenSSL itself takes, by the time that was computed. */
export async function inProcess(text: string): Promise<readonly Row[]> {
  return [await handshakes(await make(text))];
}

async function make(text: string): Promise<Pki> {
  const { file, facts } = readClusterFile(text, { schema: clusterFileSchema });
  const { plan, emitters, layout } = assemble(file, facts);
  const credentials = new Map<string, Credential>();
  for await (const credential of generate({ plan, emitters, layout, tree: memoryTree() })) {
    credentials.set(credential.spec.id, credential);
  }
  return { plan, credentials };
}

/** Every connection that `verify` tries against as many of node:tls on loopback, with contexts that are made once. */
async function handshakes({ plan, credentials }: Pki): Promise<Row> {
  const find = async ({ id }: { readonly id: string }) => credentials.get(id) ?? {};
  let tried = 0;
  const own = async () => {
    tried = 0;
    for await (const _ of tryConnections({ plan, find })) tried += 1;
  };
  await own();
  const seconds = await computed(own);
  const rival = { name: 'as many of node:tls', seconds: await plain(credentials, tried), mebibytes: undefined };
  return { what: `verify's ${tried} connections`, seconds, mebibytes: undefined, rival };
}

async function plain(credentials: Pki['credentials'], count: number): Promise<number> {
  const of = (id: string) => {
    const { certificate, key } = credentials.get(id) ?? {};
    return { cert: certificatePem(certificate?.der ?? new Uint8Array()), key: key?.secret?.reveal() ?? '' };
  };
  const ca = of('ca').cert;
  const server = createServer({ ...of('apiserver@cp-1'), ca, requestCert: true }, (socket) => socket.resume());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const secureContext = createSecureContext({ ...of('scheduler@cp-1'), ca });
  const one = async () => {
    const socket = connect({ port, host: '127.0.0.1', secureContext, servername: 'localhost' });
    await once(socket, 'secureConnect');
    socket.destroy();
  };
  const run = async (times: number) => {
    for (let left = times; left > 0; left -= 8) await Promise.all(Array.from({ length: Math.min(8, left) }, one));
  };
  await run(100);
  const seconds = await computed(() => run(count));
  server.close();
  return seconds;
}
