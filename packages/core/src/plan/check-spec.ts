import { keyFromPublicPem } from '../keys/public-pem.ts';
import { checkHosts, checkSans } from './check-addresses.ts';
import { checkLife } from './check-life.ts';
import { checkManifests } from './check-manifests.ts';
import type { Finding } from './finding.ts';
import type { Plan } from './plan.ts';
import type { KeyPairSpec, LeafSpec, Spec } from './spec.ts';

/** RFC 5280, appendix A: ub-common-name and ub-organization-name. OpenSSL refuses longer ones. */
const longest = 64;

/** What is wrong with one spec by itself, or against its authority. */
export function* checkSpec(plan: Plan, spec: Spec): Generator<Finding> {
  if (spec.kind === 'elsewhere') return yield* checkHosts(spec);
  if (spec.kind === 'keypair') return yield* checkKeyPair(spec);
  yield* checkText('common name', spec.commonName);
  yield* checkLife(plan, spec);
  if (spec.kind === 'leaf') {
    yield* checkLeaf(spec);
    yield* checkManifests(spec);
  }
}

function* checkKeyPair({ keys, serves, publicKey }: KeyPairSpec): Generator<Finding> {
  if (publicKey !== undefined && keyFromPublicPem(publicKey)?.algorithm !== keys) {
    yield {
      message: `its public key is no PUBLIC KEY in PEM of the kind ${keys}`,
      hint: 'openssl pkey -pubout writes it; a private key is not to be there',
    };
  }
  if (keys !== 'ed25519' || !serves.includes('sa')) return;
  yield {
    message: 'Kubernetes signs service-account tokens with RSA or ECDSA keys only, not with ed25519',
    hint: 'set keys.serviceAccounts to ecdsa-p256',
  };
}

function* checkLeaf({ organizations, usages, sans, kubeconfig, connects }: LeafSpec): Generator<Finding> {
  for (const organization of organizations) yield* checkText('organization', organization);
  if (usages.length === 0) {
    yield {
      message: "it is neither a server's nor a client's certificate",
      hint: 'make it with server, client or peer, which set its usages',
    };
  }
  if (usages.includes('server') && sans.dns.length + sans.ips.length === 0) {
    yield {
      message: 'a server needs at least one name or address',
      hint: 'put what its clients reach it by into `sans`',
    };
  }
  if (kubeconfig !== undefined && connects.length !== 1) {
    yield {
      message: `a kubeconfig names one server, and this one connects to ${connects.length}`,
      hint: 'let it connect to one server, or leave `kubeconfig` out',
    };
  }
  yield* checkSans(sans);
}

function* checkText(what: string, text: string): Generator<Finding> {
  const bytes = Buffer.byteLength(text);
  if (bytes > longest)
    yield { message: `its ${what} has ${bytes} bytes, and X.509 allows ${longest}`, hint: 'use a shorter name' };
  if (bytes === 0) yield { message: `its ${what} is empty`, hint: 'give it a name, or leave it out' };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text))
    yield { message: `its ${what} holds control characters`, hint: 'use letters that can be seen' };
  if (/\p{Surrogate}/u.test(text))
    yield { message: `its ${what} holds half a character`, hint: 'cut a text between characters, not within one' };
}
