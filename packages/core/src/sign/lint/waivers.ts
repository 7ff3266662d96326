import type { Profile } from '../../plan/plan.ts';

/** A rule that a profile does not keep, and why. */
export type Waiver = { readonly rule: string; readonly reason: string };

/** The rules that each profile waives. What is waived is signed, and reported by `lint` all the same. */
export const waivers: Readonly<Record<Profile, readonly Waiver[]>> = {
  strict: [],
  kubeadm: [
    {
      rule: 'key-encipherment',
      reason: 'kubeadm gives keyEncipherment to keys of every kind (util/pkiutil/pki_helpers.go, NewSignedCert)',
    },
    {
      rule: 'authority-signs-lists',
      reason: 'client-go gives authorities no cRLSign (util/cert/cert.go, NewSelfSignedCACert)',
    },
    {
      rule: 'authority-names',
      reason: 'client-go gives an authority its own name as a SAN (util/cert/cert.go, NewSelfSignedCACert)',
    },
    {
      rule: 'path-length',
      reason: 'client-go gives authorities no path length (util/cert/cert.go, NewSelfSignedCACert)',
    },
    {
      rule: 'subject-key-id-leaf',
      reason: 'kubeadm gives leaves no subject key identifier (util/pkiutil/pki_helpers.go, NewSignedCert)',
    },
    {
      rule: 'serial-random',
      reason: 'kubeadm draws serial numbers of 63 bits (util/pkiutil/pki_helpers.go, NewSignedCert)',
    },
    {
      rule: 'life-issuer',
      reason: "kubeadm does not cut a leaf's life to its authority's (util/pkiutil/pki_helpers.go, NewSignedCert)",
    },
    {
      rule: 'life-start',
      reason: 'kubeadm begins a leaf five minutes before now, whenever its authority began (NewSignedCert)',
    },
    {
      rule: 'masters-life',
      reason: 'kubeadm gives super-admin.conf, and up to 1.28 admin.conf, the life of every leaf (phases/kubeconfig)',
    },
  ],
};
