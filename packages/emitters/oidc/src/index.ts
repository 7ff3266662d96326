import { defineEmitter } from '@kubepki/core';
import { discoveryFiles } from './files.ts';
import { pemsOf } from './keys.ts';
import { optionsSchema } from './options.ts';
import { renderDiscovery } from './render.ts';

/**
 * Writes what others verify tokens of service accounts by, such as a cloud's workload identity: the folder `oidc`, to
 * be served as it is under the issuer's address (OpenID Connect Discovery 1.0 §4, RFC 7517).
 */
export const oidc = defineEmitter({
  name: 'oidc',
  options: optionsSchema,
  emitter: (options) => ({
    *files(part, { plan }) {
      yield* discoveryFiles(part, { plan, options });
    },
    render: renderDiscovery,
    read: (text, file) => (file.holds.length === 0 ? [] : pemsOf(text)),
  }),
});
