import { z } from 'zod';

/** The kinds of key that kubepki makes. */
export const algorithms = ['ecdsa-p256', 'ecdsa-p384', 'rsa-2048', 'rsa-3072', 'rsa-4096', 'ed25519'] as const;
/** Reads the name of a kind of key in a schema. */
export const algorithmSchema = z.enum(algorithms);
/** A kind of key: the curve, or RSA with its size in bits. */
export type Algorithm = z.infer<typeof algorithmSchema>;
