import type { Profile } from '@kubepki/core';
import { kubeadm } from './kubeadm.ts';
import type { ProfilePreset } from './preset.ts';
import { strict } from './strict.ts';

/** The profiles that a cluster file can name. */
export const profiles: Readonly<Record<Profile, ProfilePreset>> = { strict, kubeadm };
