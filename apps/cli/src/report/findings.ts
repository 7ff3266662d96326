import { join } from 'node:path';
import { PkiError, type Plan } from '@kubepki/core';
import type { ReportFinding } from '@kubepki/report';
import { formatPlace } from '@kubepki/status';
import { type Linted, lint } from '../commands/lint.ts';
import { type VerifiedTree, verify } from '../commands/verify.ts';
import { AppError } from '../failure.ts';
import type { Args } from '../options.ts';
import { countsOf } from '../output/linted.ts';
import { count, listed } from '../output/words.ts';
import type { Session } from '../session.ts';
import { shown } from '../shell.ts';

/** What was found, and how much was looked at. */
export type Findings = { readonly findings: readonly ReportFinding[]; readonly checked: readonly string[] };

/** What verify and lint find in the current generation of an output folder. */
export async function findingsOf(
  args: Args,
  { plan, folder, session }: { readonly plan: Plan; readonly folder: string; readonly session: Session },
): Promise<Findings> {
  const verified = await verify(args, session);
  const linted = lintTree(args, { plan, folder, session });
  return {
    findings: [...ofVerify(verified), ...linted.findings],
    checked: [verifiedText(verified), ...linted.checked],
  };
}

/** What lint finds verify leaves to it. */
function ofVerify({ problems }: VerifiedTree): readonly ReportFinding[] {
  return problems
    .filter(({ check }) => check !== 'lint')
    .map(({ where, message, hint }) => ({ source: 'verify', severity: 'error', where, message, hint }));
}

function verifiedText({ files, connections: { counts } }: VerifiedTree): string {
  const tried = counts.needed + counts.possible + counts.refused;
  const away = files.keysAway.length > 0 ? `; the keys of ${listed(files.keysAway)} are not in the tree` : '';
  return `verify: ${count(files.files, 'file')} read, ${count(tried, 'connection')} tried, ${counts.wrong} not as planned${away}`;
}

function lintTree(
  args: Args,
  { plan, folder, session }: { readonly plan: Plan; readonly folder: string; readonly session: Session },
): Findings {
  const place = join(folder, 'current');
  try {
    const linted = lint({ ...args, words: [place], profile: plan.profile }, session);
    const { errors, warnings, waived } = countsOf(linted.certificates);
    const found = `${count(errors, 'error')}, ${count(warnings, 'warning')}, ${waived} waived by ${plan.profile}`;
    return {
      findings: ofLint(linted, place),
      checked: [`lint: ${count(linted.certificates.length, 'certificate')}, ${found}`],
    };
  } catch (error) {
    if (!(error instanceof PkiError || error instanceof AppError)) throw error;
    const { message, hint, problems } = error;
    const all = problems.length > 0 ? problems : [{ where: shown(place), message, hint }];
    return { findings: all.map((problem) => ({ source: 'lint', severity: 'error', ...problem })), checked: [] };
  }
}

function ofLint({ certificates }: Linted, place: string): readonly ReportFinding[] {
  return certificates.flatMap(({ places: [first], findings }) => {
    const where = first === undefined ? '' : formatPlace(first).replace(`${place}/`, '');
    return findings
      .filter(({ waived }) => !waived)
      .map(
        ({ severity, rule, detail, remedy }): ReportFinding => ({
          source: 'lint',
          severity,
          where,
          message: `${rule}: ${detail}`,
          hint: remedy,
        }),
      );
  });
}
