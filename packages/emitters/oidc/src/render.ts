import type { ContentFile, Get } from '@kubepki/core';
import { contentSchema } from './content.ts';
import { jwkSet } from './keys.ts';

/** A discovery document, as the API server's own (pkg/serviceaccount/openidmetadata.go), or the keys, as JSON. */
export function renderDiscovery(file: ContentFile, get: Get): string {
  const content = contentSchema.parse(file.content);
  if (content === 'keys') return json(jwkSet(file.holds.map(get)));
  const { issuer, jwksUri, algorithms } = content.configuration;
  return json({
    issuer,
    jwks_uri: jwksUri,
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: algorithms,
  });
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
