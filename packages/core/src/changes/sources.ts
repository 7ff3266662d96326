import type { Credential } from '../credential.ts';
import { PkiError } from '../error.ts';
import { keyFromPublicPem } from '../keys/public-pem.ts';
import type { Plan } from '../plan/plan.ts';
import type { AuthoritySpec, KeyPairSpec } from '../plan/spec.ts';
import { differences } from '../sign/compare.ts';
import { sameKey } from '../sign/issuer.ts';
import { template } from '../sign/template.ts';
import type { Existing, Found } from './existing.ts';

/**
 * The authority or key pair as it is there, or undefined where it is to be made. In a tree that has a
 * generation none that was there is ever made again.
 * @throws PkiError that says what is wrong with what is there, and what to do
 */
export function keepSource(
  spec: AuthoritySpec | KeyPairSpec,
  {
    found,
    existing,
    plan,
    now,
    renewed = false,
  }: {
    readonly found: Found;
    readonly existing: Existing;
    readonly plan: Plan;
    readonly now: Date;
    /** Its certificate is made again, so that its end does not matter. */
    readonly renewed?: boolean;
  },
): Credential | undefined {
  const had = existing.generation > 0 && found.spec !== undefined;
  return spec.kind === 'authority'
    ? keepAuthority(spec, { found, had, plan, now, renewed })
    : keepKeyPair(spec, { found, had });
}

const never =
  'kubepki never makes an authority or a service-account key again by itself, since all that it signed would be lost';

function keepKeyPair(
  spec: KeyPairSpec,
  { found, had }: { readonly found: Found; readonly had: boolean },
): Credential | undefined {
  const key = spec.publicKey === undefined ? found.key : keyFromPublicPem(spec.publicKey);
  if (key === undefined) {
    if (!had) return undefined;
    throw new PkiError('KEY_MISSING', `${spec.id}: its private key is not there`, {
      hint: `bring it back from a backup or from a control plane; ${never}`,
    });
  }
  if (key.algorithm !== spec.keys) {
    throw new PkiError(
      'KEY_DIFFERS',
      `${spec.id}: the key that is there is ${key.algorithm}, and the cluster file asks for ${spec.keys}`,
      {
        hint: `set keys.serviceAccounts back to ${key.algorithm}; ${never}`,
      },
    );
  }
  return { spec, key, made: false };
}

function keepAuthority(
  spec: AuthoritySpec,
  {
    found,
    had,
    plan,
    now,
    renewed,
  }: {
    readonly found: Found;
    readonly had: boolean;
    readonly plan: Plan;
    readonly now: Date;
    readonly renewed: boolean;
  },
): Credential | undefined {
  const { certificate, key } = found;
  if (certificate === undefined) {
    if (!had && !spec.given && key === undefined) return undefined;
    if (!had && key !== undefined) {
      throw new PkiError(
        'AUTHORITY_KEYS_TAKEN',
        `${spec.id}: a key of it is there already, and this tree has no certificate for it`,
        {
          hint: "the folder of authorities' keys is of another tree; give another one, or the output folder that it belongs to",
        },
      );
    }
    throw new PkiError('AUTHORITY_CERTIFICATE_MISSING', `${spec.id}: its certificate is not there`, {
      hint: `bring it back from a backup or from any node; ${never}`,
    });
  }
  if (key !== undefined && !sameKey(key, certificate)) {
    throw new PkiError('AUTHORITY_KEY_MISMATCH', `${spec.id}: its key does not belong to its certificate`, {
      hint: 'one of the two is of another authority; bring the right pair back from a backup',
    });
  }
  if (certificate.notAfter <= now && !renewed) {
    throw new PkiError(
      'AUTHORITY_EXPIRED',
      `${spec.id}: its certificate ended at ${certificate.notAfter.toISOString()}`,
      {
        hint: `nobody trusts what it signed any longer: kubepki renew ${spec.name} --same-key gives it a new certificate for the same key, to be handed out to all who trust it`,
      },
    );
  }
  if (certificate.notBefore > now) {
    throw new PkiError(
      'AUTHORITY_NOT_YET_VALID',
      `${spec.id}: its certificate begins at ${certificate.notBefore.toISOString()}`,
      {
        hint: "check this machine's clock",
      },
    );
  }
  if (!spec.given) refuseOther(spec, { found, plan });
  return { spec, certificate, ...(key === undefined ? {} : { key }), made: false };
}

function refuseOther(spec: AuthoritySpec, { found, plan }: { readonly found: Found; readonly plan: Plan }): void {
  if (found.certificate === undefined) return;
  const different = differences({ template: template(spec, plan), keys: spec.keys, existing: found.certificate });
  if (different.length === 0) return;
  throw new PkiError(
    'AUTHORITY_DIFFERS',
    `${spec.id}: the authority that is there differs from the cluster file: ${different.map(({ detail }) => detail).join('; ')}`,
    {
      hint: `set these back in the cluster file, or generate into another folder; ${never}`,
    },
  );
}
