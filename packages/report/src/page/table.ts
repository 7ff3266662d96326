import { allSources } from '../model/authorities.ts';
import type { Credential } from '../model/credential.ts';
import type { Kind, Report } from '../model/report.ts';
import { type Markup, markup } from '../text/markup.ts';
import { visible } from '../text/visible.ts';
import { count, day, distance } from '../text/words.ts';
import { stateMarkup, untilText, whatText, worst } from './kinds.ts';

/** So many characters of rows are a page's; of more, those of a kind have one row. */
const most = 500_000;

/** Every credential, to be sorted and filtered. */
export function credentialTable(report: Report): Markup {
  const names = new Map(allSources(report.sources).map(({ credential, spec }) => [credential.id, spec.name]));
  const each = report.credentials.map((credential) => rowMarkup(report, { credential, names }));
  const size = each.reduce((sum, row) => sum + row.markup.length, 0);
  const rows =
    size <= most
      ? each
      : report.kinds.filter(({ credentials }) => credentials.length > 0).map((kind) => kindRow({ kind, names }));
  const states = [...new Set(report.credentials.map(({ state }) => state))];
  const folded =
    size > most &&
    markup`<p>There are ${count(report.credentials.length, 'credential')}: those that are alike have one line.</p>`;
  return markup`${folded}<div class="filter"><label>Filter <input type="search" id="filter" autocomplete="off"></label><label>State <select id="state"><option value="">all</option>${states.map((state) => markup`<option>${state}</option>`)}</select></label><span id="shown" role="status"></span></div><div class="scroll" tabindex="0" role="region" aria-label="Table of credentials"><table class="stack all" id="all"><thead><tr>${heads.map(
    (head) => markup`<th scope="col"><button type="button">${head}</button></th>`,
  )}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

const heads = ['Credential', 'What', 'Node', 'Signed by', 'Until', 'State'] as const;

type Names = ReadonlyMap<string, string>;

// Ends of cells and rows may be left out in HTML; of thousands that counts.
function rowMarkup(
  { now }: Report,
  { credential, names }: { readonly credential: Credential; readonly names: Names },
): Markup {
  const { id, spec, authority, ends, state } = credential;
  const node = spec.kind === 'leaf' ? (spec.node ?? '') : '';
  const until =
    ends === undefined
      ? untilText({ ends: undefined, credentials: [credential] })
      : markup`${day(ends)} <small>${distance(ends, now)}</small>`;
  return markup`<tr><td>${visible(id)}<td>${whatText(credential)}<td>${visible(node)}<td>${visible(names.get(authority ?? '') ?? '')}<td>${until}<td>${stateMarkup(state)}`;
}

function kindRow({ kind, names }: { readonly kind: Kind; readonly names: Names }): Markup {
  const [first] = kind.credentials;
  if (first === undefined) return markup``;
  return markup`<tr><td><a href="#k-${kind.key}">${visible(kind.name)}</a> × ${kind.credentials.length}<td>${whatText(first)}<td>${visible(kind.place)}<td>${visible(names.get(first.authority ?? '') ?? '')}<td>${untilText(kind)}<td>${stateMarkup(worst(kind.credentials))}`;
}
