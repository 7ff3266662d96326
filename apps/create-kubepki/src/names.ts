import { Failure } from './failure.ts';

export const kinds = ['component', 'emitter', 'generator'] as const;
export type Kind = (typeof kinds)[number];

/** How the new thing is called, by others and in its own code. */
export type Names = { readonly name: string; readonly folder: string; readonly camelName: string };

/** The plugins of @kubepki/presets: a cluster file knows them by these names, so no other can have one. */
export const taken: Readonly<Record<Kind, readonly string[]>> = {
  component: [
    'admin',
    'apiserver',
    'authorities',
    'cluster-ca',
    'controller-manager',
    'etcd',
    'etcd-clients',
    'front-proxy',
    'konnectivity',
    'kube-proxy',
    'kubelet',
    'scheduler',
    'service-account',
    'users',
    'webhook',
  ],
  emitter: [
    'bootstrap',
    'cluster-api',
    'filesystem',
    'kubeadm-certs',
    'kubeconfig',
    'oidc',
    'rbac',
    'secrets',
    'talos',
  ],
  // npm installs no package into one of the same name.
  generator: ['kubepki', 'typescript', 'zod'],
};

/** The names that follow from the one that is given; a plugin's may be given with its prefix or without. @throws Failure */
export function namesOf(kind: Kind, given: string): Names {
  const prefix = kind === 'generator' ? '' : `kubepki-${kind}-`;
  const name = given.startsWith(prefix) ? given.slice(prefix.length) : given;
  const other = /^kubepki-(component|emitter)-(.*)$/.exec(name);
  if (other !== null) {
    const hint = `npm create kubepki ${other[1]} ${other[2]}, or another name`;
    throw bad(`${given} is the name of ${other[1] === 'emitter' ? 'an emitter' : 'a component'}`, hint);
  }
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > longest) {
    const example = kind === 'generator' ? 'lab-pki' : 'metrics-server';
    const hint = `lower-case letters and digits, with single - between them, at most ${longest}: ${example}`;
    throw bad(`${JSON.stringify(given)} is no name for ${kind === 'emitter' ? 'an' : 'a'} ${kind}`, hint);
  }
  if (taken[kind].includes(name)) {
    const own =
      kind === 'generator'
        ? 'a package that it may need'
        : `${kind === 'emitter' ? 'an' : 'a'} ${kind} that kubepki has itself`;
    throw bad(`${name} is the name of ${own}`, 'take another name');
  }
  const camelName = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return { name, folder: prefix + name, camelName };
}

// Its longest use is in a common name, which has room for 64.
const longest = 40;

function bad(message: string, hint: string): Failure {
  return new Failure(message, { exitCode: 65, hint });
}
