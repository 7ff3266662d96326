import type { LeafSpec } from '@kubepki/core';
import type { Credential } from '../model/credential.ts';
import type { Line } from '../model/drawing.ts';
import type { Power } from '../model/powers.ts';
import type { Kind, Report } from '../model/report.ts';
import { type Markup, markup } from '../text/markup.ts';
import { visible } from '../text/visible.ts';
import { count, day, distance, lifeText, listed } from '../text/words.ts';
import { authorityMarkup, stateMarkup, untilText, whatText, worst } from './kinds.ts';

/** So many of a kind, and of their files and names, have a line each. */
const most = { members: 40, files: 8, names: 14 } as const;

/** All that is known of a kind of credential; the drawing leads here. */
export function cardMarkup(report: Report, kind: Kind): Markup | undefined {
  const [first] = kind.credentials;
  if (first === undefined) return undefined;
  const { spec } = first;
  const several = kind.credentials.length > 1;
  const facts: readonly (readonly [string, Markup | string | undefined])[] = [
    ['what', several ? `${count(kind.credentials.length, 'certificate')}, each a ${whatText(first)}` : whatText(first)],
    ['subject', ofAll(kind, subjectText)],
    ['names', ofAll(kind, namesText)],
    [
      'signed by',
      spec.kind === 'keypair'
        ? undefined
        : first.authority === first.id
          ? 'itself'
          : authorityMarkup(report, first.authority),
    ],
    ['key', spec.keys],
    ['life', spec.kind === 'keypair' ? undefined : lifeText(spec.validity)],
    [
      'until',
      markup`${untilText(kind)} ${kind.ends !== undefined && stateMarkup(worst(kind.credentials))}${first.endsWith !== undefined && ` with its authority ${visible(first.endsWith)}`}`,
    ],
    ['read by', spec.kind === 'leaf' ? readerText(spec) : undefined],
    [
      'connects to',
      linesMarkup(report, { lines: report.drawing.lines.filter(({ from }) => from === kind.key), to: true }),
    ],
    ['clients', linesMarkup(report, { lines: report.drawing.lines.filter(({ to }) => to === kind.key), to: false })],
    ['can', powersMarkup(kind.powers)],
    [first.files.length > 1 ? 'files' : 'file', filesMarkup(first, several)],
  ];
  return markup`<article class="card${kind.masters && ' masters'}" id="k-${kind.key}"><h3>${visible(kind.name)}${kind.place !== '' && markup` <small>${visible(kind.place)}</small>`}</h3><dl>${facts.map(
    ([name, value]) => value !== undefined && markup`<div><dt>${name}</dt><dd>${value}</dd></div>`,
  )}</dl>${membersMarkup(report, kind)}</article>`;
}

/** What all of a kind have alike, or that of the first, and that it is. */
function ofAll(
  { credentials: [first, ...others] }: Kind,
  textOf: (spec: Spec) => string | undefined,
): Markup | undefined {
  const text = first && textOf(first.spec);
  if (first === undefined || text === undefined) return undefined;
  const alike = others.every(({ spec }) => textOf(spec) === text);
  return markup`${text}${!alike && markup` <small>of ${visible(first.id)}</small>`}`;
}

type Spec = Kind['credentials'][number]['spec'];

function subjectText(spec: Spec): string | undefined {
  if (spec.kind === 'keypair') return undefined;
  const groups = spec.kind === 'leaf' ? spec.organizations.map((name) => `O=${visible(name)}`) : [];
  return [...groups, ...(spec.commonName === '' ? [] : [`CN=${visible(spec.commonName)}`])].join(', ');
}

function namesText(spec: Spec): string | undefined {
  if (spec.kind !== 'leaf') return undefined;
  const names = [...spec.sans.dns, ...spec.sans.ips].map((name) => visible(name));
  return names.length === 0 ? undefined : listed(names, most.names);
}

function readerText({ process, renews, reload, person }: LeafSpec): string | undefined {
  if (process === undefined) return person ? 'a person' : undefined;
  if (renews === 'itself') return `${visible(process)}, which renews it itself`;
  return `${visible(process)}, ${reload === 'rereads' ? 'which takes up a new one by itself' : 'which must be restarted for a new one'}`;
}

const ways = { endpoint: 'at the endpoint', local: 'on its own node', each: 'at each' } as const;

function linesMarkup(
  report: Report,
  { lines, to }: { readonly lines: readonly Line[]; readonly to: boolean },
): Markup | undefined {
  if (lines.length === 0) return undefined;
  return markup`<ul>${lines.map((line) => {
    const { name, place } = partyOf(report, to ? line.to : line.from);
    return markup`<li>${name} <small>${place}, ${ways[line.at]}${to && markup`, ${addressText(line)}`}</small></li>`;
  })}</ul>`;
}

/** The row of a drawing, in words. */
export function partyOf(
  { drawing }: Report,
  key: string,
): { readonly box: string; readonly name: string; readonly place: string } {
  for (const frame of drawing.frames) {
    for (const box of frame.boxes) {
      const row = box.rows.find((each) => each.key === key);
      if (row !== undefined) return { box: visible(box.title), name: visible(row.label), place: visible(frame.title) };
    }
  }
  return { box: '', name: '', place: '' };
}

export function addressText({ urls, urlCount }: Line): string {
  const shown = urls.slice(0, 3).map((url) => visible(url));
  return urlCount > shown.length ? `${shown.join(', ')} and ${urlCount - shown.length} more` : shown.join(', ');
}

export function powersMarkup(powers: readonly Power[]): Markup | undefined {
  if (powers.length === 0) return undefined;
  return markup`<ul>${powers.map(({ reach, text }) => markup`<li class="reach ${reach}">${text}</li>`)}</ul>`;
}

function filesMarkup({ id, files }: Credential, several: boolean): Markup | undefined {
  if (files.length === 0) return undefined;
  const more = files.length - most.files;
  return markup`<ul>${files.slice(0, most.files).map((file) => markup`<li><code>${visible(file)}</code></li>`)}${more > 0 && markup`<li>and ${more} more</li>`}</ul>${several && markup`<small>of ${visible(id)}</small>`}`;
}

/** Each of a kind by its id, until when it is good, and as the audit log of the API server names it. */
function membersMarkup({ now }: Report, { credentials }: Kind): Markup | undefined {
  const more = credentials.length - most.members;
  const shown = credentials
    .slice(0, most.members)
    .filter(({ ends, fingerprint }) => ends !== undefined || fingerprint !== undefined);
  if (shown.length === 0) return undefined;
  return markup`<ul class="members">${shown.map(
    ({ id, ends, fingerprint }) =>
      markup`<li>${visible(id)}${ends !== undefined && markup` <small>until ${day(ends)}, ${distance(ends, now)}</small>`}${fingerprint !== undefined && markup` <code>${fingerprint}</code>`}</li>`,
  )}${more > 0 && markup`<li>and ${more} more, which the table has</li>`}</ul>`;
}
