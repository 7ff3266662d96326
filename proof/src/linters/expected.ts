import type { Algorithm, Profile } from '@kubepki/core';

/** A certificate as a linter's rules see it. */
export type Linted = {
  readonly file: string;
  readonly profile: Profile;
  readonly keys: Algorithm;
  readonly kind: 'authority' | 'server' | 'client' | 'both';
};

/** What a linter finds fault with, in which certificates, and why it stays so. */
export type Expected = {
  readonly linter: 'zlint' | 'pkilint';
  readonly rule: string;
  readonly where: (certificate: Linted) => boolean;
  /** Which words of the linter are meant; all where it is missing. */
  readonly said?: RegExp;
  readonly reason: string;
};

const kubeadm = ({ profile }: Linted) => profile === 'kubeadm';
const rsa = ({ keys }: Linted) => keys.startsWith('rsa');
const ecdsa = ({ keys }: Linted) => keys.startsWith('ecdsa');
const leaf = ({ kind }: Linted) => kind !== 'authority';

/** All that linters may find. What is not found any more is to be taken out: a test says so. */
export const expected: readonly Expected[] = [
  {
    linter: 'zlint',
    rule: 'e_key_usage_and_extended_key_usage_inconsistent',
    where: (one) => one.kind === 'client' && (kubeadm(one) || rsa(one)),
    reason:
      'RFC 5280 4.2.1.12 names digitalSignature and keyAgreement for clientAuth and leaves others open ("may"); zlint takes keyEncipherment beside them for an error. Kubernetes\' own signers give it to clients with RSA keys (kubelet\'s request: key encipherment, digital signature, client auth), and kubeadm to all.',
  },
  {
    linter: 'zlint',
    rule: 'e_ecdsa_allowed_ku',
    where: (one) => kubeadm(one) && ecdsa(one),
    reason: 'RFC 8813 3 forbids keyEncipherment with ECDSA; kubeadm gives it to keys of every kind. strict does not.',
  },
  {
    linter: 'zlint',
    rule: 'w_ext_subject_key_identifier_missing_sub_cert',
    where: (one) => kubeadm(one) && leaf(one),
    reason: 'RFC 5280 4.2.1.2 says SHOULD; kubeadm gives leaves no subject key identifier. strict does.',
  },
  {
    linter: 'zlint',
    rule: 'e_rsa_allowed_ku_no_encipherment_ca',
    where: (one) => kubeadm(one) && rsa(one) && one.kind === 'authority',
    reason: 'RFC 3279 2.3.1 says SHOULD NOT; client-go gives authorities keyEncipherment. strict does not.',
  },
  {
    linter: 'pkilint',
    rule: 'pkix.invalid_domain_name_syntax',
    said: /^Invalid domain name syntax: "[a-z0-9]([a-z0-9-]*[a-z0-9])?"$/,
    where: ({ kind, profile }) => kind !== 'client' && (kind !== 'authority' || profile === 'kubeadm'),
    reason:
      'pkilint wants two labels. A single one is a name too (RFC 1034 3.5, to which RFC 5280 4.2.1.6 leads), and a cluster has them: localhost, kubernetes, its nodes; and, with kubeadm, the names of authorities.',
  },
  {
    linter: 'pkilint',
    rule: 'pkix.certificate_skid_end_entity_missing',
    where: (one) => kubeadm(one) && leaf(one),
    reason: 'RFC 5280 4.2.1.2 says SHOULD; kubeadm gives leaves no subject key identifier. strict does.',
  },
  {
    linter: 'pkilint',
    rule: 'pkix.key_usage_value_prohibited_for_ec',
    said: /^Prohibited key usage value\(s\) present: keyEncipherment$/,
    where: (one) => kubeadm(one) && ecdsa(one),
    reason: 'RFC 8813 3 forbids keyEncipherment with ECDSA; kubeadm gives it to keys of every kind. strict does not.',
  },
];
