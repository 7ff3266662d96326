import {
  type AuthoritySpec,
  authorityOf,
  type Certificate,
  issuedBy,
  type LeafSpec,
  signatureIsBy,
} from '@kubepki/core';
import { bytesEqual, type Context } from './context.ts';
import type { Found } from './found.ts';
import { type FileProblem, ofId } from './problem.ts';
import { anew, never } from './remedies.ts';

type Look = { readonly found: Found; readonly context: Context; find(id: string): Found | undefined };

/** A certificate is issued by the authority that the plan says: by its names, its key identifiers and its signature. */
export function* checkChain(spec: AuthoritySpec | LeafSpec, look: Look): Generator<FileProblem> {
  const { certificate, chain = [] } = look.found;
  if (certificate === undefined) return;
  const wrong = (message: string) =>
    ofId(spec.id, { check: 'chain', message, hint: spec.kind === 'leaf' ? anew : never });
  const message = otherIssuer(spec, { ...look, certificate });
  if (message !== undefined) yield wrong(message);
  const planned = spec.kind === 'leaf' ? above(spec, look) : [];
  if (planned.includes(undefined) || printsOf(chain) === printsOf(planned)) return;
  yield wrong(
    `behind its certificate stand ${chain.length} others, and not the ${planned.length} authorities that are between it and the topmost`,
  );
}

function otherIssuer(
  spec: AuthoritySpec | LeafSpec,
  { certificate, context, find }: Look & { readonly certificate: Certificate },
): string | undefined {
  const authority = authorityOf(context.plan, spec);
  if (authority === undefined) {
    // Somebody else's authority may stand under one that nobody here knows.
    if (spec.kind === 'authority' && spec.given) return undefined;
    const itself = bytesEqual(certificate.issuer, certificate.subject);
    return itself && signatureIsBy(certificate, certificate.publicKey)
      ? undefined
      : 'its certificate is not signed by its own key, as planned';
  }
  const issuer = find(authority.id)?.certificate;
  if (issuer === undefined || issuedBy(certificate, issuer)) return undefined;
  return `its certificate is not issued by ${authority.id}, as planned`;
}

/** The certificates of the authorities between a leaf and the one that signs itself, nearest first. */
function above(spec: LeafSpec, { context: { plan }, find }: Look): readonly (Certificate | undefined)[] {
  const chain: (Certificate | undefined)[] = [];
  for (let next = authorityOf(plan, spec); next?.issuer !== undefined; next = authorityOf(plan, next)) {
    chain.push(find(next.id)?.certificate);
  }
  return chain;
}

function printsOf(list: readonly (Certificate | undefined)[]): string {
  return list.map((one) => one?.fingerprint).join();
}
