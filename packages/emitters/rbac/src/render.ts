import { bindingSchema, yamlString } from '@kubepki/core';
import { z } from 'zod';

/** ClusterRoleBindings as a stream of YAML documents; every string is quoted. */
export function renderBindings(content: unknown): string {
  return z.array(bindingSchema).parse(content).map(render).join('---\n');
}

function render({ binding, clusterRole, to }: z.infer<typeof bindingSchema>): string {
  const group = '"rbac.authorization.k8s.io"';
  return [
    'apiVersion: "rbac.authorization.k8s.io/v1"',
    'kind: "ClusterRoleBinding"',
    'metadata:',
    `  name: ${yamlString(binding)}`,
    'roleRef:',
    `  apiGroup: ${group}`,
    '  kind: "ClusterRole"',
    `  name: ${yamlString(clusterRole)}`,
    'subjects:',
    `- apiGroup: ${group}`,
    `  kind: ${yamlString(to.kind)}`,
    `  name: ${yamlString(to.name)}`,
    '',
  ].join('\n');
}
