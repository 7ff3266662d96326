import type { Credential } from '../credential.ts';
import type { Plan } from '../plan/plan.ts';
import { type Issuer, type LocalAuthority, localIssuer, type OwnIssuer, ownIssuer } from './issuer.ts';
import { keyMissing } from './key-missing.ts';
import { softwareSigner } from './signer.ts';

/** What signing needs from outside: the clock, randomness, and issuers other than this process. */
export type SignContext = {
  readonly plan: Plan;
  readonly now: Date;
  /** Gives that many random bytes. */
  readonly random: (count: number) => Uint8Array;
  /** Opens an authority's issuer, at its first use; without it the authority's own key signs. */
  readonly issuers?: (authority: Credential) => Promise<Issuer | undefined>;
};

/** The issuers of a run's authorities. */
export type Issuers = {
  /** The issuer of an authority, which may be elsewhere. */
  open(authority: Credential): Promise<Issuer>;
  /** The one of its own key. @throws PkiError AUTHORITY_KEY_MISSING */
  own(authority: Credential): OwnIssuer;
};

/** Each is opened at its first use. */
export function issuersOf({ issuers }: SignContext): Issuers {
  const opened = new Map<string, Promise<Issuer>>();
  const owned = new Map<string, OwnIssuer>();
  return {
    open: (authority) => {
      const { name } = authority.spec;
      const issuer = opened.get(name) ?? openIssuer(authority, issuers);
      opened.set(name, issuer);
      return issuer;
    },
    own: (authority) => {
      const { name } = authority.spec;
      const issuer = owned.get(name) ?? ownIssuer(atHand(authority));
      owned.set(name, issuer);
      return issuer;
    },
  };
}

async function openIssuer(authority: Credential, issuers: SignContext['issuers']): Promise<Issuer> {
  return (await issuers?.(authority)) ?? localIssuer(atHand(authority));
}

function atHand({ certificate, key, spec }: Credential): LocalAuthority {
  if (certificate === undefined || key?.privateKey === undefined) throw keyMissing([spec.id]);
  return { certificate, signer: softwareSigner(key) };
}
