import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';

/** Every field of a certificate that is not chance or time, read by OpenSSL and Node alone. */
export type Fields = {
  readonly version: string;
  readonly subject: string;
  readonly issuer: string;
  readonly signature: string;
  readonly key: string;
  readonly extensions: Readonly<Record<string, string | readonly string[]>>;
};

export function readFields(pem: string): Fields {
  const text = openssl(pem, ['-text', '-nameopt', 'RFC2253', '-certopt', 'no_sigdump,no_validity']);
  return {
    version: one(text, /^ +Version: (\S+)/m),
    subject: one(text, /^ +Subject: ?(.*)$/m),
    issuer: one(text, /^ +Issuer: ?(.*)$/m),
    signature: one(text, /^ +Signature Algorithm: (.*)$/m),
    key: keyOf(new X509Certificate(pem)),
    extensions: readExtensions(text),
  };
}

/** A certificate's life, in seconds since 1970. */
export function readLife(pem: string): { readonly from: number; readonly to: number } {
  const { validFrom, validTo } = new X509Certificate(pem);
  return { from: Date.parse(validFrom) / 1000, to: Date.parse(validTo) / 1000 };
}

function keyOf({ publicKey }: X509Certificate): string {
  const { modulusLength, namedCurve, publicExponent } = publicKey.asymmetricKeyDetails ?? {};
  return [publicKey.asymmetricKeyType, modulusLength, publicExponent, namedCurve].filter((each) => each).join(' ');
}

/** Each extension by its name, with `critical` where it is; a list is a set, and of an identifier only that it is there. */
function readExtensions(text: string): Record<string, string | string[]> {
  const extensions: Record<string, string | string[]> = {};
  const [, block = ''] = text.split(/^ {8}X509v3 extensions:\n/m);
  for (const [, name = '', critical, value = ''] of block.matchAll(
    /^ {12}(\S.*?): ?(critical)?\n((?: {16}.*\n?)+)/gm,
  )) {
    const lines = value.trim();
    const known = name.includes('Key Identifier') ? 'present' : lines.split(/, |\n */).sort();
    extensions[critical ? `${name} (critical)` : name] = known;
  }
  return extensions;
}

function openssl(pem: string, args: readonly string[]): string {
  return execFileSync('openssl', ['x509', '-noout', ...args], { input: pem, encoding: 'utf8' });
}

function one(text: string, pattern: RegExp): string {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`nothing like ${pattern} in\n${text}`);
  return found.trim();
}
