import { execFileSync } from 'node:child_process';
import { symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import type { Desk } from './program.ts';

const cut = '-----BEGIN CERTIFICATE-----\nMIIB\n';
const wrong = (data: unknown) => ({ kind: 'Config', clusters: [{ cluster: { 'certificate-authority-data': data } }] });

/** What `lint` cannot judge: what makes it under a name, and what is said of it. */
export const unjudged: Readonly<Record<string, readonly [make: (own: Desk, file: string) => void, says: RegExp]>> = {
  'nothing at all': [() => {}, /there is no such file or folder/],
  'an empty file': [(own, file) => own.write(file, ''), /holds no certificate/],
  'a text': [(own, file) => own.write(file, 'a text'), /holds no certificate[\s\S]*PEM, DER or a kubeconfig/],
  'a certificate that is cut off': [(own, file) => own.write(file, cut), /a certificate in it has no end/],
  'a key': [
    (own, file) => execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', own.path(file)]),
    /it holds a key, of which nothing was read/,
  ],
  'a key in DER': [
    (own, file) =>
      execFileSync('openssl', ['genpkey', '-algorithm', 'rsa', '-outform', 'DER', '-out', own.path(file)], {
        stdio: 'pipe',
      }),
    /holds no certificate/,
  ],
  'DER of 65 KiB': [
    (own, file) =>
      writeFileSync(own.path(file), Buffer.concat([Buffer.from('3083010000', 'hex'), Buffer.alloc(65_536)])),
    /larger than 64 KiB/,
  ],
  'a bundle of more than 1 MiB': [
    (own, file) => own.write(file, `${cut}-----END CERTIFICATE-----\n`.repeat(20_000)),
    /larger than 1 MiB/,
  ],
  'a file of 1 TiB': [
    (own, file) => {
      own.write(file, '');
      truncateSync(own.path(file), 2 ** 40);
    },
    /larger than 1 MiB/,
  ],
  'a kubeconfig of files': [
    (own, file) => own.write(file, { kind: 'Config', clusters: [{ cluster: { 'certificate-authority': 'ca.crt' } }] }),
    /it names files of certificates: lint these/,
  ],
  'a kubeconfig whose base64 is none': [(own, file) => own.write(file, wrong('!')), /clusters\[0\]: .* not in base64/],
  'a kubeconfig whose base64 is a number': [
    (own, file) => own.write(file, wrong(1)),
    /clusters\[0\]: .* not in base64/,
  ],
  'a kubeconfig without PEM': [(own, file) => own.write(file, wrong('AAAA')), /clusters\[0\]: it holds no certificate/],
  'a kubeconfig with half a certificate': [
    (own, file) => own.write(file, wrong(Buffer.from(cut).toString('base64'))),
    /clusters\[0\]: a certificate in it has no end/,
  ],
  'a kubeconfig with an alias': [
    (own, file) => own.write(file, 'kind: Config\na: &a certificate-authority-data\nb: *a\n'),
    /^a\d+:2:.*an anchor/m,
  ],
  'a kubeconfig that is deep': [
    (own, file) => own.write(file, `kind: Config\ncertificate-authority-data: ${'['.repeat(20_000)}`),
    /more than 64 lists/,
  ],
  'a kubeconfig of another shape': [
    (own, file) => own.write(file, { kind: 'Config', clusters: 'certificate-authority-data', users: [1, null, {}] }),
    /holds no certificate/,
  ],
  'a link to itself': [(own, file) => symlinkSync(file, own.path(file)), /cannot be looked at \(ELOOP\)/],
};
