import { type Link, trustedBy, urlOf } from '@kubepki/core';
import type { Planned } from '../commands/plan.ts';
import type { Out } from './out.ts';
import { table } from './table.ts';
import { listed } from './words.ts';

type Connections = Planned & { readonly kind: 'connections' };

export function connectionsJson({ plan, links }: Connections) {
  return {
    connections: links.map((link) => ({
      client: link.client.id,
      ...(link.client.process === undefined ? {} : { process: link.client.process }),
      server: link.server.id,
      at: link.at,
      url: urlOf(link),
      ...authorities(plan, link),
    })),
  };
}

/** A line for each kind of client and server; what belongs to nodes is put together. */
export function connectionsText({ plan, links }: Connections, out: Out): string {
  const groups = new Map<string, Link[]>();
  for (const link of links) {
    const key = [link.client.name, link.server.name, link.at].join(' ');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [link]);
    else group.push(link);
  }
  const rows = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const clients = new Set(group.map(({ client }) => client.id));
    const urls =
      first.at === 'local' && clients.size > 1
        ? [`each at its own node, port ${first.port}`]
        : [...new Set(group.map(urlOf))];
    const { clientAuthority, serverAuthority } = authorities(plan, first);
    const process = first.client.process ?? (first.client.person ? 'a person' : '');
    return [
      [
        process,
        first.client.name + times(clients.size),
        first.server.name,
        listed(urls, 3),
        clientAuthority,
        serverAuthority ?? '(not checked)',
      ],
    ];
  });
  const heads = ['WHO', 'WITH CERTIFICATE', 'TALKS TO', 'AT', 'TRUSTED BY', 'AND CHECKS BY'];
  return table([heads.map((head) => out.style('bold', head)), ...rows]);
}

function times(count: number): string {
  return count > 1 ? ` (${count})` : '';
}

function authorities(plan: Planned['plan'], { client, server }: Link) {
  const trusted = server.issuer === undefined ? [] : trustedBy(plan.uses, [server.issuer]);
  return {
    clientAuthority: plan.uses[client.issuer]?.signs ?? '',
    ...(trusted.length === 0 ? {} : { serverAuthority: trusted.join(', ') }),
  };
}
