import type { Rule } from '../rule.ts';
import { authorities } from './authorities.ts';
import { encoding } from './encoding.ts';
import { identifiers } from './identifiers.ts';
import { kubernetes } from './kubernetes.ts';
import { life } from './life.ts';
import { names } from './names.ts';
import { others } from './others.ts';
import { planned } from './planned.ts';
import { sans } from './sans.ts';
import { serial } from './serial.ts';
import { usages } from './usages.ts';

/** Every rule, by its subject. */
export const rulesBySubject: Readonly<Record<string, readonly Rule[]>> = {
  Encoding: encoding,
  'Serial number': serial,
  Subject: names,
  'Alternative names': sans,
  'Keys and usages': usages,
  Authorities: authorities,
  'Identifiers of keys and issuers': identifiers,
  'Other extensions': others,
  Life: life,
  Kubernetes: kubernetes,
  'The plan': planned,
};

/** Every rule, each with an id of its own. */
export const lintRules: readonly Rule[] = Object.values(rulesBySubject).flat();
