import { rulesBySubject, waivers } from '../../sign/lint/index.ts';
import type { Rule } from '../../sign/lint/rule.ts';

const head = `<!-- Made from the rules in packages/core/src/sign/lint by \`KUBEPKI_UPDATE_LINT=1 npx ava src/sign/lint/page.test.ts\` in packages/core. -->

# What is checked in a certificate

Before an authority's key is used, the bytes that it is to sign are held against these rules. Where one is broken that is an error, nothing is signed: \`LINT_FAILED\` names each rule, how it is broken and what to do. A warning is for a second look, and stops nothing.

\`kubepki lint\` holds certificates that are there already against the same rules, whoever made them ([the program](program.md#lint)):

\`\`\`sh
npm start
npm start -- lint pki/current
\`\`\`

A profile may waive a rule, since kubeadm does otherwise. What \`profile: kubeadm\` waives is signed, and \`kubepki lint --profile kubeadm\` shows it without counting it. \`strict\` waives nothing.
`;

/** The page of all rules, subject by subject. */
export function lintPage(): string {
  const sections = Object.entries(rulesBySubject).map(([subject, rules]) =>
    [`## ${subject}\n`, ...rules.map(section)].join('\n'),
  );
  return `${[head, overview(), ...sections].join('\n').trimEnd()}\n`;
}

function overview(): string {
  const rows = Object.entries(rulesBySubject).map(([subject, rules]) => {
    const links = rules.map(({ id }) => `[${id}](#${id})`);
    return `- [${subject}](#${subject.toLowerCase().replaceAll(' ', '-')}): ${links.join(', ')}`;
  });
  return `${rows.join('\n')}\n`;
}

function section({ id, severity, says, source, remedy }: Rule): string {
  const waived = Object.entries(waivers).flatMap(([profile, list]) =>
    list.filter(({ rule }) => rule === id).map(({ reason }) => `- Waived by \`${profile}\`: ${reason}.`),
  );
  const facts = [
    `- ${severity === 'error' ? 'Error' : 'Warning'}, by ${source}.`,
    `- **Remedy.** ${remedy}`,
    ...waived,
  ];
  return `### ${id}\n\n${says}\n\n${facts.join('\n')}\n`;
}
