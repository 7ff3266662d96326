import { type Policy, refuse, type Spec } from '@kubepki/core';

const domain = 'k8s.example.internal';
const hint = 'we hold no other domain, and whoever holds that one could send our clients to another server';

/** The rules of our house: RSA-3072 and 90 days for everything, and no name that is not ours. */
export const house: Policy = (plan) => {
  const parents = [domain, plan.cluster.dnsDomain, 'svc', 'default', 'monitoring'].map((name) => `.${name}`);
  const foreign = (name: string) => name.includes('.') && !parents.some((parent) => name.endsWith(parent));
  const leaves = plan.specs.filter((spec) => spec.kind === 'leaf');
  const problems = leaves.flatMap(({ id: where, sans }) =>
    sans.dns.filter(foreign).map((name) => ({ where, message: `${name} is not under ${domain}`, hint })),
  );
  refuse('HOUSE_RULES', problems);
  const specs = plan.specs.map((spec): Spec => {
    if (spec.kind === 'elsewhere') return spec;
    // The appliances that inspect our traffic read RSA alone, and our auditors want 3072 bits.
    if (spec.kind === 'keypair') return { ...spec, keys: 'rsa-3072' };
    // Clusters are built anew each quarter, so no certificate needs to outlive one, an authority's neither.
    return { ...spec, keys: 'rsa-3072', validity: Math.min(spec.validity, 90 * 86_400) };
  });
  return { ...plan, specs };
};
