import { posix } from 'node:path';
import { PkiError } from '@kubepki/core';
import type { FileNames } from '@kubepki/presets';
import type { OldFiles } from './files.ts';

/**
 * An old PKI of which it is known where it lay. In the form `node` paths are those on the node, such as
 * `/etc/kubernetes/pki/ca.crt`; in the form `flat` they are names in the one folder.
 */
export type OldPlace = {
  readonly name: string;
  /** The node that it was named for. */
  readonly node?: string;
  readonly form: 'node' | 'flat';
  readonly names: FileNames;
  /** The text of a file, links followed within what was given; undefined: there is none. @throws PkiError OLD_UNREADABLE */
  text(path: string): string | undefined;
  /** The paths of what can be a credential or a kubeconfig. */
  paths(): Iterable<string>;
  where(path: string): string;
  /** Where a file really lies; undefined for one in an archive. */
  real(path: string): string | undefined;
};

/** Where a folder's own path is on its node, by what is in it. */
const roots = [
  { has: 'etc/kubernetes', at: '' },
  { has: 'pki', at: '/etc/kubernetes' },
] as const;

/** So many links in a row are followed. */
const mostLinks = 8;

/**
 * Finds out what a folder or an archive is of a node: its `/`, its `/etc/kubernetes`, its `/etc/kubernetes/pki`, or
 * a folder where everything of a cluster lies flat.
 * @throws PkiError OLD_UNKNOWN where it is none of these
 */
export function oldPlace(files: OldFiles, node?: string): OldPlace {
  const { form, at } = rootOf(files);
  const inside = (path: string): string | undefined => {
    if (form === 'flat') return path;
    if (at === '') return path.slice(1);
    if (path === at) return '';
    return path.startsWith(`${at}/`) ? path.slice(at.length + 1) : undefined;
  };
  const text = (path: string, links = 0): string | undefined => {
    const real = inside(path);
    const lying = real === undefined ? undefined : files.look(real);
    if (real === undefined || lying === undefined) return undefined;
    if (lying.kind === 'file') return Buffer.from(files.read(real)).toString('utf8');
    if (lying.kind !== 'link' || links === mostLinks) return undefined;
    return text(posix.resolve(posix.dirname(`/${path}`), lying.target).slice(form === 'flat' ? 1 : 0), links + 1);
  };
  return {
    name: files.name,
    ...(node === undefined ? {} : { node }),
    form,
    names: namesOf(files, inside(form === 'flat' ? '' : '/etc/kubernetes/pki') ?? ''),
    text: (path) => text(path),
    where: (path) => files.where(inside(path) ?? path),
    real: (path) => files.real(inside(path) ?? path),
    *paths() {
      if (form === 'flat') yield* below(files, '', '');
      else {
        const own = inside('/etc/kubernetes');
        if (own !== undefined) yield* kubeconfigsIn(files, own);
        for (const folder of ['/etc/kubernetes/pki', '/var/lib/kubelet/pki']) {
          const real = inside(folder);
          if (real !== undefined) yield* below(files, real, folder);
        }
      }
    },
  };
}

function rootOf(files: OldFiles): { readonly form: OldPlace['form']; readonly at: string } {
  if (files.look('.kubepki') !== undefined) {
    throw new PkiError(
      'OLD_IS_OUTPUT',
      `${files.name} is an output folder of kubepki, where nothing is to be adopted`,
      {
        hint: 'generate, renew and all others work on it as it is: -o names it',
      },
    );
  }
  const root = roots.find(({ has }) => files.look(has) !== undefined);
  if (root !== undefined) return { form: 'node', at: root.at };
  const names = files.names('');
  if (!names.some((name) => /\.(crt|pem|conf)$/.test(name))) throw unknown(files);
  // A worker that was given without its pki.
  if (names.includes('kubelet.conf') && !names.some((name) => /^ca\./.test(name)))
    return { form: 'node', at: '/etc/kubernetes' };
  const flat = names.some((name) => /^etcd-ca\.|^etcdserver|\.conf$|^plan\.json$/.test(name));
  return flat ? { form: 'flat', at: '' } : { form: 'node', at: '/etc/kubernetes/pki' };
}

function namesOf(files: OldFiles, folder: string): FileNames {
  return files.names(folder).some((name) => /^(etcd-|front-proxy-)?ca\.pem$/.test(name)) ? 'pem' : 'crt';
}

function* kubeconfigsIn(files: OldFiles, folder: string): Generator<string> {
  for (const name of files.names(folder)) {
    if (/\.(conf|kubeconfig)$/.test(name)) yield `/etc/kubernetes/${name}`;
  }
}

/** All files in a folder and two levels below it; nobody keeps keys deeper. */
function* below(files: OldFiles, real: string, shown: string, depth = 0): Generator<string> {
  for (const name of files.names(real)) {
    const path = shown === '' ? name : `${shown}/${name}`;
    const inner = real === '' ? name : `${real}/${name}`;
    if (files.look(inner)?.kind === 'folder') {
      if (depth < 2) yield* below(files, inner, path, depth + 1);
    } else yield path;
  }
}

function unknown({ name }: OldFiles): PkiError {
  return new PkiError('OLD_UNKNOWN', `${name} has no PKI of a form that is known`, {
    hint: "give a node's /etc/kubernetes or its /, the folder pki in it, a tar of one of these, or a folder that has all files",
  });
}
