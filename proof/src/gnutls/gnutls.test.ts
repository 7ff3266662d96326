import anyTest, { type ExecutionContext } from 'ava';
import { byAuthority, everything, type Made } from '../made.ts';
import { nameQuestions } from '../names.ts';
import { type Question, questions } from '../questions.ts';
import { two } from '../run.ts';
import { tally } from '../tally.ts';
import { ask, missing } from './verify.ts';

const reason = missing();
if (reason !== undefined) console.log(reason);
const test = reason === undefined ? anyTest : anyTest.skip;
const { clusters, over, early } = everything();

test('GnuTLS accepts every certificate for its purpose', async (t) => {
  const all = [...asked(clusters)].filter(({ right }) => right === 'accepted');
  await askAll(t, all);
});

test('GnuTLS refuses every certificate for what it is not', async (t) => {
  const all = [...asked(clusters)].filter(({ right }) => right !== 'accepted');
  await askAll(t, all);
});

test('GnuTLS accepts servers for each of their names, and for no other', async (t) => {
  const all = clusters.flatMap((made) =>
    [...byAuthority(made)].flatMap(([authority, subjects]) => [...nameQuestions(authority, subjects)]),
  );
  await askAll(t, all);
});

test('GnuTLS refuses what is over, and what has not begun', async (t) => {
  await askAll(t, [...shifted(over, 'over'), ...shifted(early, 'early')]);
});

function* asked(all: readonly Made[]): Generator<Question> {
  for (const made of all) {
    for (const [authority, subjects] of byAuthority(made)) yield* questions(authority, subjects);
  }
}

/** certtool has no clock but the machine's, so these were made years ago, or years from now. */
function* shifted(all: readonly Made[], right: 'over' | 'early'): Generator<Question> {
  const text = right === 'over' ? 'years after its life' : 'years before its life';
  for (const made of all) {
    for (const [{ file: trust }, subjects] of byAuthority(made)) {
      yield { text, trust, files: subjects.map(({ file }) => file), right };
    }
  }
}

async function askAll(t: ExecutionContext, all: readonly Question[]) {
  const answers = tally('certtool --verify');
  await two(all, (question) => ask(question, answers));
  answers.end(t);
}
