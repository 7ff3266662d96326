import { createPrivateKey, sign } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const day = 86_400_000;
/** Which authority signed what, by the file's place below `/etc/kubernetes`. */
const issuers: readonly (readonly [RegExp, string])[] = [
  [/^pki\/(etcd\/|apiserver-etcd-client)/, 'pki/etcd/ca.key'],
  [/^pki\/front-proxy-client/, 'pki/front-proxy-ca.key'],
  [/./, 'pki/ca.key'],
];

/**
 * Makes what kubeadm made just now as old as it would be after so many days: each leaf, in files and in kubeconfigs,
 * is the same but for its instants, and is signed again by its authority.
 */
export function age(folder: string, days: number): void {
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const isLeaf = path.endsWith('.crt') && !/(^|[/-])ca\.crt$/.test(path);
    if (!isLeaf && !/^[\w-]+\.conf$/.test(path)) continue;
    const [, authority = ''] = issuers.find(([pattern]) => pattern.test(path)) ?? [];
    const older = (pem: string) => aged(pem, { key: readFileSync(join(folder, authority), 'utf8'), days });
    const text = readFileSync(join(folder, path), 'utf8');
    const changed = isLeaf
      ? older(text)
      : text.replace(/(client-certificate-data: )(\S+)/, (_, field, data) => field + base64(older(plain(data))));
    writeFileSync(join(folder, path), changed);
  }
}

function aged(pem: string, { key, days }: { readonly key: string; readonly days: number }): string {
  const der = Buffer.from(pem.replace(/-----.*-----|\s/g, ''), 'base64');
  const [tbs = der, algorithm = der] = elements(der);
  const older = Buffer.from(
    tbs.toString('latin1').replace(/(?<!\d)(\d{12})Z/g, (_, time) => `${earlier(time, days)}Z`),
    'latin1',
  );
  const signature = sign('sha256', older, createPrivateKey(key));
  const bits = element(0x03, Buffer.concat([Buffer.of(0), signature]));
  const body = element(0x30, Buffer.concat([older, algorithm, bits])).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${body.replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
}

/** A UTCTime (RFC 5280 4.1.2.5.1) so many days before. */
function earlier(time: string, days: number): string {
  const iso = time.replace(/(..)(..)(..)(..)(..)(..)/, '20$1-$2-$3T$4:$5:$6Z');
  return new Date(Date.parse(iso) - days * day).toISOString().replace(/^20|[-:TZ]|\.\d+/g, '');
}

/** What is within a SEQUENCE, each with its header. */
function elements(der: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = headerOf(der).size; at < der.length; ) {
    const rest = der.subarray(at);
    const { size, length } = headerOf(rest);
    found.push(rest.subarray(0, size + length));
    at += size + length;
  }
  return found;
}

function headerOf(der: Buffer): { readonly size: number; readonly length: number } {
  const first = der[1] ?? 0;
  if (first < 0x80) return { size: 2, length: first };
  return { size: 2 + (first & 0x7f), length: der.readUIntBE(2, first & 0x7f) };
}

function element(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const plain = (data: string) => Buffer.from(data, 'base64').toString();
const base64 = (text: string) => Buffer.from(text).toString('base64');
