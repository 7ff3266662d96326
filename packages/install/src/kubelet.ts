import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { isAbsolute, join, posix } from 'node:path';
import { lookAt, readBytes, reading } from '@kubepki/core';
import type { Rules } from './outlook.ts';
import type { Wanted } from './wanted.ts';

/**
 * Where a kubelet keeps its client certificate: a link to a file with certificate and key. When it renews that, it
 * writes a file of another name and lets the link lead there (client-go util/certificate/certificate_store.go).
 */
const current = 'var/lib/kubelet/pki/kubelet-client-current.pem';
/** No such file is larger. */
const largest = 2 ** 20;

/** How a run treats a kubelet's client certificate, and until when the one is good that the kubelet renewed itself. */
export type KubeletRules = Required<Pick<Rules, 'leaves' | 'discards'>> & { readonly renewedUntil?: Date };

/**
 * A kubelet's certificate that it renewed itself is left alone while it is good: its life is not over, it has the same
 * name and the same authority as the one that is wanted, and its key is with it. One that is not gives way.
 */
export function kubeletRules(
  { files, links }: Wanted,
  { root, now }: { readonly root: string; readonly now: Date },
): KubeletRules {
  const none = { leaves: () => false, discards: () => false };
  const link = links.find(({ path }) => path === current)?.link;
  if (link === undefined || targetOf(root) === link) return none;
  const path = posix.join(posix.dirname(current), link);
  const wanted = certificateIn(files.find((file) => file.path === path)?.text());
  const found = certificateIn(presentText(root));
  if (wanted === undefined || found === undefined) return { ...none, discards: (one) => one === current };
  const authorities = files
    .filter(({ path: name, mode }) => mode !== 0o600 && /\.(crt|pem)$/.test(name))
    .flatMap((file) => certificateIn(file.text())?.certificate ?? []);
  const good =
    nameOf(found.certificate) === nameOf(wanted.certificate) &&
    found.hasKey &&
    Date.parse(found.certificate.validFrom) <= now.getTime() &&
    now.getTime() <= Date.parse(found.certificate.validTo) &&
    authorities.some((ca) => isBy(ca, wanted.certificate) && isBy(ca, found.certificate));
  if (!good) return { ...none, discards: (one) => one === current };
  return {
    ...none,
    leaves: (one) => one === current || one === path,
    renewedUntil: new Date(found.certificate.validTo),
  };
}

/** A subject, whatever the order of its parts. */
function nameOf({ subject }: X509Certificate): string {
  return subject.split('\n').sort().join('\n');
}

function isBy(authority: X509Certificate, certificate: X509Certificate): boolean {
  return certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
}

/** Where the kubelet's link leads; undefined: there is no link. */
function targetOf(root: string): string | undefined {
  const path = join(root, current);
  return lookAt(path)?.isSymbolicLink() ? reading(path, () => readlinkSync(path)) : undefined;
}

/** What the kubelet has now. Its link has the path on the node. */
function presentText(root: string): string | undefined {
  const path = join(root, current);
  const target = targetOf(root);
  const way = target !== undefined && isAbsolute(target) ? root : join(root, posix.dirname(current));
  const file = target === undefined ? path : join(way, target);
  return lookAt(file)?.isFile() ? readBytes(file, largest).toString() : undefined;
}

/** The first certificate of a text, and whether its key is there too; undefined: it holds none. */
function certificateIn(
  text: string | undefined,
): { readonly certificate: X509Certificate; readonly hasKey: boolean } | undefined {
  if (text === undefined || !text.includes('-----BEGIN CERTIFICATE-----')) return undefined;
  try {
    const certificate = new X509Certificate(text);
    const hasKey = text.includes('PRIVATE KEY-----') && certificate.checkPrivateKey(createPrivateKey(text));
    return { certificate, hasKey };
  } catch {
    return undefined; // such a file is of no use to the kubelet either
  }
}
