import type { Rule } from '../rule.ts';

/** What an authority may do and others may not. */
export const authorities: readonly Rule[] = [
  {
    id: 'authority-constraints',
    severity: 'error',
    source: 'RFC 5280 4.2.1.9',
    says: 'What may sign certificates says in critical basic constraints that it is an authority.',
    remedy: 'Give it critical basic constraints with CA:TRUE, or take keyCertSign away.',
    check: ({ authority, keyUsage, by }) => {
      if (!authority)
        return keyUsage?.includes('keyCertSign') ? 'it may sign certificates and is no authority' : undefined;
      return by.basicConstraints?.critical ? undefined : 'its basic constraints are not critical';
    },
  },
  {
    id: 'authority-signs',
    severity: 'error',
    source: 'RFC 5280 4.2.1.3',
    says: 'An authority has the key usage keyCertSign.',
    remedy: 'Add keyCertSign.',
    check: ({ authority, keyUsage }) => (authority && !keyUsage?.includes('keyCertSign') ? 'it has not' : undefined),
  },
  {
    id: 'leaf-signs-no-list',
    severity: 'error',
    source: 'RFC 5280 4.2.1.3',
    says: 'Only an authority has the key usage cRLSign.',
    remedy: 'Take cRLSign away.',
    check: ({ authority, keyUsage }) => (!authority && keyUsage?.includes('cRLSign') ? 'a leaf has it' : undefined),
  },
  {
    id: 'authority-signs-lists',
    severity: 'warning',
    source: 'RFC 5280 4.2.1.3',
    says: 'An authority has the key usage cRLSign, so that it can revoke.',
    remedy: 'Add cRLSign when the authority is made anew.',
    check: ({ authority, keyUsage }) => (authority && !keyUsage?.includes('cRLSign') ? 'it has not' : undefined),
  },
  {
    id: 'path-length',
    severity: 'warning',
    source: 'RFC 5280 4.2.1.9',
    says: 'An authority says how many authorities may follow it.',
    remedy: 'Give it a path length when it is made anew: 0 where it signs leaves alone.',
    check: ({ authority, constraints }) =>
      authority && constraints?.pathLength === undefined ? 'it has no path length' : undefined,
  },
  {
    id: 'path-length-place',
    severity: 'error',
    source: 'RFC 5280 4.2.1.9',
    says: 'Only an authority has a path length, and it is not negative.',
    remedy: 'Leave it out.',
    check: ({ authority, constraints }) => {
      const length = constraints?.pathLength;
      if (length === undefined) return undefined;
      if (length < 0) return 'it is negative';
      return authority ? undefined : 'a leaf has one';
    },
  },
  {
    id: 'path-length-issuer',
    severity: 'error',
    source: 'RFC 5280 4.2.1.9',
    says: 'No more authorities follow one another than the path length of the first allows.',
    remedy: 'Have it signed by an authority whose path length is greater than its own.',
    check: ({ authority, constraints, issuer }) => {
      const pathLength = authority ? issuer?.pathLength : undefined;
      if (pathLength === undefined || pathLength > (constraints?.pathLength ?? 0)) return undefined;
      return `the path length of its issuer is ${pathLength}`;
    },
  },
  {
    id: 'authority-names',
    severity: 'warning',
    source: 'RFC 5280 4.2.1.6',
    says: 'An authority is no host and has no alternative names.',
    remedy: 'Leave them out when the authority is made anew.',
    check: ({ authority, sans }) => (authority && sans !== undefined ? 'it has some' : undefined),
  },
  {
    id: 'authority-usages',
    severity: 'warning',
    source: 'Go crypto/x509, Certificate.Verify (ExtKeyUsages)',
    says: 'An authority has no extended key usage.',
    remedy: 'Leave it out: Go, and with it Kubernetes, reads it as a limit for all that the authority signs.',
    check: ({ authority, usages }) => (authority && usages !== undefined ? `it has ${usages.join(', ')}` : undefined),
  },
  {
    id: 'issuer-signs',
    severity: 'error',
    source: 'RFC 5280 4.2.1.3 and 4.2.1.9',
    says: 'The issuer is an authority that may sign certificates.',
    remedy: 'Have it signed by an authority.',
    check: ({ issuer }) => (issuer === undefined || issuer.signs ? undefined : 'it may not'),
  },
];
