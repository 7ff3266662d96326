import { z } from 'zod';

/** The kinds of key that kubepki makes. */
export const algorithms = ['ecdsa-p256', 'ecdsa-p384', 'rsa-2048', 'rsa-3072', 'rsa-4096', 'ed25519'] as const;
export const algorithmSchema = z.enum(algorithms);
export type Algorithm = z.infer<typeof algorithmSchema>;
