import { createPrivateKey } from 'node:crypto';

/** What no output may hold: that it has a private key in it, in PEM or in the base64 of a kubeconfig. */
const always = ['PRIVATE KEY-----', ...base64s(Buffer.from('PRIVATE KEY-----'))];
const needles = new Map<string, string>(always.map((needle) => [needle, 'a private key']));
const found: string[] = [];
let runs = 0;

/** Watches every output from now on for a private key in PEM: its text, and its secret numbers in each way to write them. */
export function watchKey(pem: string): void {
  for (const line of pem.split('\n')) if (/^[A-Za-z0-9+/=]{16,}$/.test(line)) needles.set(line, 'a line of a key');
  const jwk = createPrivateKey(pem).export({ format: 'jwk' });
  for (const name of ['d', 'p', 'q'] as const) {
    const number = jwk[name];
    if (number === undefined) continue;
    const bytes = Buffer.from(number, 'base64url').subarray(0, 32);
    const hex = bytes.toString('hex');
    const forms = [number.slice(0, 40), hex, hex.toUpperCase(), bytes.toString('latin1'), ...base64s(bytes)];
    for (const form of [...forms, (hex.match(/../g) ?? []).join(':')]) needles.set(form, `the number ${name} of a key`);
  }
}

/** Watches for a text, such as a passphrase. */
export function watchText(text: string): void {
  for (const form of [text, ...base64s(Buffer.from(text)), Buffer.from(text).toString('hex')]) {
    needles.set(form, 'a passphrase');
  }
}

/** What of all that is watched stands in some bytes. */
export function secretsIn(bytes: Uint8Array | string): readonly string[] {
  const text = typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('latin1');
  return [...new Set([...needles].flatMap(([needle, what]) => (text.includes(needle) ? [what] : [])))];
}

/** Holds the output of a run against all that is watched. */
export function inspectOutput(where: string, bytes: Uint8Array | string): void {
  runs += 1;
  for (const what of secretsIn(bytes)) found.push(`${where}: ${what}`);
}

/** In how many outputs that was looked for, and where it was found. */
export function leaks(): { readonly outputs: number; readonly found: readonly string[] } {
  return { outputs: runs, found };
}

/** The base64 of bytes wherever they begin in a longer text: the part that does not depend on what stands around. */
function base64s(bytes: Buffer): readonly string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    return text.slice(before === 0 ? 0 : before + 1, -2);
  });
}
