import { type ContentFile, type Emitter, type Entry, type Layout, type Part, PkiError, type Plan } from '@kubepki/core';
import { type Permissions, type PermissionsName, permissionProfiles } from './profiles.ts';
import { type Readers, readersIn } from './readers.ts';

/** What is written, with a profile of permissions over it. What lies on no node stays as it is. */
export function permitted(
  name: PermissionsName,
  { emitters, layout }: { readonly emitters: readonly Emitter[]; readonly layout: Layout },
): { readonly emitters: readonly Emitter[]; readonly layout: Layout } {
  const permissions: Permissions = permissionProfiles[name];
  if (permissions === permissionProfiles.kubeadm) return { emitters, layout };
  return {
    emitters: emitters.map((emitter) => withPermissions(emitter, permissions)),
    layout: { ...layout, folderMode: (path) => folderMode(path, { layout, permissions }) },
  };
}

function withPermissions(emitter: Emitter, permissions: Permissions): Emitter {
  return {
    ...emitter,
    *files(part, context) {
      const readers = readersOf(part, context.plan);
      for (const file of emitter.files(part, context)) {
        const installed = context.layout.installed(file.path) !== undefined;
        yield installed && !('link' in file) ? withOwner(file, { permissions, readers }) : file;
      }
    },
  };
}

const known = new WeakMap<Part, Readers>();

function readersOf(part: Part, plan: Plan): Readers {
  const readers = known.get(part) ?? readersIn(part, plan);
  known.set(part, readers);
  return readers;
}

function withOwner(
  file: ContentFile,
  { permissions, readers }: { readonly permissions: Permissions; readonly readers: Readers },
): ContentFile {
  const { owner, atMost } = permissions;
  const mode = atMost === undefined ? file.mode : file.mode & (file.secret ? atMost.secret : atMost.other);
  const rest = owner === undefined ? {} : { owner, group: owner };
  // An emitter that says whose its file is knows of a process that is not planned.
  const named = { ...rest, ...file, mode };
  if (file.owner !== undefined || file.group !== undefined || (mode & 0o004) !== 0) return named;
  const users = new Set(file.holds.flatMap(readers).flatMap((process) => permissions.users[process] ?? []));
  const [user] = users;
  if (user === undefined) return named;
  if (users.size === 1) return { ...named, owner: user, group: user };
  return { ...named, owner: 'root', group: groupOf([...users], { file, permissions }), mode: mode | 0o040 };
}

function groupOf(
  users: readonly string[],
  { file, permissions }: { readonly file: ContentFile; readonly permissions: Permissions },
): string {
  const groups = Object.entries(permissions.groups);
  const found = groups.find(([, members]) => users.every((user) => members.includes(user)));
  if (found !== undefined) return found[0];
  throw new PkiError('PERMISSIONS_SHARED', `${file.path} is read by ${users.join(' and ')}, who have no group`, {
    hint: 'let one process read it, or set permissions to cis or kubeadm',
  });
}

function folderMode(
  path: string,
  { layout, permissions }: { readonly layout: Layout; readonly permissions: Permissions },
): number {
  const place = layout.installed(path);
  const open = place !== undefined && permissions.open.some((top) => place === top || place.startsWith(`${top}/`));
  return layout.folderMode(path) | (open ? 0o055 : 0);
}

/** The profile of permissions by which a tree was written, by what its manifest says of the files of one emitter. */
export function permissionsOf(entries: Iterable<Pick<Entry, 'emitter' | 'owner' | 'group'>>): PermissionsName {
  const named = [...entries].filter(({ emitter, owner }) => emitter === 'filesystem' && owner !== undefined);
  if (named.length === 0) return 'kubeadm';
  return named.every(({ owner, group }) => owner === 'root' && group === 'root') ? 'cis' : 'rootless';
}
