import test, { type ExecutionContext } from 'ava';
import { byAuthority, everything } from '../made.ts';
import { nameQuestions } from '../names.ts';
import { lives, type Question, questions } from '../questions.ts';
import { two } from '../run.ts';
import { tally } from '../tally.ts';
import { ask } from './verify.ts';

const { clusters, over } = everything();
const signed = clusters.flatMap((made) =>
  [...byAuthority(made)].map(([authority, subjects]) => ({ made, authority, subjects })),
);

test('OpenSSL accepts every certificate for its purpose, and for no other, and under no other authority', async (t) => {
  await askAll(
    t,
    signed.flatMap(({ authority, subjects }) => [...questions(authority, subjects)]),
  );
});

test('OpenSSL accepts every certificate from the first second of its life on, and not outside', async (t) => {
  await askAll(
    t,
    signed.flatMap(({ authority, subjects }) => [...lives(authority, subjects)]),
  );
});

test('OpenSSL accepts every server for each of its names, and for no other', async (t) => {
  await askAll(
    t,
    signed.flatMap(({ authority, subjects }) => [...nameQuestions(authority, subjects)]),
  );
});

test('An answer that is not right is told: certificates that are over count as wrong where they should be accepted', async (t) => {
  const {
    authorities: [authority],
    subjects,
  } = over[0] ?? { authorities: [], subjects: [] };
  const { file: trust = '', id } = authority ?? {};
  const files = subjects.filter((one) => one.authority === id).map(({ file }) => file);
  const answers = tally('openssl verify -x509_strict');
  await ask({ text: 'over', trust, files, right: 'accepted' }, answers);
  await ask({ text: 'over', trust, files, right: 'purpose' }, answers);
  await ask({ text: 'over', trust, files, right: 'over' }, answers);
  t.true(files.length > 10);
  t.is(answers.wrongs.length, 2 * files.length);
});

async function askAll(t: ExecutionContext, asked: readonly Question[]) {
  const answers = tally('openssl verify -x509_strict');
  await two(asked, (question) => ask(question, answers));
  answers.end(t);
}
