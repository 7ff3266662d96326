import { randomBytes } from 'node:crypto';
import {
  type AuthoritySpec,
  authorityOf,
  type Certificate,
  describe,
  type Issuer,
  type LeafSpec,
  localIssuer,
  type Plan,
  selfSigned,
  softwareKeys,
  softwareSigner,
  type Template,
  template,
} from '@kubepki/core';
import type { Presented } from './attempt.ts';
import type { Credential, Credentials } from './credentials.ts';

type Made = Extract<Presented, { readonly made: unknown }>;

/** Certificates of no plan, made for one run and kept nowhere. */
export type Strangers = {
  credential(made: Made): Promise<Credential>;
  /** The authority behind it: a server that is to look further than at that must trust it. */
  authority(made: Made): Promise<Certificate>;
};

const day = 86_400;
const life = { from: 'backdate', backdate: 0, counts: 'life', cut: true } as const;
const algorithm = 'ecdsa-p256';
const random = (count: number) => randomBytes(count);

/** Where a certificate's life of one day begins, in days from now: OpenSSL looks at this machine's clock. */
const begins = { stranger: -0.5, expired: -2, early: 1 } as const;

/** Makes certificates like a plan's, by authorities with the names of the plan's; no key of the plan is used. */
export function strangersOf(plan: Plan, credentials: Credentials): Strangers {
  const now = new Date();
  const source = softwareKeys();
  const issuers = new Map<string, Promise<Issuer>>();
  const made = new Map<string, Promise<Credential>>();

  const issuerFor = ({ like }: Made): Promise<Issuer> => {
    const authority = authorityOf(plan, leafOf(plan, like));
    if (authority === undefined) throw new Error(`${like} has no authority`);
    return once(issuers, authority.id, async () => {
      const key = await source.make({ id: authority.id, algorithm });
      const wanted: Template = { ...template(authority, plan), life: { ...life, validity: 20 * day } };
      const request = { template: wanted, key, now: shifted(now, -10), random };
      const subject = await subjectOf(authority, credentials);
      // Somebody else's authority may have a name that kubepki would not write.
      const { certificate } = await selfSigned({ ...request, template: { ...wanted, subject } }).catch(() =>
        selfSigned(request),
      );
      return localIssuer({ certificate, signer: softwareSigner(key) });
    });
  };

  return {
    authority: async (wanted) => (await issuerFor(wanted)).certificate,
    credential: (wanted) =>
      once(made, `${wanted.made} ${wanted.like}`, async () => {
        const key = await source.make({ id: wanted.like, algorithm });
        // What a key may be used for goes by its kind.
        const spec: LeafSpec = { ...leafOf(plan, wanted.like), keys: algorithm };
        const its: Template = { ...template(spec, plan), life: { ...life, validity: day } };
        const issuer = await issuerFor(wanted);
        const { certificate } = await issuer.issue({
          template: its,
          key,
          now: shifted(now, begins[wanted.made]),
          random,
        });
        return { certificates: [certificate], key };
      }),
  };
}

/** The name that an authority really has, as far as a template can say it. */
async function subjectOf(authority: AuthoritySpec, credentials: Credentials): Promise<Template['subject']> {
  const { subject } = describe(await credentials.certificate(authority.id));
  return subject.flatMap(({ type, value }) => (type === 'O' || type === 'CN' ? [{ type, value }] : []));
}

function leafOf(plan: Plan, id: string): LeafSpec {
  const spec = plan.specs.find((one) => one.id === id);
  if (spec?.kind !== 'leaf') throw new Error(`${id} is no leaf`);
  return spec;
}

function shifted(now: Date, days: number): Date {
  return new Date(now.getTime() + days * day * 1000);
}

function once<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const made = known.get(key) ?? make();
  known.set(key, made);
  return made;
}
