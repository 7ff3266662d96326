import { spawnSync } from 'node:child_process';
import { chmodSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { readYaml } from '@kubepki/presets';
import test, { type ExecutionContext } from 'ava';
import { blocksOf, root } from './testing/docs/blocks.ts';
import { desk } from './testing/program.ts';
import { grownDesk } from './testing/trees.ts';

const page = 'docs/tasks/watch-expiry.md';
const blocks = blocksOf(page);
const of = (language: string) => blocks.filter((block) => block.language === language).map(({ text }) => text);
const [rules = '', workflow = ''] = of('yml');
const units = of('ini');

/** Whether a program is there; where it is not, that is said. */
function has(t: ExecutionContext, program: string): boolean {
  const there = spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
  if (!there) t.log(`${program} is not there, so it was not asked`);
  return there;
}

test('The page on watching has what is tried here, and nothing else of these languages', (t) => {
  t.deepEqual([of('yml').length, units.length], [2, 2]);
});

/** What the alerts say of a cluster of two certificates after some days: one has 40 days, super-admin has 5. */
const alertTests = (days: number, alerts: string) => `
rule_files: [rules.yml]
evaluation_interval: 1h
tests:
  - interval: 1h
    input_series:
      - series: kubepki_certificate_expiration_timestamp_seconds{id="apiserver@cp-1",node="cp-1",issuer="ca"}
        values: ${40 * 86_400}x1000
      - series: kubepki_certificate_expiration_timestamp_seconds{id="super-admin",issuer="ca"}
        values: ${5 * 86_400}x1000
      - series: kubepki_status_unreadable
        values: 0x1000
      - series: node_textfile_mtime_seconds{file="/textfile/kubepki.prom"}
        values: 0+3600x288 ${288 * 3600}x1000
    alert_rule_test:
${alerts.replaceAll('EVAL', `${days}d`)}
`;
const soon = (exp: string) =>
  `      - {alertname: KubernetesCertificateEndsSoon, eval_time: EVAL, exp_alerts: [${exp}]}`;
const unwatched = (exp: string) =>
  `      - {alertname: KubernetesCertificatesUnwatched, eval_time: EVAL, exp_alerts: [${exp}]}`;

test('The alerts are rules of Prometheus, and each comes when it is to and not before', (t) => {
  const { value } = readYaml(rules, 'rules.yml') as {
    readonly value: { readonly groups: readonly { readonly rules: readonly object[] }[] };
  };
  t.is(value.groups[0]?.rules.length, 2);
  if (!has(t, 'promtool')) return;
  const own = desk(t);
  own.write('rules.yml', rules);
  const promtool = (...args: readonly string[]) => spawnSync('promtool', args, { cwd: own.cwd, encoding: 'utf8' });
  t.is(promtool('check', 'rules', 'rules.yml').status, 0);
  const left =
    "{exp_labels: {severity: warning, id: 'apiserver@cp-1', node: cp-1, issuer: ca}, exp_annotations: {summary: 'apiserver@cp-1 has DAYS 0h 0m 0s left'}}";
  const summary = 'nobody has looked at the certificates for two days, or not at all of them';
  const file = `{exp_labels: {severity: warning, file: /textfile/kubepki.prom}, exp_annotations: {summary: '${summary}'}}`;
  for (const [days, alerts] of [
    [9, [soon(''), unwatched('')]],
    [11, [soon(left.replace('DAYS', '29d')), unwatched('')]],
    [15, [soon(left.replace('DAYS', '25d')), unwatched(file)]],
  ] as const) {
    own.write('test.yml', alertTests(days, alerts.join('\n')));
    const { status, stdout, stderr } = promtool('test', 'rules', 'test.yml');
    t.is(status, 0, `${days}\n${stdout}${stderr}`);
  }
});

test('The service and its timer are units of systemd', (t) => {
  if (!has(t, 'systemd-analyze')) return;
  const own = desk(t);
  own.write('kubepki', '#!/bin/sh\n');
  chmodSync(own.path('kubepki'), 0o755);
  const [service = '', timer = ''] = units;
  t.true(service.includes('/usr/local/bin/kubepki status '));
  own.write('kubepki-status.service', service.replace('/usr/local/bin/kubepki', own.path('kubepki')));
  own.write('kubepki-status.timer', timer);
  const files = ['kubepki-status.service', 'kubepki-status.timer'];
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', ...files], { cwd: own.cwd, encoding: 'utf8' });
  t.is(status, 0, stderr);
  t.notRegex(stderr, /kubepki-status/);
});

test('The job in CI is fine where every certificate has its days, and marks each that has not', async (t) => {
  if (!has(t, 'jq')) return;
  const own = await grownDesk(t);
  const { value } = readYaml(workflow, 'workflow.yml') as {
    readonly value: { readonly jobs: { readonly expiry: { readonly steps: readonly { readonly run?: string }[] } } };
  };
  const script = value.jobs.expiry.steps.at(-1)?.run ?? '';
  symlinkSync('pki', own.path('watched'));
  const run = (text: string) => {
    const env = {
      PATH: [join(root, 'apps/cli/src/testing/docs/bin'), process.env.PATH].join(delimiter),
      DOCS_ROOT: root,
      DOCS_TSX: import.meta.resolve('tsx'),
    };
    return spawnSync('bash', ['--noprofile', '--norc', '-e', '-c', text], { cwd: own.cwd, env, encoding: 'utf8' });
  };
  const fine = run(script);
  t.deepEqual([fine.status, fine.stdout], [0, ''], fine.stderr);
  const early = run(script.replace('30d', '2y'));
  t.is(early.status, 2);
  t.regex(early.stdout, /^::error title=apiserver@cp-1::good, until 20\d\d-[\dT:.-]+Z$/m);
  t.notRegex(early.stdout, /kubelet\/client|title=ca:/);
  own.edit('manifest.json', () => '{');
  t.is(run(script).status, 65);
});
