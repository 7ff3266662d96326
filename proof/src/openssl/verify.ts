import type { Question, Reason } from '../questions.ts';
import { run } from '../run.ts';
import type { Tally } from '../tally.ts';

/** The words of OpenSSL 3 for each reason. */
const words: Readonly<Record<Reason, readonly RegExp[]>> = {
  purpose: [/^unsuitable certificate purpose$/, /^unsupported certificate purpose$/],
  early: [/^certificate is not yet valid$/],
  over: [/^certificate has expired$/],
  // Without a key identifier that fits, the one of the same name is not even tried.
  stranger: [/^unable to get local issuer certificate$/],
  disguised: [/^certificate signature failure$/],
  changed: [/^certificate signature failure$/],
  name: [/^hostname mismatch$/, /^IP address mismatch$/],
};

/** Asks `openssl verify` once about all certificates of a question, and notes each answer. */
export async function ask(question: Question, tally: Tally): Promise<void> {
  const { text, trust, files, purpose, at, name, right } = question;
  if (files.length === 0) return;
  const options = [
    ...(purpose === undefined ? [] : ['-purpose', `ssl${purpose}`]),
    ...(at === undefined ? [] : ['-attime', `${at}`]),
    ...(name === undefined ? [] : [/^[0-9.]+$|:/.test(name) ? '-verify_ip' : '-verify_hostname', name]),
  ];
  const args = ['verify', '-x509_strict', '-no-CApath', '-no-CAstore', '-CAfile', trust, ...options];
  const answers = read((await run('openssl', [...args, ...files])).output);
  for (const file of files) {
    const errors = answers.get(file) ?? ['no answer'];
    const answer = errors.length === 0 ? 'accepted' : 'refused';
    const expected = right === 'accepted' ? errors.length === 0 : isFor(errors, right);
    tally.note(
      text,
      answer,
      expected ? undefined : `${file}: ${errors.join(', ') || 'accepted'}, asked ${options.join(' ')}`,
    );
  }
}

/** Whether there are errors, and all are for the reason. */
function isFor(errors: readonly string[], reason: Reason): boolean {
  return errors.length > 0 && errors.every((error) => words[reason].some((word) => word.test(error)));
}

/** The errors of each file; none where it is accepted. */
function read(output: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  let errors: string[] = [];
  for (const line of output.split('\n')) {
    const [, error] = /^error \d+ at \d+ depth lookup: (.*)$/.exec(line) ?? [];
    if (error !== undefined) errors.push(error);
    const [, ok] = /^(.*): OK$/.exec(line) ?? [];
    if (ok !== undefined) found.set(ok, []);
    const [, bad] = /^error (.*): verification failed$/.exec(line) ?? [];
    if (bad !== undefined) found.set(bad, errors);
    if (bad !== undefined || ok !== undefined) errors = [];
  }
  return found;
}
