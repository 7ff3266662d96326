import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFields, readLife } from './certificate.ts';
import { credentialsOf, readKubeconfig, withoutCredentials } from './kubeconfig.ts';

/** All that has to be equal in two trees, by path: plain data, without what chance or the clock decides. */
export type Portrait = Readonly<Record<string, unknown>>;

type Given = { readonly kubectl: string /** Of leaves, in seconds. */; readonly validity: number };

/** Looks at a node's `/etc/kubernetes`. */
export function portrait(folder: string, given: Given): Portrait {
  const ca = readFileSync(join(folder, 'pki/ca.crt'), 'utf8');
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    paths.map((path) => {
      const file = join(folder, path);
      const stat = lstatSync(file);
      const mode = (stat.mode & 0o7777).toString(8);
      if (stat.isDirectory()) return [path, { folder: mode }];
      if (path.endsWith('.conf')) return [path, { mode, ...kubeconfig(file, ca, given) }];
      return [path, { mode, ...pem(readFileSync(file, 'utf8')) }];
    }),
  );
}

function pem(text: string) {
  const headers = headersOf(text);
  return headers.includes('CERTIFICATE') ? { headers, ...readFields(text), life: lengthOf(text) } : { headers };
}

function kubeconfig(file: string, ca: string, { kubectl, validity }: Given) {
  const read = readKubeconfig(kubectl, file);
  const { 'client-certificate-data': own, ...others } = credentialsOf(read);
  return {
    kubeconfig: withoutCredentials(read),
    headers: Object.fromEntries(Object.entries(others).map(([field, text]) => [field, headersOf(text)])),
    trustsTheAuthority: others['certificate-authority-data'] === ca,
    ...(own !== undefined && { certificate: readFields(own), life: lifeBeside(ca, own, validity) }),
  };
}

/** kubeadm starts it with the authority, and ends it `validity` after the start of the run that made it. */
function lifeBeside(ca: string, own: string, validity: number) {
  const { from, to } = readLife(own);
  const authority = readLife(ca).from;
  const late = to - (authority + backdate + validity);
  return { startsWithTheAuthority: from === authority, endsOutside: late < 0 || late > longestRun ? late : false };
}

const backdate = 300;
const longestRun = 60;

function headersOf(text: string): string[] {
  return [...text.matchAll(/^-----BEGIN (.*)-----$/gm)].map(([, label = '']) => label);
}

function lengthOf(text: string): number {
  const { from, to } = readLife(text);
  return to - from;
}
