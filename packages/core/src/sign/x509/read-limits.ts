import { contentOf, DerError, type Element, elementsIn, onlyElement, tags } from './der.ts';
import { numberOf } from './extension-values.ts';
import { type San, sanIn } from './read-sans.ts';
import { hexOf } from './text.ts';

/** A subtree of names (RFC 5280 4.2.1.10); `plain`: without a minimum or a maximum. */
export type Subtree = { readonly base: San; readonly plain: boolean };

/** The lists of name constraints, permitted and excluded together; each has at least one subtree. @throws DerError */
export function readSubtrees(value: Uint8Array): readonly (readonly Subtree[])[] {
  const lists = elementsIn(value, onlyElement(value, tags.sequence));
  if (lists.some(({ tag }, index) => (tag !== 0xa0 && tag !== 0xa1) || tag <= (lists[index - 1]?.tag ?? 0)))
    throw new DerError('its name constraints are not as they must be');
  return lists.map((list) =>
    elementsIn(value, list).map((subtree) => {
      const [base, ...more] = subtree.tag === tags.sequence ? elementsIn(value, subtree) : [];
      if (base === undefined) throw new DerError('its name constraints are not as they must be');
      return { base: sanIn(value, base), plain: more.length === 0 };
    }),
  );
}

/** The identifiers of policies (RFC 5280 4.2.1.4), in hexadecimal. @throws DerError */
export function readPolicies(value: Uint8Array): readonly string[] {
  return elementsIn(value, onlyElement(value, tags.sequence)).map((policy) =>
    oidIn(value, elementsIn(value, policy)[0]),
  );
}

/** Which policy stands for which (RFC 5280 4.2.1.5). @throws DerError */
export function readMappings(value: Uint8Array): readonly (readonly string[])[] {
  return elementsIn(value, onlyElement(value, tags.sequence)).map((mapping) => {
    const [from, to, ...more] = elementsIn(value, mapping);
    if (more.length > 0) throw new DerError('its policy mappings are not as they must be');
    return [oidIn(value, from), oidIn(value, to)];
  });
}

/** The numbers of policy constraints (RFC 5280 4.2.1.11), or the one that inhibits any policy (4.2.1.14). @throws DerError */
export function readSkips(value: Uint8Array): readonly number[] {
  const one = value[0] === tags.integer;
  const numbers = one ? [onlyElement(value, tags.integer)] : elementsIn(value, onlyElement(value, tags.sequence));
  return numbers.map(({ content, end }) => numberOf(value.subarray(content, end)));
}

/** Whether each distribution point says where the list is or who signs it (RFC 5280 4.2.1.13). @throws DerError */
export function arePlaces(value: Uint8Array): boolean {
  return elementsIn(value, onlyElement(value, tags.sequence)).every((point) =>
    elementsIn(value, point).some(({ tag }) => tag === 0xa0 || tag === 0xa2),
  );
}

function oidIn(value: Uint8Array, element: Element | undefined): string {
  if (element?.tag !== tags.oid) throw new DerError('a policy has no identifier');
  return hexOf(contentOf(value, element));
}
