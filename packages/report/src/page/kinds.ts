import { colourClass } from '../draw/palette.ts';
import { allSources } from '../model/authorities.ts';
import type { Credential } from '../model/credential.ts';
import type { Kind, Report } from '../model/report.ts';
import { type Markup, markup } from '../text/markup.ts';
import { visible } from '../text/visible.ts';
import { days } from '../text/words.ts';

/** The number of an authority in its colour, as the drawing has it. */
export function badge(number: number | undefined): Markup {
  return markup`<span class="badge ${colourClass(number)}" aria-hidden="true">${number ?? '?'}</span>`;
}

/** A badge with the authority's name, by the id of that. */
export function authorityMarkup(report: Report, id: string | undefined): Markup {
  const source = allSources(report.sources).find(({ credential }) => credential.id === id);
  if (source === undefined) return markup`nobody here`;
  return markup`${badge(source.number)} ${visible(source.spec.name)}`;
}

/** Until when, or that there is no end, or that nobody knows. */
export function untilText({ ends, credentials }: Pick<Kind, 'ends' | 'credentials'>): string {
  if (ends !== undefined) return days(ends.first, ends.last);
  const [first] = credentials;
  return first === undefined ? '' : (endless[first.state as keyof typeof endless] ?? '');
}

const endless = { endless: 'no end', missing: 'not there', unknown: 'as it was given' } as const;

/** The state of several: the worst of them. */
export function worst(credentials: readonly Credential[]): Credential['state'] {
  const order: readonly Credential['state'][] = [
    'expired',
    'missing',
    'not yet valid',
    'ends soon',
    'unknown',
    'good',
    'endless',
  ];
  return order.find((state) => credentials.some((each) => each.state === state)) ?? 'unknown';
}

export function stateMarkup(state: Credential['state']): Markup {
  return markup`<span class="state ${state.replaceAll(' ', '-')}">${state}</span>`;
}

/** What a spec is, in a few words. */
export function whatText({ spec }: Credential): string {
  if (spec.kind === 'authority') return 'authority';
  if (spec.kind === 'keypair') return 'key pair';
  if (spec.person) return 'person';
  return spec.usages.length === 2 ? 'server and client' : (spec.usages[0] ?? 'leaf');
}

/** How many there are and where, each said once. */
export function placeMarkup({ credentials, place }: Pick<Kind, 'credentials' | 'place'>): Markup {
  const { length } = credentials;
  const times = length > 1 && !place.startsWith(`${length} `) && markup` <small>× ${length}</small>`;
  return markup`${times}${place !== '' && markup` <small>${visible(place)}</small>`}`;
}
