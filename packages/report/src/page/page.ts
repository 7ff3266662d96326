import { createHash } from 'node:crypto';
import { topologyOf } from '../draw/svg.ts';
import { isMaster } from '../model/frames.ts';
import type { Report } from '../model/report.ts';
import { type Markup, markup, trusted } from '../text/markup.ts';
import { visible } from '../text/visible.ts';
import { count, day, distance, minute } from '../text/words.ts';
import { cardMarkup } from './card.ts';
import { script } from './script.ts';
import { authorityTree, connectionTable, findingList, legend, powerTable } from './sections.ts';
import { style } from './style.ts';
import { credentialTable } from './table.ts';
import { timeline } from './timeline.ts';

/** The report as one HTML page that asks for nothing beside itself, whose policy forbids it to. */
export async function htmlOf(report: Report): Promise<string> {
  const name = visible(report.cluster);
  const sections: readonly (readonly [string, string, Markup])[] = [
    [
      'topology',
      'Who connects to whom',
      markup`${legend(report)}<div class="canvas" tabindex="0" role="region" aria-label="Drawing of who connects to whom">${await topologyOf(report)}</div><p class="hint">Hover, tap or tab to a certificate to see it.</p><h3>The same in words</h3>${connectionTable(report)}`,
    ],
    ['expiry', 'When what ends', timeline(report)],
    ['authorities', 'Authorities', authorityTree(report)],
    ['powers', 'What each can do, until when', powerTable(report)],
    ['findings', 'Findings', findingList(report)],
    ['credentials', 'Every credential', credentialTable(report)],
    ['kinds', 'In detail', markup`<div class="cards">${report.kinds.map((kind) => cardMarkup(report, kind))}</div>`],
  ];
  const page = markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src '${hash(style)}'; script-src '${hash(script)}'; base-uri 'none'; form-action 'none'"><link rel="icon" href="data:,"><title>${name}: certificates</title><style>${trusted(style)}</style></head><body>
<header><h1>${name}</h1><p>${headText(report)}</p>${summary(report)}<nav aria-label="Parts of this page">${sections.map(([id, title]) => markup`<a href="#${id}">${title}</a>`)}</nav></header>
<main>${sections.map(
    ([
      id,
      title,
      content,
    ]) => markup`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${content}</section>
`,
  )}</main>
<aside id="panel" hidden aria-label="Certificate" role="region" aria-live="polite" tabindex="-1"></aside>
<footer>Made by kubepki. There is no key and no other secret in this page.</footer>
<script>${trusted(script)}</script></body></html>
`;
  return page.markup;
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function headText({ version, profile, endpoint, generation, now }: Report): Markup {
  const made =
    generation === undefined
      ? `a plan: nothing is made, and all ends are those of what would be made`
      : `generation ${generation}, seen`;
  return markup`Kubernetes ${version}, profile ${profile}, <code>${visible(endpoint)}</code>; ${made} ${minute(now)}`;
}

/** What somebody wants to know at once. */
function summary(report: Report): Markup {
  const { credentials, findings, now, nodes } = report;
  const certificates = credentials.filter(({ spec }) => spec.kind !== 'keypair');
  const watched = credentials
    .flatMap(({ id, ends, spec }) =>
      ends === undefined || (spec.kind === 'leaf' && spec.renews === 'itself') ? [] : [{ id, ends }],
    )
    .sort((a, b) => a.ends.getTime() - b.ends.getTime());
  const over = watched.filter(({ ends }) => ends < now).length;
  const next = watched.find(({ ends }) => ends >= now);
  const strongest = credentials.filter(({ spec }) => isMaster(spec)).length;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const facts: readonly (readonly [string, string, string])[] = [
    ['', String(nodes), nodes === 1 ? 'node' : 'nodes'],
    ['', String(certificates.length), certificates.length === 1 ? 'certificate' : 'certificates'],
    ...(over > 0 ? [['alarm', String(over), 'expired'] as const] : []),
    ...(next === undefined
      ? []
      : [['', distance(next.ends, now), `${visible(next.id, 60)} ends, on ${day(next.ends)}`] as const]),
    [strongest > 0 ? 'alarm' : '', String(strongest), 'may do everything (system:masters)'],
    [
      errors > 0 ? 'alarm' : '',
      String(findings.length),
      `${findings.length === 1 ? 'finding' : 'findings'}, ${count(errors, 'error')}`,
    ],
  ];
  return markup`<ul class="summary">${facts.map(([kind, value, text]) => markup`<li class="${kind}"><b>${value}</b> ${text}</li>`)}</ul>`;
}
