import { encoding, serial, unreadable } from './encoding.ts';
import { kubernetes, life, plan } from './kubernetes.ts';
import { names } from './names.ts';
import { identifiers, others } from './others.ts';
import type { Row } from './row.ts';
import { authorities, usages } from './usages.ts';

/** Bytes with one thing wrong, for every rule. */
export const rows: readonly Row[] = [
  ...encoding,
  ...unreadable,
  ...serial,
  ...names,
  ...usages,
  ...authorities,
  ...identifiers,
  ...others,
  ...life,
  ...kubernetes,
  ...plan,
];
