import { PkiError, type Problem, refuse, type Uses, type UsesTable } from '@kubepki/core';

/** Where the files of an authority lie that somebody else made. */
export type GivenFiles = { readonly certificate: string; readonly key?: string | undefined };

/** `separate`, `single`, or what stands behind an authority or a use: another authority, or files. */
export type Authorities = 'separate' | 'single' | Readonly<Record<string, string | GivenFiles>>;

/** The table of uses that a choice means, and the authorities that somebody else made, by name. */
export type ChosenAuthorities = { readonly table: UsesTable; readonly given: Readonly<Record<string, GivenFiles>> };

// Tokens are signed by a bare key pair, and a key is never a certificate's as well.
const tokens = 'sa';

/** One authority for each of the cluster, etcd and the aggregation layer, as the components declare them. */
export const separate: UsesTable = (declared) => declared;

/** One authority, `ca`, for everything but service-account tokens. */
export const single: UsesTable = (declared) =>
  Object.fromEntries(Object.entries(declared).map(([use, entry]) => [use, use === tokens ? entry : behind('ca')]));

/**
 * What a choice of authorities means. A map may name authorities and uses, but not `sa`: tokens are signed by a bare
 * key pair. The table throws PkiError AUTHORITY_UNKNOWN for any other name, and AUTHORITIES_CIRCLE where authorities
 * stand behind each other.
 */
export function chooseAuthorities(authorities: Authorities): ChosenAuthorities {
  if (authorities === 'separate') return { table: separate, given: {} };
  if (authorities === 'single') return { table: single, given: {} };
  const given: Record<string, GivenFiles> = {};
  for (const [name, target] of Object.entries(authorities))
    if (typeof target !== 'string') given[givenName(name)] = target;
  return { table: (declared) => mapped(declared, authorities), given };
}

function mapped(declared: Uses, authorities: Readonly<Record<string, string | GivenFiles>>): Uses {
  refuse('AUTHORITY_UNKNOWN', [...unknownNames(declared, authorities)]);
  return Object.fromEntries(
    Object.entries(declared).map(([use, entry]) => {
      const target = authorities[use] === undefined ? entry.signs : use;
      return [
        use,
        target === entry.signs && authorities[target] === undefined ? entry : behind(follow(target, authorities)),
      ];
    }),
  );
}

function* unknownNames(declared: Uses, authorities: Readonly<Record<string, string | GivenFiles>>): Generator<Problem> {
  const uses = Object.keys(declared).filter((use) => use !== tokens);
  const names = [...new Set(uses.flatMap((use) => declared[use]?.signs ?? []))];
  const hint = `the authorities are ${names.join(', ')}; the uses are ${uses.join(', ')}`;
  for (const [name, target] of Object.entries(authorities)) {
    const where = `authorities.${name}`;
    if (!uses.includes(name) && !names.includes(name)) {
      yield { where, message: 'this is neither an authority nor a use', hint };
    }
    if (typeof target !== 'string' || names.includes(target) || typeof authorities[target] === 'object') continue;
    yield { where, message: `${target} is no authority`, hint };
  }
}

/** From name to name until one is an authority that stays itself. */
function follow(start: string, authorities: Readonly<Record<string, string | GivenFiles>>): string {
  const seen = [start];
  let name = start;
  for (let target = authorities[name]; typeof target === 'string'; target = authorities[name]) {
    if (seen.includes(target)) {
      throw new PkiError(
        'AUTHORITIES_CIRCLE',
        `authorities: these stand behind each other in a circle: ${[...seen, target].join(' -> ')}`,
        {
          hint: 'one of them must stay itself',
        },
      );
    }
    seen.push(target);
    name = target;
  }
  return typeof authorities[name] === 'object' ? givenName(name) : name;
}

/** What is given for a use is an authority of its own, named after it. */
function givenName(name: string): string {
  return /(^|[/-])ca$/.test(name) ? name : `${name}-ca`;
}

function behind(name: string): Uses[string] {
  return { signs: name, trusts: [name] };
}
