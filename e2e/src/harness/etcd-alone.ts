/**
 * Starts one etcd on the loopback device of the namespaces that it runs in, and prints as JSON what its two ways answer.
 * Reads an `EtcdAlone` from the first line of stdin.
 */
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

export type EtcdAlone = {
  readonly etcd: string;
  readonly data: string;
  /** Files: the server's pair, the authority of both sides, and a client's pair. */
  readonly files: Readonly<Record<'cert' | 'key' | 'ca' | 'clientCert' | 'clientKey', string>>;
};

/** What the status of each way is. */
export type Answers = { readonly health: number; readonly gateway: number };

createInterface({ input: process.stdin }).once('line', async (line) => {
  const answers = await run(JSON.parse(line) as EtcdAlone);
  process.stdout.write(JSON.stringify(answers), () => process.exit());
});

async function run({ etcd, data, files }: EtcdAlone): Promise<Answers> {
  execFileSync('ip', ['link', 'set', 'lo', 'up']);
  const url = 'https://127.0.0.1:2379';
  const flags = {
    '--data-dir': data,
    '--listen-client-urls': url,
    '--advertise-client-urls': url,
    '--cert-file': files.cert,
    '--key-file': files.key,
    '--trusted-ca-file': files.ca,
    '--client-cert-auth': 'true',
  };
  spawn(
    etcd,
    Object.entries(flags).map(([flag, value]) => `${flag}=${value}`),
    { stdio: 'ignore' },
  );
  const identity = { ca: files.ca, cert: files.clientCert, key: files.clientKey };
  const read = Object.fromEntries(Object.entries(identity).map(([name, file]) => [name, readFileSync(file)]));
  const status = (path: string, body?: string) => ask(`${url}${path}`, { identity: read, body });
  let health = 0;
  for (let tries = 0; health !== 200 && tries < 120; tries++) {
    await sleep(250);
    health = await status('/health').catch(() => 0);
  }
  return { health, gateway: await status('/v3/kv/range', '{"key":"Lw=="}') };
}

type Sent = { readonly identity: Readonly<Record<string, Buffer>>; readonly body: string | undefined };

function ask(url: string, { identity, body }: Sent): Promise<number> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const sent = request(url, { method, agent: false, timeout: 10_000, ...identity }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer in 10 s')));
    sent.on('error', reject);
    sent.end(body);
  });
}
