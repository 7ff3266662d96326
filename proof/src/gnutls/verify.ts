import { spawnSync } from 'node:child_process';
import type { Question, Reason } from '../questions.ts';
import { run } from '../run.ts';
import type { Tally } from '../tally.ts';

/** The words of GnuTLS 3 for each reason. */
const words: Readonly<Record<Reason, RegExp>> = {
  purpose: /The certificate is NOT trusted\. The certificate chain does not match the intended purpose\. $/,
  early: /The certificate chain uses not yet valid certificate\. $/,
  over: /The certificate chain uses expired certificate\. $/,
  stranger: /The certificate is NOT trusted\. The certificate issuer is unknown\. $/,
  disguised: /The certificate is NOT trusted\. The signature in the certificate is invalid\. $/,
  changed: /The certificate is NOT trusted\. The signature in the certificate is invalid\. $/,
  name: /The certificate is NOT trusted\. The name in the certificate does not match the expected\. $/,
};
const purposes = { server: '1.3.6.1.5.5.7.3.1', client: '1.3.6.1.5.5.7.3.2' } as const;

/** Why nothing can be asked here, or undefined. */
export function missing(): string | undefined {
  const { status } = spawnSync('certtool', ['--version']);
  return status === 0 ? undefined : 'there is no certtool (package gnutls-bin) here, so GnuTLS is not asked';
}

/** Asks `certtool --verify` about each certificate of a question, and notes each answer. */
export async function ask({ text, trust, files, purpose, name, right }: Question, tally: Tally): Promise<void> {
  const options = [
    ...(purpose === undefined ? [] : [`--verify-purpose=${purposes[purpose]}`]),
    ...(name === undefined ? [] : [`--verify-hostname=${name}`]),
  ];
  for (const file of files) {
    const args = ['--verify', '--verify-profile=medium', `--load-ca-certificate=${trust}`, `--infile=${file}`];
    const { code, output } = await run('certtool', [...args, ...options]);
    const [, said = output] = /^Chain verification output: (.*)$/m.exec(output) ?? [];
    const good = code === 0 && said.startsWith('Verified. The certificate is trusted.');
    const wanted = right === 'accepted' ? good : code !== 0 && words[right].test(said);
    tally.note(text, good ? 'accepted' : 'refused', wanted ? undefined : `${file} ${options.join(' ')}: ${said}`);
  }
}
