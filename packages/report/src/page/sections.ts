import { numbersOf } from '../draw/svg.ts';
import type { Source } from '../model/authorities.ts';
import { allSources } from '../model/authorities.ts';
import type { Report } from '../model/report.ts';
import { type Markup, markup } from '../text/markup.ts';
import { visible } from '../text/visible.ts';
import { count, distance } from '../text/words.ts';
import { addressText, partyOf, powersMarkup } from './card.ts';
import { badge, placeMarkup, untilText } from './kinds.ts';

/** The authorities and key pairs by number and colour. */
export function legend({ sources }: Report): Markup {
  const authorities = allSources(sources).filter(({ spec }) => spec.kind === 'authority');
  return markup`<ul class="legend">${authorities.map(({ number, spec }) => markup`<li>${badge(number)} <a href="#k-s${number}">${visible(spec.name)}</a></li>`)}<li><svg width="34" height="10" aria-hidden="true"><path d="M0 5h26" class="wire"/><path d="M34 5l-8 -4.5v9z" class="head"/></svg> from the client to the server</li></ul>`;
}

/** The drawing in words: a line for each kind of connection. */
export function connectionTable(report: Report): Markup {
  const numbers = numbersOf(report);
  const { lines } = report.drawing;
  if (lines.length === 0) return markup`<p>Nobody connects to anybody.</p>`;
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="Connections"><table class="stack connections"><thead><tr><th scope="col">Who</th><th scope="col">With certificate</th><th scope="col">Connects to</th><th scope="col">At</th><th scope="col">Known by</th><th scope="col">Checks by</th></tr></thead><tbody>${lines.map(
    (line) => {
      const [client, server] = [partyOf(report, line.from), partyOf(report, line.to)];
      const own = line.at === 'local' && line.clients > 1 ? 'each on its own node' : addressText(line);
      return markup`<tr><td>${client.box} <small>${client.place}</small></td><td><a href="#k-${line.from}">${client.name}</a>${line.clients > 1 && !client.place.startsWith(`${line.clients} `) && markup` <small>× ${line.clients}</small>`}</td><td>${server.box} <small>${server.place}</small></td><td>${own}</td><td>${line.authority !== undefined && markup`${badge(numbers.get(line.authority))} ${visible(line.authority)}`}</td><td>${
        line.checksBy.length === 0
          ? 'nobody: not checked'
          : line.checksBy.map((name) => markup`${badge(numbers.get(name))} ${visible(name)} `)
      }</td></tr>`;
    },
  )}</tbody></table></div>`;
}

/** The authorities from above, with what each signs. */
export function authorityTree(report: Report): Markup {
  return markup`<ul class="tree">${report.sources.map((source) => sourceItem(report, source))}</ul>`;
}

function sourceItem(report: Report, { credential, spec, number, signs, trusted, below, leaves }: Source): Markup {
  const until =
    spec.kind === 'keypair'
      ? 'key pair, no end'
      : `until ${untilText({ ends: credential.ends && { first: credential.ends, last: credential.ends }, credentials: [credential] })}`;
  const kinds = new Map(
    report.kinds.flatMap(({ key, credentials }) => credentials.map(({ id }) => [id, key] as const)),
  );
  return markup`<li><div class="source">${badge(number)} <a href="#k-s${number}"><b>${visible(spec.name)}</b></a> <small>${until}</small><div class="uses">${signs.length > 0 && markup`signs for ${signs.map((use) => markup`<code>${visible(use)}</code> `)}`}${trusted.length > 0 && markup`trusted for ${trusted.map((use) => markup`<code>${visible(use)}</code> `)}`}</div></div>${
    below.length + leaves.length > 0 &&
    markup`<ul>${below.map((source) => sourceItem(report, source))}${leaves.map(
      ({ name, credentials }) =>
        markup`<li><a href="#k-${kinds.get(credentials[0]?.id ?? '') ?? ''}">${visible(name)}</a>${credentials.length > 1 && markup` <small>× ${credentials.length}</small>`}</li>`,
    )}</ul>`
  }</li>`;
}

/** What each kind of credential can do until when; the strongest first. */
export function powerTable(report: Report): Markup {
  const order = { everything: 0, wide: 1, bounded: 2 } as const;
  const kinds = report.kinds
    .filter(({ powers, credentials }) => powers.length > 0 && credentials.length > 0)
    .toSorted(
      (a, b) =>
        Number(b.masters) - Number(a.masters) ||
        order[a.powers[0]?.reach ?? 'bounded'] - order[b.powers[0]?.reach ?? 'bounded'],
    );
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="What each can do"><table class="stack powers"><thead><tr><th scope="col">Who holds</th><th scope="col">Can</th><th scope="col">Until</th></tr></thead><tbody>${kinds.map(
    ({ key, name, place, credentials, powers, masters, ...kind }) => {
      const left = kind.ends === undefined ? '' : distance(kind.ends.last, report.now);
      return markup`<tr class="${masters && 'masters'}"><td><a href="#k-${key}">${visible(name)}</a>${placeMarkup({ credentials, place: key.startsWith('s') ? 'the key itself' : place })}</td><td>${powersMarkup(powers)}</td><td>${untilText({ ...kind, credentials })} <small>${left}</small></td></tr>`;
    },
  )}</tbody></table></div>`;
}

/** So many findings have a line each. */
const most = 300;

/** What lint and verify found, and what is odd about the plan. */
export function findingList({ findings, checked }: Report): Markup {
  const more = findings.length - most;
  return markup`${findings.length === 0 && markup`<p class="fine">Nothing was found.</p>`}<ul class="findings">${findings
    .slice(0, most)
    .map(
      ({ severity, source, where, message, hint }) =>
        markup`<li class="${severity}"><span class="tag">${severity}</span> <small>${source}</small> <b>${visible(where)}</b>: ${visible(message)}${hint !== undefined && markup`<div class="hint">${visible(hint)}</div>`}</li>`,
    )}${more > 0 && markup`<li>and ${count(more, 'more finding')}</li>`}</ul>${checked.length > 0 && markup`<ul class="checked">${checked.map((text) => markup`<li>${visible(text)}</li>`)}</ul>`}`;
}
