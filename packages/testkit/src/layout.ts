import type { Layout } from '@kubepki/core';

const endings = {
  certificate: 'crt',
  key: 'key',
  public: 'pub',
  kubeconfig: 'conf',
  pem: 'pem',
  link: 'current.pem',
  trust: 'trust.crt',
} as const;

/** A layout for tests: what belongs to a node below `nodes/NODE`, all else below `cluster`, each under its own name. */
export const testLayout: Layout = {
  path: ({ spec, part }) => `${folder(spec.kind === 'leaf' ? spec.node : undefined)}/${spec.name}.${endings[part]}`,
  shared: ({ node, use, part }) => `${folder(node)}/shared/${use}.${endings[part]}`,
  installed: (path) => /^nodes\/[^/]+(\/.+)$/.exec(path)?.[1],
  folderMode: () => 0o700,
};

function folder(node: string | undefined): string {
  return node === undefined ? 'cluster' : `nodes/${node}`;
}
