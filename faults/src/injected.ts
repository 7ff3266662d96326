import type { Desk } from './desk.ts';
import { kubepki, type Ran } from './program.ts';
import { prepared, type Scenario, wrongAfter, wrongAfterNext } from './scenarios.ts';
import { type Call, callsIn, isIn, strace } from './strace.ts';

const probed = new Map<string, Promise<readonly Call[]>>();

/** The calls by which a run of a scenario touches what it was given. */
export function callsOf(scenario: Scenario): Promise<readonly Call[]> {
  const calls = probed.get(scenario.name) ?? probe(scenario);
  probed.set(scenario.name, calls);
  return calls;
}

async function probe(scenario: Scenario): Promise<readonly Call[]> {
  const on = await prepared(scenario);
  const log = `${on.folder}.log`;
  const ran = await kubepki(scenario.args(on), { cwd: on.folder, by: strace({ log }) });
  if (ran.code !== 0) throw new Error(`${scenario.name} fails without a fault: ${ran.stderr}`);
  const calls = callsIn(log).filter(isIn(`${on.folder}/p`));
  on.remove();
  return calls;
}

/** What came of faults, by scenario. */
export type Tally = {
  points: number;
  /** How often the fault met a call that touches the tree. */
  hit: number;
  readonly wrong: string[];
  /** What a fault and one more run left behind. */
  readonly left: string[];
};

export function tally(): Tally {
  return { points: 0, hit: 0, wrong: [], left: [] };
}

/** Runs a scenario with a fault at one of its calls, judges what is there, and then what a run without one makes of it. */
export async function tryAt(
  scenario: Scenario,
  { call, fault, into }: { readonly call: Call; readonly fault: string; readonly into: Tally },
): Promise<void> {
  const on = await prepared(scenario);
  const log = `${on.folder}.log`;
  const inject = `${call.name}:${fault}:when=${call.count}`;
  const ran = await kubepki(scenario.args(on), { cwd: on.folder, by: strace({ log, inject }) });
  into.points += 1;
  if (met(on, { ran, log })) into.hit += 1;
  const next = async () => {
    const { wrong, left } = await wrongAfterNext(scenario, on);
    into.left.push(...left.map((each) => `${scenario.name}, ${inject}: ${each}`));
    return wrong;
  };
  const wrong = [...wrongAfter(scenario, { on, ran }), ...(await next())];
  into.wrong.push(...wrong.map((each) => `${scenario.name}, ${inject}, ${call.text.slice(0, 120)}: ${each}`));
  on.remove();
}

/** Whether the fault met a call that touches the tree, since what came before it may differ from run to run. */
export function met(on: Desk, { ran, log }: { readonly ran: Ran; readonly log: string }): boolean {
  const calls = callsIn(log);
  const last = calls.at(-1);
  if (ran.code === undefined) return last?.text.includes(on.folder) ?? false;
  return calls.some(({ text }) => text.includes('(INJECTED)') && text.includes(on.folder));
}
