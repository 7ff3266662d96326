/** What a row measured, against its target. */
export type Result = {
  /** Its number on the scoreboard. */
  readonly row: number;
  readonly what: string;
  readonly target: string;
  readonly measured: string;
  readonly ok: boolean;
  /** What was wrong, a line each. */
  readonly wrong?: readonly string[];
};

/** What a machine may lack. */
export type Need = 'Linux' | 'strace' | 'root' | 'mount' | 'setpriv' | 'flock';

/** How much is done: everything, or what fits into every run of the tests. */
export type Size = { readonly all: boolean };

/** Rows of the scoreboard that are measured together. */
export type Row = {
  readonly rows: readonly number[];
  readonly what: string;
  readonly needs: readonly Need[];
  run(size: Size): Promise<readonly Result[]>;
};

/** A result that is right where nothing was wrong and something was tried. */
export function result(
  head: Pick<Result, 'row' | 'what' | 'target' | 'measured'>,
  { wrong, tried }: { readonly wrong: readonly string[]; readonly tried: number },
): Result {
  return { ...head, ok: wrong.length === 0 && tried > 0, wrong };
}

/** At most so many of these, spread evenly. */
export function spread<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, at) => all[Math.floor(((at + 0.5) * all.length) / most)] as T);
}

/** Does something with each of many, two at a time. */
export async function each<T>(all: Iterable<T>, work: (one: T) => Promise<void>): Promise<void> {
  const rest = all[Symbol.iterator]();
  const worker = async () => {
    for (let next = rest.next(); !next.done; next = rest.next()) await work(next.value);
  };
  await Promise.all([worker(), worker()]);
}

/** All of these, or every so-manieth where KUBEPKI_FAULTS_SHARE says so. */
export function share<T>(all: readonly T[]): readonly T[] {
  const step = Number(process.env.KUBEPKI_FAULTS_SHARE ?? 1);
  return all.filter((_, index) => index % step === 0);
}
