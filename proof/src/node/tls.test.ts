import { readFileSync } from 'node:fs';
import test from 'ava';
import { type Authority, byAuthority, everything, type Made, oneOfEach, type Subject } from '../made.ts';
import { namesOf } from '../names.ts';
import { two } from '../run.ts';
import { tally } from '../tally.ts';
import { handshake, type Side } from './handshake.ts';

const { clusters, small, over, early } = everything();

test('real TLS accepts one certificate of each name in every cluster on its side, and under no other authority', async (t) => {
  const { note, end } = tally('TLS 1.3 by Node');
  await two(pairs(clusters), async ({ server, client, authority }) => {
    const [name = ''] = namesOf(server);
    const expect = async (question: string, right: RegExp, shown: Side, asking: Side, as = name) => {
      const outcome = await handshake(shown, asking, as);
      const wrong = right.test(outcome) ? undefined : `${server.file} and ${client.file}: ${outcome}`;
      note(question, outcome === 'accepted' ? 'accepted' : 'refused', wrong);
    };
    const ca = authority.file;
    await expect('a server and a client', /^accepted$/, side(server, ca), side(client, ca));
    const unknown = /^(UNABLE_TO_|SELF_SIGNED_CERT_IN_CHAIN|CERT_SIGNATURE_FAILURE)/;
    await expect('a server, by a stranger', unknown, side(server, ca), side(client, authority.stranger));
    await expect('a server, by one in disguise', unknown, side(server, ca), side(client, authority.disguised));
    await expect('a client, by a stranger', unknown, side(server, authority.stranger), side(client, ca));
    const misnamed = /^ERR_TLS_CERT_ALTNAME_INVALID$/;
    await expect("nobody's name", misnamed, side(server, ca), side(client, ca), 'elsewhere.example.net');
    const purpose = /^INVALID_PURPOSE$/;
    if (!client.usages.includes('server')) {
      await expect('a client that serves', purpose, side(client, ca), side(client, ca));
    }
    if (!server.usages.includes('client')) {
      await expect('a server that calls', purpose, side(server, ca), side(server, ca));
    }
  });
  end(t);
});

test('real TLS refuses what is over, and what has not begun', async (t) => {
  const { note, end } = tally('TLS 1.3 by Node');
  const named = new Map(small.map((made) => [made.name, [...pairs([made])]]));
  for (const [shifted, code] of [
    [over, 'CERT_HAS_EXPIRED'],
    [early, 'CERT_NOT_YET_VALID'],
  ] as const) {
    for (const made of shifted) {
      const good = named.get(made.name) ?? [];
      for (const [index, { server, client, authority }] of [...pairs([made])].entries()) {
        const now = good[index];
        if (now === undefined) throw new Error(`${made.name} is not the same at all times`);
        const [name = ''] = namesOf(server);
        const asClient = await handshake(side(server, now.authority.file), side(now.client, authority.file), name);
        note(
          `a server: ${code}`,
          asClient === 'accepted' ? 'accepted' : 'refused',
          asClient === code ? undefined : asClient,
        );
        const asServer = await handshake(side(now.server, authority.file), side(client, now.authority.file), name);
        note(
          `a client: ${code}`,
          asServer === 'accepted' ? 'accepted' : 'refused',
          asServer === code ? undefined : asServer,
        );
      }
    }
  }
  end(t);
});

type Pair = { readonly server: Subject; readonly client: Subject; readonly authority: Authority };

/** Servers and clients of one authority, so that one of each name is in a pair. */
function* pairs(all: readonly Made[]): Generator<Pair> {
  for (const made of all) {
    for (const [authority, subjects] of byAuthority(made)) {
      const some = oneOfEach(subjects);
      const servers = some.filter(({ usages }) => usages.includes('server'));
      const clients = some.filter(({ usages }) => usages.includes('client'));
      const length = servers.length === 0 ? 0 : Math.max(servers.length, clients.length);
      for (let index = 0; index < length; index++) {
        const server = servers[index % servers.length];
        const client = clients[index % clients.length];
        if (server && client) yield { server, client, authority };
      }
    }
  }
}

function side({ file, key }: Subject, trust: string): Side {
  return { cert: readFileSync(file, 'utf8'), key: readFileSync(key, 'utf8'), ca: readFileSync(trust, 'utf8') };
}
