/** Whether a text holds a private key as PEM, plain or in base64 as kubeconfigs and Secrets have it. */
export function holdsPrivateKey(text: string): boolean {
  return (
    pem.test(text) || (text.match(base64) ?? []).some((run) => pem.test(Buffer.from(run, 'base64').toString('latin1')))
  );
}

/** The private keys of a text as PEM, plain or in base64. */
export function privateKeysIn(text: string): readonly string[] {
  const plain = text.match(blocks) ?? [];
  const coded = text.match(base64) ?? [];
  return [...plain, ...coded.flatMap((run) => Buffer.from(run, 'base64').toString('latin1').match(blocks) ?? [])];
}

const pem = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/;
const blocks = /-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----[^-]*-----END \1-----/g;
/** The smallest private key in PEM has about 120 characters, and a line of PEM 64. */
const base64 = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{100,}={0,2}/g;
