import { connectionsOf, type Entry, nodeOf, PkiError, type Plan, type Spec } from '@kubepki/core';
import { checkApart } from './check-apart.ts';
import { checkCredential, isInTime } from './check-credential.ts';
import { checkPlanned } from './check-planned.ts';
import { type Context, nodeOfPath } from './context.ts';
import { fileReader } from './file-reader.ts';
import type { Found } from './found.ts';
import { makeContext } from './make-context.ts';
import { checkPlace } from './place.ts';
import { type FileProblem, ofId } from './problem.ts';
import { reachWatch } from './reach.ts';
import type { FilesInput, FilesReport } from './report.ts';
import { turns } from './turns.ts';

/**
 * Checks the files of a tree, part by part: what lies there, what each file holds, and whether it is what the plan says.
 * Reads each file once and writes nothing.
 * @throws PkiError TREE_EMPTY where there is no generation
 */
export async function verifyFiles(input: FilesInput): Promise<FilesReport> {
  const turn = turns(input.signal);
  const context = await makeContext(input, turn);
  const problems: FileProblem[] = [...checkPlace(context)];
  const reach = reachWatch();
  const { tally, read } = fileReader(context, reach.see);
  const entries = byNode(input.view.entries.values(), (entry) => nodeOfEntry(entry, context));
  const specs = byNode(context.plan.specs, nodeOf);
  const shared = new Map<string, Found>();
  const servers = new Map<string, Found>();
  const named = serversOfKubeconfigs(context.plan);
  const outOfTime: string[] = [];
  let certificates = 0;
  for (const node of new Set([undefined, ...specs.keys(), ...entries.keys()])) {
    const own = node === undefined ? shared : new Map<string, Found>();
    const find = (id: string) => own.get(id) ?? shared.get(id);
    for (const entry of entries.get(node) ?? []) {
      await turn();
      problems.push(...read(entry, { own, shared, find }));
      input.step?.();
    }
    for (const spec of specs.get(node) ?? []) {
      await turn();
      problems.push(...guarded(spec, { context, find }));
      const found = own.get(spec.id);
      if (found?.certificate !== undefined) {
        certificates += 1;
        if (!isInTime(found.certificate, context.now)) outOfTime.push(spec.id);
      }
      if (found !== undefined && named.has(spec.name)) servers.set(spec.id, found);
    }
  }
  problems.push(...reach.check((id) => servers.get(id)));
  const { exact = [], layout, authorityKeys } = input;
  if (authorityKeys !== undefined)
    problems.push(...checkApart(context.plan.specs, { folder: authorityKeys, find: (id) => shared.get(id) }));
  if (layout !== undefined && exact.length > 0) {
    for await (const problem of checkPlanned(context, { emitters: exact, layout, turn })) problems.push(problem);
  }
  const { files, keysAway, unread } = tally;
  return { files, certificates, keysAway: [...keysAway], outOfTime, unread, problems };
}

/** Things by the node that they belong to; those of the cluster under `undefined`. */
function byNode<T>(
  things: Iterable<T>,
  nodeOfOne: (thing: T) => string | undefined,
): ReadonlyMap<string | undefined, readonly T[]> {
  const groups = new Map<string | undefined, T[]>();
  for (const thing of things) {
    const node = nodeOfOne(thing);
    const group = groups.get(node);
    if (group === undefined) groups.set(node, [thing]);
    else group.push(thing);
  }
  return groups;
}

/** The node whose credentials a file holds, or in whose folder it lies. */
function nodeOfEntry({ path, holds }: Entry, context: Context): string | undefined {
  for (const { id } of holds) {
    const spec = context.specs.get(id);
    const node = spec && nodeOf(spec);
    if (node !== undefined) return node;
  }
  return nodeOfPath(path, context);
}

/** The names of the servers that kubeconfigs name. */
function serversOfKubeconfigs(plan: Plan): ReadonlySet<string> {
  const clients = plan.specs.filter((spec) => spec.kind === 'leaf' && spec.kubeconfig !== undefined);
  return new Set(clients.flatMap((spec) => (spec.kind === 'leaf' ? (connectionsOf(plan, spec)[0]?.to ?? []) : [])));
}

function* guarded(
  spec: Spec,
  look: { readonly context: Context; find(id: string): Found | undefined },
): Generator<FileProblem> {
  try {
    yield* checkCredential(spec, look);
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    yield ofId(spec.id, { check: 'content', message: error.message });
  }
}
