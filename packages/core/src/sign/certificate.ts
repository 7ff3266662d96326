import type { Algorithm } from '../keys/algorithm.ts';
import type { Use } from '../plan/spec.ts';

/** The key usages that kubepki gives, by their names in RFC 5280, 4.2.1.3. */
export const keyUsages = ['digitalSignature', 'keyEncipherment', 'keyCertSign', 'cRLSign'] as const;
/** What a certificate's key may be used for. */
export type KeyUsage = (typeof keyUsages)[number];
/** The sides of a connection that a certificate may be presented from, by their names in RFC 5280, 4.2.1.12. */
export type ExtendedKeyUsage = 'serverAuth' | 'clientAuth';

/** A certificate as JSON: all but serial, keys and instants. */
export type Template = {
  /** One attribute an RDN, in the order of the encoding. */
  readonly subject: readonly { readonly type: 'O' | 'CN'; readonly value: string }[];
  readonly authority: boolean;
  /** Only for an authority. */
  readonly pathLength?: number;
  readonly keyUsage: readonly KeyUsage[];
  readonly extendedKeyUsage: readonly ExtendedKeyUsage[];
  readonly sans: { readonly dns: readonly string[]; readonly ips: readonly string[] };
  /** Whether the subject key identifier is written. The issuer's is, always, where the issuer is another. */
  readonly subjectKeyId: boolean;
  readonly serialBits: 159 | 63;
  readonly life: Life;
  /** The uses under which it is issued or, for an authority, behind which it stands; missing where nobody knows. */
  readonly uses?: readonly Use[];
  /** The rules of lint that its profile does not keep, by their ids. */
  readonly waives?: readonly string[];
};

/** How instants follow from the moment of making, T. All in seconds. */
export type Life = {
  readonly validity: number;
  /** Where the life starts: `backdate` before T, or at the issuer's own start. */
  readonly from: 'backdate' | 'issuer';
  readonly backdate: number;
  /** What `validity` counts: the whole life with its last second, or the time from T on. */
  readonly counts: 'life' | 'fromNow';
  /** Whether a life that would pass the issuer's end is cut to it. */
  readonly cut: boolean;
};

/** What a certificate holds that its template does not. */
export type Values = {
  /** Big-endian, positive, minimal. */
  readonly serial: Uint8Array;
  /** Whole seconds. */
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** DER of the SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  /** Missing for a certificate that signs itself. */
  readonly issuer?: { readonly subject: Uint8Array; readonly keyId: Uint8Array | undefined };
  /** For an authority that is certified again: its name, and its key identifier if it has one, as they were. */
  readonly again?: { readonly subject: Uint8Array; readonly subjectKeyId: Uint8Array | undefined };
  /** The signer's kind of key, which decides the signature's algorithm. */
  readonly signer: Algorithm;
};

/** Writes the bytes that are to be signed (TBSCertificate, RFC 5280 4.1.2), in DER. */
export type Encode = (template: Template, values: Values) => Uint8Array;

/** A certificate that was read or made. */
export type Certificate = {
  readonly der: Uint8Array;
  /** Lower-case hexadecimal, without leading zeros. */
  readonly serial: string;
  /** DER of the Names, byte for byte as they stand in the certificate. */
  readonly subject: Uint8Array;
  readonly issuer: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** DER of the SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly subjectKeyId: Uint8Array | undefined;
  readonly authorityKeyId: Uint8Array | undefined;
  /** SHA-256 over the DER, lower-case hexadecimal. */
  readonly fingerprint: string;
};

/** What signs: given the bytes to be signed, the signature's bytes (DER for ECDSA). */
export type Signer = {
  readonly algorithm: Algorithm;
  /** DER of the SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  sign(tbs: Uint8Array): Promise<Uint8Array>;
};
