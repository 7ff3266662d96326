import type { Profile } from '../plan/plan.ts';

/**
 * The mode of a file by what it holds: keys 0600, certificates 0644. kubeadm gives 0600 to public keys
 * too (client-go util/keyutil/key.go, WriteKey).
 */
export function modeOf(part: 'certificate' | 'key' | 'public', profile: Profile): number {
  if (part === 'key') return 0o600;
  return part === 'public' && profile === 'kubeadm' ? 0o600 : 0o644;
}
