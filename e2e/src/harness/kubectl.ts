import type { Machine } from './machine.ts';

type Where = { as?: string; node?: string | undefined; input?: string };

/** Runs kubectl as somebody (the admin) on a node (or elsewhere) and returns what it printed. */
export function kubectl(here: Machine, args: readonly string[], { as, node, input }: Where = {}): Promise<string> {
  const options = ['--kubeconfig', as ?? here.boot.admin, '--request-timeout', '15s'];
  const command = { part: 'kubectl', args: [...options, ...args] } as const;
  return here.run({ ...command, ...(node !== undefined && { node }), ...(input !== undefined && { input }) });
}
