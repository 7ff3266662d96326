import { type Finding, waivers } from '@kubepki/core';
import { formatPlace } from '@kubepki/status';
import type { Linted } from '../commands/lint.ts';
import { groupBy } from '../group.ts';
import type { Judged } from '../lint/judge.ts';
import type { Args } from '../options.ts';
import { lintedJson } from './lint-json.ts';
import { countsOf, subjectText } from './linted.ts';
import type { Out } from './out.ts';
import { printable } from './printable.ts';
import { count, listed } from './words.ts';

export function printLint(linted: Linted, out: Out, { json }: Args): void {
  if (json) out.json(lintedJson(linted));
  else out.print(textOf(linted, out));
}

function textOf(linted: Linted, out: Out): string {
  const { certificates } = linted;
  const blocks = certificates.map((judged) => block(judged, out)).filter((lines) => lines.length > 1);
  return [
    ...blocks.flatMap((lines) => [...lines, '']),
    ...waived(linted, out),
    ...hint(linted, out),
    last(linted, out),
  ].join('\n');
}

/** A certificate, where it stands, and each rule that it breaks with what to do. */
function block({ places, subject, findings }: Judged, out: Out): readonly string[] {
  const where = listed(places.map(placeText), 3);
  const who = subject === undefined ? 'unreadable' : subjectText(subject);
  const left = findings.filter(({ waived }) => !waived);
  return [`${out.style('bold', where)}  ${who}`, ...left.flatMap((finding) => lines(finding, out))];
}

function lines({ rule, severity, detail, remedy }: Finding, out: Out): readonly string[] {
  const format = severity === 'error' ? 'red' : 'yellow';
  return [`  ${out.style(format, severity.padEnd(7))}  ${rule}: ${detail}`, `           ${remedy}`];
}

/** What the profile does not keep, rule by rule, since it does so in every certificate. */
function waived({ profile, certificates }: Linted, out: Out): readonly string[] {
  const broken = certificates.flatMap((judged) =>
    judged.findings.filter(({ waived }) => waived).map(({ rule }) => ({ rule, judged })),
  );
  if (broken.length === 0) return [];
  const rules = [...groupBy(broken, ({ rule }) => rule)].flatMap(([rule, all]) => {
    const reason = waivers[profile].find((waiver) => waiver.rule === rule)?.reason;
    const places = all.flatMap(({ judged }) => judged.places.slice(0, 1)).map(placeText);
    return [`  ${rule}: ${count(all.length, 'certificate')}, ${listed(places, 1)}`, `    ${reason}`];
  });
  return [out.style('dim', `waived by ${profile}`), ...rules, ''];
}

/** Whether what is left is what kubeadm does too. */
function hint({ profile, certificates }: Linted, out: Out): readonly string[] {
  const left = certificates.flatMap(({ findings }) => findings).filter((finding) => !finding.waived);
  const known = new Set(waivers.kubeadm.map(({ rule }) => rule));
  if (profile === 'kubeadm' || left.length === 0 || !left.every(({ rule }) => known.has(rule))) return [];
  return [out.style('dim', 'all of it is as kubeadm does it; --profile kubeadm leaves that out')];
}

function last({ certificates, files, profile }: Linted, out: Out): string {
  const { errors, warnings, waived: kept } = countsOf(certificates);
  const of = `${count(certificates.length, 'certificate')} in ${count(files, 'file')}`;
  const rest = kept === 0 ? '' : `, ${kept} waived by ${profile}`;
  const format = errors > 0 ? 'red' : warnings > 0 ? 'yellow' : 'green';
  return out.style(format, `${of}: ${count(errors, 'error')}, ${count(warnings, 'warning')}${rest}`);
}

function placeText(place: Judged['places'][number]): string {
  return printable(formatPlace(place));
}
