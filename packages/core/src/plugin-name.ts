import { PkiError } from './error.ts';

/** A plugin's name is a key in cluster files and part of messages. @throws PkiError PLUGIN_NAME */
export function checkPluginName(kind: 'component' | 'emitter', name: unknown): void {
  if (typeof name === 'string' && /^[a-z][a-z0-9-]*$/.test(name)) return;
  throw new PkiError('PLUGIN_NAME', `${kind} ${JSON.stringify(name)}: this cannot be the name of a plugin`, {
    hint: 'a name has lower-case letters, digits and - alone, and begins with a letter',
  });
}
