import { existingTree, PkiError, type Plan, type Problem, type TreeView } from '@kubepki/core';
import { type Counted, type Result, type Summary, summarize, tryConnections } from './connections/index.ts';
import type { FileProblem } from './files/problem.ts';
import { anew } from './files/remedies.ts';
import type { FilesInput, FilesReport } from './files/report.ts';
import { verifyFiles } from './files/verify-files.ts';

/** What a tree is verified with. */
export type VerifyInput = FilesInput & {
  /** Tries every connection, however many nodes there are; by default those of large clusters are sampled. */
  readonly all?: boolean;
};

/** One thing that is not as planned: of a file or a credential, or in how many connections it showed. */
export type VerifyProblem = FileProblem | (Problem & { readonly check: 'connection'; readonly attempts: number });

/** What was verified, and all that is not as planned. */
export type Verified = {
  readonly files: FilesReport;
  readonly connections: Summary;
  readonly problems: readonly VerifyProblem[];
};

/**
 * Verifies a tree: first its files, then by real TLS handshakes in memory every client with every server. Nothing is
 * written, and nothing is sent to any address.
 * @throws PkiError TREE_EMPTY where there is nothing to verify
 */
export async function verifyTree(input: VerifyInput): Promise<Verified> {
  const files = await verifyFiles(input);
  const { plan } = input.view;
  if (plan === undefined) throw new Error('a tree without a plan was verified');
  const told = new Set<string>();
  const connections = await summarize(tried(plan, { input, files, told }));
  const wrong = connections.wrong.filter((problem) => !told.has(keyOf(problem)));
  return { files, connections, problems: [...files.problems, ...wrong.map(ofConnections)] };
}

/**
 * What `generate` of core can be given as `verify`: everything that was staged is verified, and refused with all that
 * is not as planned.
 */
export function verifyStaged(input: Omit<VerifyInput, 'view'>): (staged: TreeView) => Promise<void> {
  return async (view) => refuseUnplanned(await verifyTree({ ...input, view }));
}

/**
 * Refuses what is not as planned, with all of it; the hint says what to do about the run.
 * @throws PkiError VERIFY_FAILED
 */
export function refuseUnplanned({ problems }: Pick<Verified, 'problems'>, hint: string = blame): void {
  if (problems.length === 0) return;
  const things = problems.length === 1 ? '1 thing is' : `${problems.length} things are`;
  throw new PkiError('VERIFY_FAILED', `${things} not as planned in what was made, so nothing became current`, {
    fault: 'system',
    // What to do about a tree that is there does not help with one that is gone.
    problems: problems.map(({ where, message }) => ({ where, message })),
    hint,
  });
}

const blame = 'a component, an emitter or an issuer does not do what it should, or the disk fails';

function ofConnections({ where, message, hint, attempts }: Counted): VerifyProblem {
  return {
    check: 'connection',
    where,
    message: `${message} (${attempts === 1 ? '1 connection' : `${attempts} connections`})`,
    hint: hint === undefined ? anew : `${hint}; ${anew}`,
    attempts,
  };
}

type Trial = { readonly input: VerifyInput; readonly files: FilesReport; readonly told: Set<string> };

/**
 * What came of each connection. That a certificate out of its time is refused was told of it, or is no fault of this
 * run; and a credential that is of no use at all was told of too.
 */
async function* tried(plan: Plan, { input, files, told }: Trial): AsyncGenerator<Result> {
  const { view, emitters, all = false, signal, kept, step } = input;
  const { find } = existingTree({ output: view, emitters });
  const late = new Set(files.outOfTime);
  const known = new Set(files.problems.flatMap(({ id }) => id ?? []));
  for await (const result of tryConnections({ plan, find, all, ...(signal ? { signal } : {}) })) {
    step?.();
    const its = idsOf(result).filter((id) => late.has(id));
    if (result.outcome !== 'wrong') {
      yield result;
      continue;
    }
    const { attempt, problem, observed } = result;
    const unusable = observed === undefined && known.has(problem.where);
    if (its.length > 0 || unusable) told.add(keyOf(problem));
    yield its.some((id) => kept?.has(id)) ? { attempt, outcome: 'untried', problem } : result;
  }
}

/** The leaves whose certificates are presented. */
function idsOf({ attempt: { presents, serves } }: Result): readonly string[] {
  const client = presents === undefined ? [] : 'leaf' in presents ? [presents.leaf] : [];
  return serves === undefined ? client : [...client, serves];
}

function keyOf({ where, message }: Problem): string {
  return `${where} ${message}`;
}
