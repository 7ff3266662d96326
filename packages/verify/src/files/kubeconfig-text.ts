/** What a kubeconfig says, by where it says it: `clusters.server`, `users.client-key-data`, `current-context`. */
export type KubeconfigText = ReadonlyMap<string, string>;

/** Whether a text is a kubeconfig in YAML. */
export function isKubeconfig(text: string): boolean {
  return /^kind: ["']?Config["']?$/m.test(text) && /^clusters:/m.test(text);
}

const known = new Set([
  'apiVersion',
  'kind',
  'preferences',
  'current-context',
  'clusters.certificate-authority-data',
  'clusters.server',
  'clusters.name',
  'contexts.cluster',
  'contexts.user',
  'contexts.name',
  'users.name',
  'users.client-certificate-data',
  'users.client-key-data',
  'users.client-certificate',
  'users.client-key',
  'users.token',
]);

/**
 * Reads a kubeconfig of one cluster, user and context, a line a field, as kubepki, kubeadm and kubectl write it; in
 * words what else it is. A reader of all YAML would be slower than all other checks of a large tree together.
 */
export function readKubeconfig(text: string): KubeconfigText | string {
  const said = new Map<string, string>();
  let section = '';
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const [, indent = '', key, value = ''] = /^([ -]*)([A-Za-z-]+):(?: +(.*))?$/.exec(line) ?? [];
    if (key === undefined) return 'it has a line that kubepki does not write';
    if (indent === '' && value === '') section = key;
    if (value === '') continue;
    const name = indent === '' ? key : `${section}.${key}`;
    if (!known.has(name)) return `it says ${name}, which kubepki does not write`;
    if (said.has(name)) return `it says ${name} twice`;
    said.set(name, unquoted(value));
  }
  return said;
}

function unquoted(value: string): string {
  if (value.startsWith("'") && value.endsWith("'")) return value.slice(1, -1).replaceAll("''", "'");
  if (!value.startsWith('"')) return value;
  try {
    return String(JSON.parse(value));
  } catch {
    return value;
  }
}
