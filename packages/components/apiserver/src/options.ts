import { sansField } from '@kubepki/core';
import { z } from 'zod';

const own = z.enum(['dedicated', 'serving']);

/** What can be chosen about an API server. */
export const options = z.strictObject({
  port: z.int().min(1).max(65535).default(6443).describe('The port that it answers at on each control plane.'),
  sans: sansField.describe('More names and addresses at which clients reach it.'),
  loopback: z.boolean().default(true).describe('It is also reached as localhost and at the loopback addresses.'),
  subnets: z
    .enum(['all', 'first'])
    .default('all')
    .describe("Whose first addresses become names: those of all service subnets, or the first's alone."),
  addresses: z.enum(['all', 'advertised']).default('all').describe("Which of a node's addresses become names."),
  clients: z
    .strictObject({ etcd: z.enum([...own.options, 'none']).default('dedicated'), kubelet: own.default('dedicated') })
    .prefault({})
    .describe('What it presents to etcd and to kubelets: a certificate of its own for it, or its serving certificate.'),
  frontProxy: z.boolean().default(true).describe('It accepts the word of a front proxy.'),
});

export type ApiserverOptions = z.output<typeof options>;
