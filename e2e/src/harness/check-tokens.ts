import { kubectl } from './kubectl.ts';
import type { Machine } from './machine.ts';
import type { See } from './types.ts';

/** A token of a service account as the API server issues it, and the keys by which it says that such tokens verify. */
export async function checkTokens(here: Machine, audience: string, see: See): Promise<void> {
  const admin = (...args: readonly string[]) => kubectl(here, args, { as: here.boot.superAdmin });
  await admin('create', 'serviceaccount', 'app');
  see('issued', 'token', (await admin('create', 'token', 'app', '--audience', audience)).trim());
  see('issued', 'keys', await admin('get', '--raw', '/openid/v1/jwks'));
  see('issued', 'configuration', await admin('get', '--raw', '/.well-known/openid-configuration'));
}
