import { type Binding, defineEmitter, PkiError, type Plan } from '@kubepki/core';
import { z } from 'zod';
import { renderBindings } from './render.ts';

/**
 * Writes the bindings that the identities of a plan need before the API server lets them do their work.
 * It reads the plan alone and holds no credential.
 */
export const rbac = defineEmitter({
  name: 'rbac',
  options: z.strictObject({
    path: z.string().default('manifests/rbac.yaml').describe('Where the manifest lies in the tree.'),
  }),
  emitter: ({ path }) => ({
    *files(part, { plan }) {
      const bindings = part.node === undefined ? bindingsOf(plan) : [];
      if (bindings.length > 0) yield { path, mode: 0o644, secret: false, holds: [], content: bindings };
    },
    render: (file) => renderBindings(file.content),
    read: () => [],
  }),
});

/** Each binding once. */
function bindingsOf(plan: Plan): Binding[] {
  const bindings = new Map<string, Binding>();
  for (const binding of plan.specs.flatMap((spec) => (spec.kind === 'leaf' ? spec.bindings : []))) {
    const other = bindings.get(binding.binding);
    if (other !== undefined && describe(other) !== describe(binding)) {
      throw new PkiError(
        'BINDING_TWICE',
        `emitter rbac: ${binding.binding} binds ${describe(other)} and ${describe(binding)}`,
        {
          hint: 'give one of the two bindings another name',
        },
      );
    }
    bindings.set(binding.binding, binding);
  }
  return [...bindings.values()];
}

function describe({ clusterRole, to }: Binding): string {
  return `the ${to.kind} ${to.name} to ${clusterRole}`;
}
