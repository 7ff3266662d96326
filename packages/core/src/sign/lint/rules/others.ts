import {
  arePlaces,
  readMappings,
  readPolicies,
  readSkips,
  readSubtrees,
  type Subtree,
} from '../../x509/read-limits.ts';
import { readSanParts } from '../../x509/read-sans.ts';
import type { Facts, Other } from '../facts.ts';
import type { Rule } from '../rule.ts';
import { isDnsName, isGeneralName } from './general-name.ts';

const anyPolicy = '551d2000';
/** Of these kinds of names nobody knows what a constraint on them means: x400Address, ediPartyName, registeredID. */
const without: ReadonlySet<number> = new Set([0xa3, 0xa5, 0x88]);

/** Extensions that kubepki gives to none of its own certificates. */
export const others: readonly Rule[] = [
  {
    id: 'other-critical',
    severity: 'error',
    source: 'RFC 5280 4.2.1.7, 4.2.1.8, 4.2.1.10 to 4.2.1.15 and 4.2.2',
    says: 'What limits names and policies is critical; what only tells more of a certificate is not.',
    remedy: 'Mark it as the RFC has it.',
    check: ({ others }) => {
      const wrong = others.find(({ kind, extension }) => (kind.critical ?? extension.critical) !== extension.critical);
      return wrong === undefined
        ? undefined
        : `its ${wrong.kind.name} are ${wrong.extension.critical ? 'critical' : 'not critical'}`;
    },
  },
  {
    id: 'other-authority',
    severity: 'error',
    source: 'RFC 5280 4.2.1.5, 4.2.1.10, 4.2.1.11 and 4.2.1.14',
    says: 'Only an authority limits names and policies.',
    remedy: 'Leave it out.',
    check: ({ others, authority }) => {
      const wrong = others.find(({ kind }) => kind.authority && !authority);
      return wrong === undefined ? undefined : `a leaf has ${wrong.kind.name}`;
    },
  },
  {
    id: 'name-constraints',
    severity: 'error',
    source: 'RFC 5280 4.2.1.10',
    says: 'A constraint on names is of a kind whose meaning is known: a host, a range of addresses, an e-mail address, a URI or a directory name.',
    remedy: 'Give the constraint anew: Go and OpenSSL refuse what they cannot judge, and with it all that is signed.',
    check: (facts) =>
      isSound(facts, '551d1e', (value) => {
        const lists = readSubtrees(value);
        return lists.every((list) => list.length > 0 && list.every(isConstraint));
      })
        ? undefined
        : 'a constraint is empty or of another form',
  },
  {
    id: 'policies',
    severity: 'error',
    source: 'RFC 5280 4.2.1.4, 4.2.1.5, 4.2.1.11 and 4.2.1.14',
    says: 'A policy stands in a certificate once, any policy is mapped to none, and what is skipped is counted from 0 on.',
    remedy: 'Leave it out: no part of a cluster reads policies.',
    check: (facts) => {
      if (!isSound(facts, '551d20', (value) => areUnique(readPolicies(value)))) return 'a policy stands twice';
      const mapped = isSound(facts, '551d21', (value) => !readMappings(value).flat().includes(anyPolicy));
      if (!mapped) return 'any policy is mapped';
      const counted = ['551d24', '551d36'].every((oid) =>
        isSound(facts, oid, (value) => readSkips(value).every((skip) => skip >= 0)),
      );
      return counted ? undefined : 'a count is negative';
    },
  },
  {
    id: 'revocation-places',
    severity: 'error',
    source: 'RFC 5280 4.2.1.13 and 4.2.1.15',
    says: 'A place of a revocation list says where the list is, or who signs it.',
    remedy: 'Leave it out: no part of a cluster reads such lists.',
    check: (facts) =>
      ['551d1f', '551d2e'].every((oid) => isSound(facts, oid, arePlaces)) ? undefined : 'one says neither',
  },
  {
    id: 'issuer-names',
    severity: 'error',
    source: 'RFC 5280 4.2.1.7',
    says: 'The alternative names of the issuer have the form of their kinds.',
    remedy: 'Leave them out: nothing reads them.',
    check: (facts) =>
      isSound(facts, '551d12', (value) => (readSanParts(value) ?? []).every(isGeneralName))
        ? undefined
        : 'one has another form',
  },
];

/** Whether an extension that is there is as it must be. */
function isSound({ others }: Facts, oid: string, check: (value: Uint8Array) => boolean): boolean {
  const its: Other | undefined = others.find(({ extension }) => extension.oid === oid);
  return its === undefined || check(its.extension.value);
}

function isConstraint({ base: { kind, text, tag, bytes }, plain }: Subtree): boolean {
  if (!plain || without.has(tag)) return false;
  if (kind === 'DNS') return text === '' || isDnsName(text.replace(/^\./, ''));
  return kind !== 'IP' || isRange(bytes);
}

/** An address and a mask of as many octets, whose ones stand before its zeros. */
function isRange(bytes: Uint8Array): boolean {
  if (bytes.length !== 8 && bytes.length !== 32) return false;
  const mask = [...bytes.subarray(bytes.length / 2)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return /^1*0*$/.test(mask);
}

function areUnique(items: readonly string[]): boolean {
  return new Set(items).size === items.length;
}
