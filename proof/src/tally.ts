import type { ExecutionContext } from 'ava';

/** Who said what, how often: a table that fails where somebody says anything else than what is right. */
export type Tally = {
  /** Notes an answer; `wrong` says how it differs from what is right, or is missing. */
  note(question: string, answer: 'accepted' | 'refused', wrong?: string): void;
  /** What was wrong until now. */
  readonly wrongs: readonly string[];
  /** Logs the table, and fails where an answer was wrong or where less was asked than `atLeast`. */
  end(t: ExecutionContext, atLeast?: number): void;
};

/** A table of the answers that a verifier gives. */
export function tally(verifier: string): Tally {
  const rows = new Map<string, { accepted: number; refused: number }>();
  const wrongs: string[] = [];
  return {
    wrongs,
    note(question, answer, wrong) {
      const row = rows.get(question) ?? { accepted: 0, refused: 0 };
      row[answer]++;
      rows.set(question, row);
      if (wrong !== undefined) wrongs.push(`${question}: ${wrong}`);
    },
    end(t, atLeast = 1) {
      t.log(`${`${verifier} was asked about`.padEnd(width)} accepted  refused`);
      for (const [question, { accepted, refused }] of rows) t.log(line(question, accepted, refused));
      const all = [...rows.values()];
      const sum = (of: 'accepted' | 'refused') => all.reduce((total, row) => total + row[of], 0);
      t.log(line('all', sum('accepted'), sum('refused')));
      t.deepEqual(wrongs.slice(0, 10), [], `${wrongs.length} answers are wrong`);
      t.true(sum('accepted') + sum('refused') >= atLeast, 'too little was asked');
    },
  };
}

const width = 58;

function line(question: string, accepted: number, refused: number): string {
  return `${question.padEnd(width)} ${String(accepted).padStart(8)} ${String(refused).padStart(8)}`;
}
