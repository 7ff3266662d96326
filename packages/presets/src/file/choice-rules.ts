import { formatDuration, formatVersion, isNewerThanKnown, nearest, newestVersion } from '@kubepki/core';
import type { Finding } from './problems.ts';
import { error, type Fields, type Nodes, type Rule, type Verdict, warning } from './verdict.ts';

/** What may not fit together in a file's choices. */
export const choiceRules: readonly Rule[] = [
  version,
  lives,
  people,
  exceptions,
  keys,
  authorities,
  distribution,
  permissions,
];

/** The longest that a member of system:masters may live: it cannot be revoked. */
export const longestMaster = 30 * 86_400;

function* version({ kubernetesVersion }: Fields): Generator<Verdict> {
  if (kubernetesVersion === undefined || !isNewerThanKnown(kubernetesVersion)) return;
  yield warning(
    ['kubernetesVersion'],
    `${formatVersion(kubernetesVersion)} is newer than what is known here`,
    `the rules of ${newestVersion} are used`,
  );
}

function* lives({ validity, users = [] }: Fields): Generator<Verdict> {
  if (validity === undefined) return;
  const { authorities, leaves, backdate } = validity;
  if (leaves > authorities) {
    yield error(
      ['validity', 'leaves'],
      `${formatDuration(leaves)} is longer than the life of the authorities, ${formatDuration(authorities)}`,
      'no certificate outlives the one that signed it',
    );
  }
  if (backdate >= leaves) {
    yield error(
      ['validity', 'backdate'],
      `${formatDuration(backdate)} is not shorter than the life of a certificate, ${formatDuration(leaves)}`,
    );
  }
  for (const [index, user] of users.entries()) {
    const path = ['users', index, 'validity'];
    if (user.validity !== undefined && user.validity > authorities) {
      yield error(
        path,
        `${formatDuration(user.validity)} is longer than the life of the authorities, ${formatDuration(authorities)}`,
      );
    }
    if (user.validity !== undefined && backdate >= user.validity) {
      yield error(
        path,
        `${formatDuration(user.validity)} is over when it begins: backdate is ${formatDuration(backdate)}`,
      );
    }
  }
}

function* people({ users = [] }: Fields): Generator<Verdict> {
  const seen = new Map<string, number>();
  for (const [index, { name, groups, validity }] of users.entries()) {
    const first = seen.get(name.toLowerCase());
    if (first === undefined) seen.set(name.toLowerCase(), index);
    else
      yield error(
        ['users', index, 'name'],
        `the name of users[${first}] already`,
        'names that differ in capitals alone are one file on some disks',
      );
    if (isMaster(groups) && validity !== undefined && validity > longestMaster)
      yield tooLong(['users', index, 'validity'], validity);
  }
}

function* exceptions({ certificates = {}, users = [] }: Fields, nodes: Nodes): Generator<Verdict> {
  const names = nodes.map(({ name }) => name);
  const masters = users.filter(({ groups }) => isMaster(groups)).map(({ name }) => `user/${name}`);
  for (const [id, { validity }] of Object.entries(certificates)) {
    const node = id.split('@')[1]?.toLowerCase();
    if (node !== undefined && names.length > 0 && !names.includes(node)) {
      const near = nearest(node, names);
      yield error(
        ['certificates', id],
        `no node is called ${node}`,
        near === undefined ? undefined : `did you mean ${near}?`,
      );
    }
    if (masters.includes(id) && validity !== undefined && validity > longestMaster)
      yield tooLong(['certificates', id, 'validity'], validity);
  }
}

function* keys({ keys: algorithms }: Fields): Generator<Verdict> {
  if (algorithms?.serviceAccounts !== 'ed25519') return;
  const each = algorithms.authorities === 'ed25519' && algorithms.leaves === 'ed25519';
  yield error(
    each ? ['keys'] : ['keys', 'serviceAccounts'],
    'ed25519 cannot sign service-account tokens: Kubernetes signs them with RSA or ECDSA alone',
    each ? 'keys: {authorities: ed25519, leaves: ed25519, serviceAccounts: ecdsa-p256}' : 'ecdsa-p256',
  );
}

function* authorities({ authorities: map }: Fields): Generator<Verdict> {
  if (map === undefined || typeof map === 'string') return;
  for (const name of Object.keys(map)) {
    const way = [name];
    for (
      let next: (typeof map)[string] | undefined = map[name];
      typeof next === 'string' && next in map;
      next = map[next]
    ) {
      if (way.includes(next)) {
        if (next === name) yield error(['authorities', name], `leads back to itself: ${[...way, next].join(' → ')}`);
        break;
      }
      way.push(next);
    }
  }
}

function* distribution({ distribution: chosen = 'kubernetes', authorities: map }: Fields): Generator<Verdict> {
  if (chosen === 'kubernetes' || map !== 'single') return;
  yield error(['authorities'], `${chosen} has authorities of its own, and no single one`, 'leave it out');
}

function* permissions({ permissions: chosen, layout }: Fields): Generator<Verdict> {
  if (chosen === undefined || chosen === 'kubeadm' || (layout?.tree ?? 'nodes') === 'nodes') return;
  yield error(
    ['permissions'],
    'one flat folder does not say which node a file is for, nor whose it is there',
    'layout: {tree: nodes}',
  );
}

function tooLong(path: Finding['path'], validity: number): Verdict {
  return error(
    path,
    `${formatDuration(validity)} is too long for a member of system:masters, who cannot be revoked`,
    `${formatDuration(longestMaster)} at most`,
  );
}

function isMaster(groups: readonly string[]): boolean {
  return groups.includes('system:masters');
}
