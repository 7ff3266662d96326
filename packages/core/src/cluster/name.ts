import { parseDnsName } from './address.ts';
import { asciiHint, isHostname, isInternational, longestHost } from './rfc1123.ts';
import { type Parsed, read, textField, wrong } from './text.ts';

/** The most that a common name or an organization of a certificate may hold (X.520's ub-common-name), here counted in bytes. */
export const longestName = 64;

const nodePrefix = 'system:node:';

/** Reads the name of a machine into lower case, as kubeadm does: one that a kubelet can have. */
export function parseNodeName(text: string): Parsed<string> {
  const name = text.toLowerCase();
  const most = longestName - nodePrefix.length;
  if (name === '') return wrong('empty, where the name of a machine is expected');
  if (name.length > most) {
    return wrong(
      `a name of ${name.length} characters; ${nodePrefix}NAME is a certificate's common name and may have ${longestName}`,
      `${most} characters at most`,
    );
  }
  if (isInternational(name)) return wrong('a name with letters beyond ASCII', asciiHint(name));
  if (!isHostname(name))
    return wrong('not a name that a kubelet can have', 'a-z, 0-9, - and dots, with a letter or a digit at each end');
  return read(name);
}

/** Reads the name of a cluster, which becomes part of a kubeconfig's context. */
export function parseClusterName(text: string): Parsed<string> {
  if (/[/\\]/.test(text) || text === '.' || text === '..') {
    return wrong('a name that could be taken for a path', 'leave out / and \\');
  }
  return parsePlain(text, 'the name of a cluster');
}

/** Reads the cluster's DNS domain. */
export function parseDnsDomain(text: string): Parsed<string> {
  const name = parseDnsName(text);
  if (!name.ok) return name;
  const room = longestHost - 'kubernetes.default.svc.'.length;
  return name.value.length > room
    ? wrong(`a domain of ${name.value.length} characters; ${room} leave room for its services`)
    : name;
}

/** Identities that the cluster's own parts have, or that kubepki makes. */
const taken = new Set([
  'admin',
  'super-admin',
  'kubernetes-admin',
  'kubernetes-super-admin',
  'kube-apiserver',
  'kube-apiserver-kubelet-client',
  'kube-apiserver-etcd-client',
  'kube-etcd-healthcheck-client',
  'front-proxy-client',
]);

/** Reads the name of a person: a common name and the name of a file. */
export function parseUserName(text: string): Parsed<string> {
  if (text === '') return wrong('empty, where the name of a person is expected');
  if (/^system:/i.test(text))
    return wrong(
      'a name that begins with system:, which Kubernetes keeps for itself',
      'give the rights by a group or a binding',
    );
  if (taken.has(text.toLowerCase()))
    return wrong('the name of an identity that the cluster has already', 'choose another name');
  const bytes = Buffer.byteLength(text);
  if (bytes > longestName)
    return wrong(`a name of ${bytes} bytes; a certificate's common name may have ${longestName}`);
  if (!/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(text)) {
    return wrong(
      'not a name that a file and a certificate can have alike',
      "letters, digits and . _ - between them; an @ stands before a node's name",
    );
  }
  return read(text);
}

/** Reads a group: an organization of a certificate. */
export function parseGroup(text: string): Parsed<string> {
  return parsePlain(text, 'the name of a group');
}

/** Reads a node's name in a schema. */
export const nodeNameField = textField(parseNodeName);
/** Reads a cluster's name in a schema. */
export const clusterNameField = textField(parseClusterName);
/** Reads the DNS domain of a cluster's services in a schema. */
export const dnsDomainField = textField(parseDnsDomain);
/** Reads a user's name in a schema. */
export const userNameField = textField(parseUserName);
/** Reads a group's name in a schema. */
export const groupField = textField(parseGroup);

function parsePlain(text: string, what: string): Parsed<string> {
  const bytes = Buffer.byteLength(text);
  if (text === '') return wrong(`empty, where ${what} is expected`);
  if (bytes > longestName) return wrong(`a name of ${bytes} bytes; ${longestName} are allowed`);
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(text)) return wrong('a name with a character that cannot be seen');
  if (text !== text.trim()) return wrong('a name with a space at an end');
  if (text !== text.normalize('NFC'))
    return wrong('a name whose accents are characters of their own', 'write it in Unicode form NFC');
  return read(text);
}
