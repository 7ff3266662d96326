import { isKubeconfig, kubeconfigContents } from './kubeconfig.ts';
import { type Contents, nothing, pemContents } from './pem.ts';
import type { Source } from './walk.ts';

/** The most bytes of a certificate by itself, as for every certificate that kubepki reads. */
const largestDer = 64 * 1024;

/**
 * The certificates in a file's bytes: of DER, of PEM, or within a kubeconfig; and the files that a kubeconfig names.
 * Keys beside them are passed over. A file that was named, or is a certificate by its name, and has none is a problem.
 */
export function contentsOf(source: Source, bytes: Buffer): Contents {
  const { path, named } = source;
  const contents = isDer(bytes) ? derContents(path, bytes) : textContents(source, bytes);
  if (contents.found.length + contents.problems.length + contents.references.length > 0) return contents;
  if (bytes.length > largestDer && isDer(bytes)) return wrong(path, 'it is larger than 64 KiB, and no certificate is');
  // In a folder there may be keys in PEM or DER too.
  if (!named && !/\.(crt|cer|cert)$/i.test(path)) return nothing;
  return wrong(path, 'it holds no certificate', hintFor(bytes));
}

function wrong(where: string, message: string, hint?: string): Contents {
  return { ...nothing, problems: [{ where, message, ...(hint === undefined ? {} : { hint }) }] };
}

/** A SEQUENCE whose length takes more than one byte, which no text begins with. */
function isDer(bytes: Buffer): boolean {
  return bytes[0] === 0x30 && (bytes[1] ?? 0) >= 0x80;
}

/** A certificate begins with another SEQUENCE; keys and PKCS #12 begin with the number of a version. */
function derContents(file: string, bytes: Buffer): Contents {
  const inner = bytes[2 + ((bytes[1] ?? 0) & 0x7f)];
  if (inner === 0x02 || bytes.length > largestDer) return nothing;
  return { ...nothing, found: [{ place: { file }, der: new Uint8Array(bytes) }] };
}

function textContents(source: Source, bytes: Buffer): Contents {
  const pem = pemContents(bytes.toString('latin1'), { file: source.path });
  return pem.found.length > 0 || pem.problems.length > 0 ? pem : kubeconfigContents(source, bytes);
}

function hintFor(bytes: Buffer): string {
  const text = bytes.toString('latin1');
  if (/^-----BEGIN [A-Z ]*KEY-----/m.test(text)) return 'it holds a key, of which nothing was read';
  if (isKubeconfig(text)) return 'it is a kubeconfig without certificates';
  return 'PEM, DER or a kubeconfig with its certificates inside';
}
