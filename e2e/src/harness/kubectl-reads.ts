import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { delimiter } from 'node:path';

/** What a kubeconfig calls things. */
export type Named = { readonly cluster: string; readonly user: string; readonly context: string };

type View = {
  readonly contexts: readonly { readonly name: string; readonly context: { cluster: string; user: string } }[];
  readonly clusters: readonly { readonly name: string }[];
  readonly users: readonly { readonly name: string }[];
};

/** The names in kubeconfigs as kubectl reads them, of contexts whose cluster and user are there. */
export function readKubeconfigs(kubectl: string, files: readonly string[]): readonly Named[] {
  const env = { ...process.env, KUBECONFIG: files.join(delimiter) };
  const view = JSON.parse(run(kubectl, ['config', 'view', '--raw', '-o', 'json'], env)) as View;
  const clusters = new Set(view.clusters.map(({ name }) => name));
  const users = new Set(view.users.map(({ name }) => name));
  return view.contexts
    .filter(({ context }) => clusters.has(context.cluster) && users.has(context.user))
    .map(({ name, context: { cluster, user } }) => ({ cluster, user, context: name }));
}

type Manifest = {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly roleRef?: { readonly name: string };
  readonly subjects?: readonly { readonly name: string }[];
};

/** Kind and names of manifests as kubectl reads them, which needs no server for that. */
export function readManifests(
  kubectl: string,
  { file, texts }: { readonly file: string; readonly texts: readonly string[] },
) {
  writeFileSync(file, texts.map((text) => `---\n${text}`).join(''));
  const printed = run(kubectl, ['annotate', '--local', '-f', file, 'read=yes', '-o', 'json'], process.env);
  const objects = JSON.parse(`[${printed.trim().replaceAll('\n}\n{\n', '\n},\n{\n')}]`) as readonly Manifest[];
  return objects.map(({ kind, metadata, roleRef, subjects }) =>
    told(kind, [metadata.name, ...(roleRef ? [roleRef.name, subjects?.[0]?.name] : [])]),
  );
}

/** A manifest's names in one text. */
export function told(kind: string, names: readonly (string | undefined)[]): string {
  return `${kind} ${JSON.stringify(names)}`;
}

function run(kubectl: string, args: readonly string[], env: NodeJS.ProcessEnv): string {
  return execFileSync(kubectl, args, { env, maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'pipe'] }).toString();
}
