import test from 'ava';
import { authorityTemplate, goodTbs, leafTemplate, nodeTemplate, root, selfTbs } from '../../testing/good-tbs.ts';
import { rows } from '../../testing/lint/rows.ts';
import { lintRules, lintTbs, rulesBySubject, waivers } from './index.ts';

const ids = lintRules.map(({ id }) => id);

for (const { rule, what, tbs, context, along } of rows) {
  test(`A certificate ${what} breaks ${[rule, ...along].join(', ')}`, (t) => {
    const findings = lintTbs(tbs(), context);
    t.deepEqual(findings.map((finding) => finding.rule).sort(), [rule, ...along].sort());
    for (const { rule: id, severity, remedy, detail, waived } of findings) {
      const its = lintRules.find((one) => one.id === id);
      t.deepEqual({ severity, remedy, waived }, { severity: its?.severity, remedy: its?.remedy, waived: false });
      t.regex(detail, /^[^\n.][^\n]*[^\n.]$/);
      t.true(detail.length < 200);
    }
  });
}

test('What the rows are made of breaks no rule', (t) => {
  for (const template of [leafTemplate, nodeTemplate, authorityTemplate])
    t.deepEqual(lintTbs(goodTbs(template), { issuer: root }), []);
  t.deepEqual(lintTbs(selfTbs(), { issuer: 'self' }), []);
});

test('Every rule is broken by a row', (t) => {
  const broken = new Set(rows.map(({ rule }) => rule));
  t.deepEqual(
    ids.filter((id) => !broken.has(id)),
    [],
  );
  t.log(`${ids.length} rules, ${rows.length} rows`);
});

test('Every rule has an id of its own, and stands under one subject', (t) => {
  t.is(new Set(ids).size, ids.length);
  for (const id of ids) t.regex(id, /^[a-z]+(-[a-z]+)*$/);
  t.deepEqual(Object.values(rulesBySubject).flat(), [...lintRules]);
});

test('Every rule says in sentences what holds and what to do, and on whose word', (t) => {
  for (const { id, says, remedy, source } of lintRules) {
    for (const sentence of [says, remedy]) t.regex(sentence, /^[A-Z`][^\n]{9,}[^.]\.$/, id);
    t.regex(source, /^(RFC|X\.\d|CA\/Browser|KEP|[Kk]ube|k8s\.io|apiserver|etcd-io|Go |docs\/)/, id);
  }
  t.is(new Set(lintRules.map(({ says }) => says)).size, ids.length);
});

test('A profile waives rules that there are, each once, and says why', (t) => {
  for (const [profile, list] of Object.entries(waivers)) {
    t.is(new Set(list.map(({ rule }) => rule)).size, list.length);
    for (const { rule, reason } of list) {
      t.true(ids.includes(rule), `${profile}: ${rule}`);
      t.regex(reason, /\w{3}.*\([^)]+\)$/, rule);
    }
  }
  t.deepEqual(waivers.strict, []);
});

test('What a profile waives is found all the same, and marked', (t) => {
  const tbs = goodTbs({ ...leafTemplate, subjectKeyId: false });
  const waives = waivers.kubeadm.map(({ rule }) => rule);
  t.like(lintTbs(tbs, { issuer: root, waives })[0], { rule: 'subject-key-id-leaf', waived: true });
  t.like(lintTbs(tbs, { issuer: root })[0], { rule: 'subject-key-id-leaf', waived: false });
});
