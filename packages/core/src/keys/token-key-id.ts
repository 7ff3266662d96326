import { hash, type KeyObject } from 'node:crypto';
import { spkiOf } from './spki.ts';

/**
 * The `kid` by which tokens of service accounts name the key that signed them: SHA-256 of the SubjectPublicKeyInfo, as
 * base64url without padding (Kubernetes pkg/serviceaccount/jwt.go, keyIDFromPublicKey).
 * @throws TypeError where the key is not a public one of a kind that kubepki knows
 */
export function tokenKeyId(publicKey: KeyObject): string {
  return hash('sha256', spkiOf(publicKey), 'base64url');
}
