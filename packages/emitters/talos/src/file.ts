import { type ContentFile, type Holding, isKeyless, type Plan, type Problem, refuse } from '@kubepki/core';
import { type CertsEntry, certs } from './certs.ts';

/** The bundle as a file. @throws PkiError TALOS_AUTHORITIES where the plan has not what the bundle must hold */
export function bundleFile(
  plan: Plan,
  { path, tokensId }: { readonly path: string; readonly tokensId: string },
): ContentFile {
  refuse(
    'TALOS_AUTHORITIES',
    certs.flatMap((entry) => [...problems(plan, entry)]),
  );
  const holds = certs.flatMap(({ uses: [use = ''], parts }) => {
    const id = plan.uses[use]?.signs ?? '';
    return parts.map((part): Holding => ({ id, part: part === 'crt' ? 'certificate' : 'key' }));
  });
  return { path, mode: 0o600, secret: true, holds, content: { tokens: tokensId } };
}

function* problems(plan: Plan, { name, uses }: CertsEntry): Generator<Problem> {
  const where = `emitter talos: certs.${name}`;
  const [first = ''] = uses;
  if (plan.uses[first] === undefined) {
    const hint = 'set `distribution: talos` in the cluster file, or leave the emitter out';
    yield { where, message: `nobody stands behind the use ${first}`, hint };
    return;
  }
  const signers = [...new Set(uses.flatMap((use) => plan.uses[use]?.signs ?? []))];
  if (signers.length > 1) {
    const hint = 'Talos knows one authority for these; give them one in `authorities`, or leave the emitter out';
    yield { where, message: `for ${uses.join(', ')} sign ${signers.join(' and ')}`, hint };
  }
  const keyless = plan.specs.find((spec) => signers.includes(spec.id) && isKeyless(spec));
  if (keyless === undefined) return;
  const hint = 'Talos signs with it: name its key in `authorities` too, or leave the emitter out';
  yield { where, message: `somebody else keeps the key of ${keyless.id}`, hint };
}
