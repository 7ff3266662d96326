import { connections, type Link, type Plan, signerOf, trustedBy, urlOf } from '@kubepki/core';
import type { Drawing, Frame, Line } from './drawing.ts';
import { framesOf } from './frames.ts';

/** So many addresses of a line are kept. */
const most = 8;

type Draft = Omit<Line, 'urls' | 'urlCount' | 'clients'> & {
  readonly urls: Set<string>;
  readonly clients: Set<string>;
};

/** Who talks to whom with which certificate under which authority; what is alike is one. */
export function drawingOf(plan: Plan): Drawing {
  const frames = framesOf(plan);
  const rows = rowsById(plan, frames);
  const drafts = new Map<string, Draft>();
  for (const link of connections(plan)) {
    const [from, to] = [rows.get(link.client.id), rows.get(link.server.id)];
    if (from === undefined || to === undefined) continue;
    const key = `${from} ${to} ${link.at}`;
    const draft = drafts.get(key) ?? draftOf(plan, { link, from, to });
    drafts.set(key, draft);
    draft.clients.add(link.client.id);
    draft.urls.add(urlOf(link));
  }
  const lines = [...drafts.values()].map(({ urls, clients, ...line }) => ({
    ...line,
    urls: [...urls].slice(0, most),
    urlCount: urls.size,
    clients: clients.size,
  }));
  return { frames, lines, endpoint: endpointOf(plan, lines) };
}

function draftOf(
  { uses }: Plan,
  { link: { client, server, at }, from, to }: { readonly link: Link; readonly from: string; readonly to: string },
): Draft {
  const checksBy = server.issuer === undefined ? [] : trustedBy(uses, [server.issuer]);
  return { from, to, at, authority: signerOf(uses, client.issuer), checksBy, urls: new Set(), clients: new Set() };
}

/** The row of each spec. Of servers elsewhere there are no ids in rows, and their names are those of the plan. */
function rowsById(plan: Plan, frames: readonly Frame[]): ReadonlyMap<string, string> {
  const rows = new Map<string, string>();
  for (const { names, boxes } of frames) {
    for (const { rows: its } of boxes) {
      for (const { key, ids, label } of its) {
        for (const id of ids) rows.set(id, key);
        if (ids.length > 0) continue;
        if (names.length === 0) rows.set(label, key);
        for (const node of names) rows.set(`${label}@${node}`, key);
      }
    }
  }
  return new Map(plan.specs.flatMap(({ id }) => (rows.has(id) ? [[id, rows.get(id) ?? '']] : [])));
}

/** Where one address leads to one node, a box for it would say nothing. */
function endpointOf({ cluster }: Plan, lines: readonly Line[]): Drawing['endpoint'] {
  const reached = lines.filter(({ at }) => at === 'endpoint');
  const { host } = cluster.endpoint;
  const nodes = cluster.nodes.filter(({ roles }) => roles.includes('control-plane'));
  const own =
    nodes.length === 1 && [nodes[0]?.name, ...(nodes[0]?.ips ?? []), ...(nodes[0]?.names ?? [])].includes(host);
  const [url] = reached.flatMap(({ urls }) => urls);
  return url === undefined || own ? undefined : { key: 'endpoint', label: url.replace('https://', '') };
}
