/**
 * Tries connections from the network namespace that it runs in. Reads a `Trial` a line from stdin and prints, a line of
 * JSON each, what the server made of the client.
 */
import { request } from 'node:https';
import { createInterface } from 'node:readline';
import type { Trial } from './types.ts';

type Answer = { readonly status: number; readonly body: string } | { readonly error: string };

/** What each kind of server is asked. */
const asks = {
  'kube-apiserver': askApiServer,
  kubelet: askKubelet,
  // Any answer means that the handshake succeeded; who the client is does not show.
  etcd: async (trial: Trial) =>
    accepted(await ask(trial, { method: 'POST', path: '/v3/kv/range', body: '{"key":"Lw=="}' })),
  'etcd peer': async (trial: Trial) => accepted(await ask(trial, { method: 'GET', path: '/version' })),
} as const;

for await (const line of createInterface({ input: process.stdin })) {
  const trial = JSON.parse(line) as Trial;
  const is = await asks[trial.process](trial);
  process.stdout.write(`${JSON.stringify({ client: trial.client, server: trial.server, is })}\n`);
}

/** Whom the API server takes the client for, and whether it may speak for somebody else. */
async function askApiServer(trial: Trial): Promise<string> {
  const review = '{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}';
  const whoAmI = { method: 'POST', path: '/apis/authentication.k8s.io/v1/selfsubjectreviews', body: review };
  const plain = await ask(trial, whoAmI);
  const speaking = await ask(trial, { ...whoAmI, headers: { 'X-Remote-User': 'somebody' } });
  const vouches = whoIn(speaking) === 'somebody []';
  const who = whoIn(plain);
  if (who !== undefined) return vouches ? `user ${who}, may speak for others` : `user ${who}`;
  if (vouches) return 'front proxy';
  if ('error' in plain) return `refused: ${plain.error}`;
  return plain.status === 403 ? 'anonymous' : `refused: ${plain.status}`;
}

function whoIn(answer: Answer): string | undefined {
  if ('error' in answer || answer.status !== 201) return undefined;
  const { userInfo } = (JSON.parse(answer.body) as { status: { userInfo: { username: string; groups: string[] } } })
    .status;
  return `${userInfo.username} ${JSON.stringify(userInfo.groups.filter((group) => group !== 'system:authenticated'))}`;
}

/** A kubelet says whom it forbids what; who may do it is not named. */
async function askKubelet(trial: Trial): Promise<string> {
  const answer = await ask(trial, { method: 'GET', path: '/healthz' });
  if ('error' in answer) return `refused: ${answer.error}`;
  if (answer.status === 200) return 'accepted';
  const user = /user=([^,)]+)/.exec(answer.body)?.[1];
  return answer.status === 403 && user !== undefined ? `user ${user}` : `refused: ${answer.status}`;
}

function accepted(answer: Answer): string {
  return 'error' in answer ? 'refused: handshake' : 'accepted';
}

type Asked = {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

function ask({ host, port, ca, cert, key }: Trial, { method, path, body, headers = {} }: Asked): Promise<Answer> {
  return new Promise((resolve) => {
    const options = {
      host,
      port,
      method,
      path,
      ca,
      cert,
      key,
      headers: { ...headers, 'content-type': 'application/json' },
    };
    const sent = request({ ...options, agent: false, timeout: 15_000 }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer in 15 s')));
    sent.on('error', (error: NodeJS.ErrnoException) => resolve({ error: error.code ?? error.message }));
    sent.end(body);
  });
}
