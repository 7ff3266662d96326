// What OpenSSL or Go refuses, kubepki refuses too: of mutants of issued certificates, most of them signed anew by their
// issuer, so that nothing but their content decides.
import test from 'ava';
import fc from 'fast-check';
import { PkiError } from '../../error.ts';
import { goJudge, type Judge, opensslJudge } from '../../testing/judges/judges.ts';
import { type Mutant, mutations, recipes } from '../../testing/judges/mutants.ts';
import { type Original, originals } from '../../testing/judges/originals.ts';
import { differences, issuedBy, lintCertificate, parseCertificate } from '../index.ts';

const now = new Date('2026-06-01T12:00:00Z');
/** Another one may be tried: KUBEPKI_SEED=1 npx ava src/sign/lint/judges.test.ts */
const seed = Number(process.env.KUBEPKI_SEED ?? 20_260_601);
const runs = { byte: 2_000, signedByte: 2_000, element: 3_000, field: 3_000 } as const;

/** Why kubepki refuses a certificate, as `verify` looks at files; undefined where it accepts it. */
function judged({ der, of: { issuer, template, keys } }: Pick<Mutant, 'der' | 'of'>): string | undefined {
  try {
    const existing = parseCertificate(der, 'a mutant');
    if (!issuedBy(existing, issuer)) return 'not issued by its issuer';
    if (now < existing.notBefore || now > existing.notAfter) return 'out of its time';
    const { waives = [] } = template;
    const findings = lintCertificate(der, { issuer, template, waives });
    const broken = findings.find(({ severity, waived }) => severity === 'error' && !waived);
    if (broken !== undefined) return `${broken.rule}: ${broken.detail}`;
    return differences({ template, keys, existing, issuer })[0]?.detail;
  } catch (error) {
    if (error instanceof PkiError) return error.code;
    throw error;
  }
}

const all = originals(now);
const go = goJudge();
const others: Readonly<Record<string, Judge>> = { OpenSSL: opensslJudge, ...(go === undefined ? {} : { Go: go }) };

const asCase = ({ der, of: { issuer, usage } }: Pick<Mutant, 'der' | 'of'>) => ({ der, root: issuer.der, usage });

async function mutantsOf(kind: keyof typeof mutations, of: readonly Original[]): Promise<readonly Mutant[]> {
  const made: Mutant[] = [];
  for (const recipe of fc.sample(recipes, { numRuns: runs[kind], seed })) {
    const original = of[recipe.original % of.length] as Original;
    made.push({ ...(await mutations[kind](recipe, original)), of: original });
  }
  return made;
}

test.before((t) => {
  if (go === undefined) t.log('there is no Go here, so it judges nothing');
});

test('What was issued is good to all judges', async (t) => {
  const issued = (await all).map((of) => ({ der: of.certificate.der, of }));
  for (const [name, judge] of Object.entries<Judge>({ ...others, kubepki: () => issued.map(judged) }))
    t.deepEqual(
      judge(issued.map(asCase), now).flatMap((why, at) =>
        why === undefined ? [] : [`${name}: ${issued[at]?.of.what}: ${why}`],
      ),
      [],
    );
});

const titles = {
  byte: 'with a wrong byte',
  signedByte: 'with a wrong byte, signed anew,',
  element: 'with a wrong element, signed anew,',
  field: 'with another field, signed anew,',
} as const;

for (const [kind, count] of Object.entries(runs) as [keyof typeof runs, number][]) {
  test(`Of ${count} certificates ${titles[kind]} none that OpenSSL or Go refuses is good`, async (t) => {
    t.timeout(300_000);
    const mutants = await mutantsOf(kind, await all);
    let slowest = 0;
    const own = mutants.map((mutant) => {
      const start = performance.now();
      const verdict = judged(mutant);
      slowest = Math.max(slowest, performance.now() - start);
      return verdict;
    });
    const refused: Record<string, number> = { kubepki: own.filter((why) => why !== undefined).length };
    const missed = new Map<number, string>();
    for (const [name, judge] of Object.entries(others)) {
      const verdicts = judge(mutants.map(asCase), now);
      refused[name] = verdicts.filter((why) => why !== undefined).length;
      for (const [at, why] of verdicts.entries())
        if (why !== undefined && own[at] === undefined) missed.set(at, `${name}: ${why}`);
    }
    t.log(`${count} refused by`, refused, `slowest ${Math.round(slowest)} ms`);
    const told = [...missed].map(([at, why]) => {
      const { what, of, der } = mutants[at] as Mutant;
      return `seed ${seed}, ${kind} ${at}: ${what} of ${of.what}; ${why}\n${Buffer.from(der).toString('base64')}`;
    });
    t.is(told.length, 0, told.slice(0, 20).join('\n'));
    t.true((refused.kubepki ?? 0) > count / 3 && slowest < 5_000);
  });
}
