import { request } from 'node:https';
import { BootFailure } from './machine.ts';

type Identity = { readonly ca: Buffer; readonly cert?: Buffer; readonly key?: Buffer };
type Headers = Readonly<Record<string, string | readonly string[]>>;
type Answer = { readonly status: number; readonly body: string };

/** Sends JSON with a client certificate, or without one, to a server that has to be who it says. */
export function post(url: string, body: unknown, identity: Identity, headers: Headers = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', timeout: 15_000, agent: false, ...identity } as const;
    const sent = request(url, options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer in 15 s')));
    sent.on('error', (error) => reject(new BootFailure(`POST ${url}: ${error.message}`)));
    sent.setHeader('content-type', 'application/json');
    for (const [name, value] of Object.entries(headers)) sent.setHeader(name, value);
    sent.end(JSON.stringify(body));
  });
}

/** Whom an API server takes the sender for. Throws where it takes the sender for nobody. */
export async function whoAmI(server: string, identity: Identity, headers: Headers = {}): Promise<string> {
  const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
  const path = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
  const { status, body } = await post(`${server}${path}`, review, identity, headers);
  if (status !== 201) throw new BootFailure(`${server} answers ${status}`);
  const { userInfo } = (JSON.parse(body) as { status: { userInfo: { username: string; groups: string[] } } }).status;
  return `${userInfo.username} ${JSON.stringify(userInfo.groups)}`;
}
