import { isKubeconfig, kubeconfigContents } from './kubeconfig.ts';
import { type Contents, pemContents } from './pem.ts';
import type { Source } from './walk.ts';

/** The most bytes of a certificate by itself, as for every certificate that kubepki reads. */
const largestDer = 64 * 1024;

/** The certificates in a file's bytes: of DER, of PEM, or within a kubeconfig. Keys beside them are passed over. */
export function contentsOf({ path, named }: Source, bytes: Buffer): Contents {
  const wrong = (message: string, hint?: string): Contents => ({
    found: [],
    problems: [{ where: path, message, ...(hint === undefined ? {} : { hint }) }],
  });
  const contents = isDer(bytes) ? derContents(path, bytes) : textContents(path, bytes);
  if (contents.found.length > 0 || contents.problems.length > 0) return contents;
  if (bytes.length > 0 && isDer(bytes) && bytes.length > largestDer)
    return wrong('it is larger than 64 KiB, and no certificate is');
  // In a folder there may be keys in PEM or DER too.
  if (!named && !/\.(crt|cer|cert)$/i.test(path)) return nothing;
  return wrong('it holds no certificate', hintFor(bytes));
}

const nothing: Contents = { found: [], problems: [] };

/** A SEQUENCE whose length takes more than one byte, which no text begins with. */
function isDer(bytes: Buffer): boolean {
  return bytes[0] === 0x30 && (bytes[1] ?? 0) >= 0x80;
}

/** A certificate begins with another SEQUENCE; keys and PKCS #12 begin with the number of a version. */
function derContents(file: string, bytes: Buffer): Contents {
  const inner = bytes[2 + ((bytes[1] ?? 0) & 0x7f)];
  if (inner === 0x02 || bytes.length > largestDer) return nothing;
  return { found: [{ place: { file }, der: new Uint8Array(bytes) }], problems: [] };
}

function textContents(file: string, bytes: Buffer): Contents {
  const text = bytes.toString('latin1');
  const pem = pemContents(text, { file });
  return pem.found.length > 0 || pem.problems.length > 0 ? pem : kubeconfigContents(file, bytes);
}

function hintFor(bytes: Buffer): string {
  const text = bytes.toString('latin1');
  if (/^-----BEGIN [A-Z ]*KEY-----/m.test(text)) return 'it holds a key, of which nothing was read';
  if (isKubeconfig(text)) return 'it names files of certificates: lint these';
  return 'PEM, DER or a kubeconfig with its certificates inside';
}
