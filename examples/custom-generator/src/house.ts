import { type Plan, type Problem, refuse, type Spec } from '@kubepki/core';

const day = 86_400;
const longest = 90 * day;
const domain = 'k8s.example.internal';

/** The rules of our house: RSA-3072 and 90 days for everything, and no name that is not ours. */
export function house(plan: Plan): Plan {
  refuse(
    'HOUSE_RULES',
    plan.specs.flatMap((spec) => foreignNames(spec, plan)),
  );
  return { ...plan, specs: plan.specs.map(strengthened) };
}

function strengthened(spec: Spec): Spec {
  if (spec.kind === 'elsewhere') return spec;
  // The appliances that inspect our traffic read RSA alone, and our auditors want 3072 bits.
  if (spec.kind === 'keypair') return { ...spec, keys: 'rsa-3072' };
  // Clusters are built anew each quarter, so no certificate needs to outlive one, an authority's neither.
  return { ...spec, keys: 'rsa-3072', validity: Math.min(spec.validity, longest) };
}

function foreignNames(spec: Spec, { cluster }: Plan): readonly Problem[] {
  if (spec.kind !== 'leaf') return [];
  const { dns } = spec.sans;
  const inside = (name: string) => !name.includes('.') || dns.includes(`${name}.svc`);
  const ours = [domain, 'svc', cluster.dnsDomain];
  return dns
    .filter((name) => !inside(name) && !ours.some((parent) => name.endsWith(`.${parent}`)))
    .map((name) => ({
      where: spec.id,
      message: `${name} is not under ${domain}`,
      hint: 'we hold no other domain, and whoever holds that one could send our clients to another server',
    }));
}
