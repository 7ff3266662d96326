import { defineEmitter, type LeafSpec, type Spec } from '@kubepki/core';
import { z } from 'zod';

/** Certificate and key of each server on a node in one file, as NAME reads them. */
export const camelNameEmitter = defineEmitter({
  name: 'NAME',
  options: z.strictObject({
    folder: z.string().min(1).default('etc/NAME/certs').describe('The folder of the files, from the root of a node.'),
  }),
  emitter: ({ folder }) => ({
    *files({ specs }) {
      for (const spec of specs) {
        if (!isServerOnNode(spec)) continue;
        yield {
          path: `nodes/${spec.node}/${folder}/${spec.name.replaceAll('/', '-')}.pem`,
          mode: 0o600,
          secret: true,
          holds: [
            { id: spec.id, part: 'certificate' },
            { id: spec.id, part: 'key' },
          ],
        };
      }
    },
    render: (file, get) => file.holds.map(get).join(''),
    read: (text) => {
      const key = text.search(/-----BEGIN [A-Z ]*PRIVATE KEY-----/);
      return [text.slice(0, key), text.slice(key)];
    },
  }),
});

function isServerOnNode(spec: Spec): spec is LeafSpec {
  return spec.kind === 'leaf' && spec.node !== undefined && spec.usages.includes('server');
}
