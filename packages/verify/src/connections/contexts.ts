import { createSecureContext, type SecureContext } from 'node:tls';
import { type Certificate, certificatePem, type Key, type PkiError, privatePem } from '@kubepki/core';
import type { Presented } from './attempt.ts';
import { bounded } from './bounded.ts';
import { type Credential, type Credentials, troubled } from './credentials.ts';
import { ready } from './handshake.ts';
import type { Strangers } from './strangers.ts';

/** One end of a connection: what it presents, and whom it trusts. */
export type End = {
  readonly presents: Presented | undefined;
  /** The names of authorities; nobody else is trusted, not those that Node or the machine knows either. */
  readonly trusts: readonly string[];
  /** Trusts the authority behind this one too. */
  readonly alsoOf?: Presented | undefined;
};

/** So many are kept at a time. */
const kept = 512;

/** Makes OpenSSL's contexts, and uses them again. Each throws a PkiError whose problem says where. */
export function contextsOf(credentials: Credentials, strangers: Strangers): (end: End) => Promise<SecureContext> {
  const known = bounded<Promise<SecureContext>>(kept);

  const presented = (what: Presented): Promise<Credential> =>
    'leaf' in what ? credentials.credential(what.leaf) : strangers.credential(what);

  const make = async ({ presents, trusts, alsoOf }: End): Promise<SecureContext> => {
    const trusted = await Promise.all(trusts.map((name) => credentials.certificate(name)));
    if (alsoOf !== undefined && 'made' in alsoOf) trusted.push(await strangers.authority(alsoOf));
    const common = {
      ...ready,
      ca: trusted.map(({ der }) => certificatePem(der)),
      // As in Go, an authority that another one signed can be trusted by itself.
      allowPartialTrustChain: true,
    };
    if (presents === undefined) return createSecureContext(common);
    const { certificates, key } = await presented(presents);
    try {
      return createSecureContext({ ...common, cert: chainPem(certificates), key: pemOf(key) });
    } catch (error) {
      throw unusable('leaf' in presents ? presents.leaf : presents.like, error);
    }
  };

  return (end) => known(keyOf(end), () => make(end));
}

function keyOf({ presents, trusts, alsoOf }: End): string {
  return JSON.stringify([presents, trusts, alsoOf]);
}

function chainPem(certificates: readonly Certificate[]): string {
  return certificates.map(({ der }) => certificatePem(der)).join('');
}

/** By its text where there is one: a `KeyObject` may have to be made first. */
function pemOf(key: Key): string {
  if (key.secret !== undefined) return key.secret.reveal();
  return key.privateKey === undefined ? '' : privatePem(key.privateKey);
}

function unusable(id: string, error: unknown): PkiError {
  const code = String((error as NodeJS.ErrnoException).code ?? 'unknown');
  const mismatch = code === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH';
  return troubled(id, {
    code: 'CREDENTIAL_UNUSABLE',
    message: mismatch ? 'its key does not belong to its certificate' : `OpenSSL does not take it: ${code}`,
  });
}
