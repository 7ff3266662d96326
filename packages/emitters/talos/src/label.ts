/** PKCS#8 has a label of its own in Talos where the key is an Ed25519 one (siderolabs/crypto x509). */
const ours = 'PRIVATE KEY';
const theirs = 'ED25519 PRIVATE KEY';

/** A PEM text under the label by which Talos knows it. All other keys have a label of their kind anyway. */
export function toTalos(pem: string): string {
  return relabel(pem, { from: ours, to: theirs });
}

/** The inverse of `toTalos`. */
export function fromTalos(pem: string): string {
  return relabel(pem, { from: theirs, to: ours });
}

function relabel(pem: string, { from, to }: { readonly from: string; readonly to: string }): string {
  return pem
    .replace(`-----BEGIN ${from}-----`, `-----BEGIN ${to}-----`)
    .replace(`-----END ${from}-----`, `-----END ${to}-----`);
}
