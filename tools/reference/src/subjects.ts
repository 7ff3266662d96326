import type { PublicName } from './sources.ts';

type Subjects = Readonly<Record<string, readonly string[]>>;

// The subjects of a package's page in their order, and the files or folders in `src` that each is about. A file
// belongs to the longest path that fits it.
const subjects: Readonly<Record<string, Subjects>> = {
  '@kubepki/core': {
    'The pipeline': ['pipeline.ts', 'survey.ts', 'survey-input.ts', 'credential.ts'],
    'What a component yields': ['plan/component.ts', 'plan/spec.ts'],
    'The plan': ['plan/make.ts', 'plan/input.ts', 'plan/plan.ts', 'plan/uses.ts', 'plan/'],
    'Facts of a cluster': ['cluster/cluster.ts', 'cluster/version.ts'],
    'Reading names, addresses and durations': ['cluster/text.ts', 'cluster/'],
    'Kept or made': ['changes/'],
    'Making and reading keys': ['keys/'],
    'Signing and reading certificates': ['sign/certificate.ts', 'sign/'],
    'Holding certificates against the standards': ['sign/lint/'],
    'Emitters, layouts and files': ['emit/emitter.ts', 'emit/file.ts', 'emit/'],
    'Trees that files go into': ['emit/tree/'],
    'What goes wrong': ['error.ts', 'explain.ts', 'kind-of.ts'],
  },
  '@kubepki/presets': {
    'From a cluster file to a plan': ['assemble.ts', 'cluster-file.ts', 'file/read.ts', 'file/'],
    'The plugins of this repository': ['catalog.ts'],
    'Profiles, authorities and layouts': ['profiles/', 'authorities.ts', 'layouts/', 'distributions/', 'permissions/'],
    'The config': ['config/'],
  },
  '@kubepki/adopt': {
    'Taking a PKI over': ['adopt/'],
    'Reading an old PKI': ['old/place.ts', 'old/folder.ts', 'old/'],
    'The cluster file that describes it': ['describe/'],
  },
  '@kubepki/report': { 'What a report is made of': ['model/'], 'Pages and pictures': ['page/', 'draw/'] },
  '@kubepki/install': {
    'Files at fixed names': ['place.ts', 'wanted.ts', ''],
    'What a node gets': ['from-tree.ts', 'kubelet.ts', 'owners.ts'],
  },
  '@kubepki/status': {
    'When certificates end': ['status.ts', 'watched.ts', 'tree/'],
    'Figures for Prometheus': ['metrics/'],
    'Certificates in files of others': ['reader/walk.ts', 'reader/read.ts', 'reader/contents.ts', 'reader/'],
  },
  '@kubepki/testkit': {
    'Suites for plugins': ['component/', 'emitter/', 'keys/', 'suite/'],
    'A PKI in memory': ['memory-pki.ts', 'tls-options.ts'],
    'Clusters, keys and plugins for tests': [''],
  },
  '@kubepki/verify': {
    'A whole tree': ['verify.ts'],
    'Its files': ['files/'],
    'Its connections': ['connections/try.ts', 'connections/attempts.ts', 'connections/attempt.ts', 'connections/'],
  },
};

/** Where a public name stands on its page: a subject, and the place in it. */
export type Place = { readonly subject: string; readonly order: readonly (number | string)[] };

/** A package that is not named above is a subject itself. */
export function placeOf({ of, node }: PublicName): Place {
  const path = pathWithin(node.getSourceFile().fileName);
  const rows = Object.entries(subjects[of.name] ?? { [of.name]: [''] }).flatMap(([subject, paths], row) =>
    paths.map((prefix, column) => ({ subject, prefix, order: [of.folder, row, column, path, node.pos] })),
  );
  const [best] = rows.filter(({ prefix }) => path.startsWith(prefix)).sort((a, b) => b.prefix.length - a.prefix.length);
  if (best === undefined) throw new Error(`tools/reference/src/subjects.ts has no subject for ${of.name}'s ${path}`);
  return best;
}

/** A source's path within its package's `src`. */
export function pathWithin(file: string): string {
  return file.slice(file.lastIndexOf('/src/') + '/src/'.length);
}
