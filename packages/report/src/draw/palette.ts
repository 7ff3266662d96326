/** Colours of authorities by their numbers, for light and for dark; as text on the ground of a page each has 4.5 : 1. */
const authorities = {
  light: ['#0b62bd', '#a8430a', '#0e7345', '#7f35ab', '#a3195b', '#006b75'],
  dark: ['#7cbaff', '#ffb27a', '#6ed7a4', '#d3a6ff', '#ff9bc7', '#62d4e0'],
} as const;

const inks = {
  light: {
    ground: '#ffffff',
    panel: '#f6f8fa',
    box: '#ffffff',
    line: '#c5ccd5',
    text: '#1a2027',
    soft: '#565f6b',
    alarm: '#b3121d',
    tint: '#fdecec',
    onColour: '#ffffff',
  },
  dark: {
    ground: '#12161b',
    panel: '#191f26',
    box: '#222a33',
    line: '#465361',
    text: '#e8edf2',
    soft: '#a9b4c0',
    alarm: '#ff8f8f',
    tint: '#3d2124',
    onColour: '#10151a',
  },
} as const;

export type Theme = keyof typeof inks;

/** Inks of a theme as custom properties, by which the style sheets of the page and of pictures name them. */
export function properties(theme: Theme): string {
  const own = Object.entries(inks[theme]).map(([name, value]) => `--${name.toLowerCase()}:${value}`);
  return [...own, ...authorities[theme].map((value, index) => `--a${index + 1}:${value}`)].join(';');
}

/** The class of an authority's colour; none: nobody can check it, or several are meant. */
export function colourClass(number: number | undefined): string {
  return number === undefined || number === 0 ? 'a0' : `a${((number - 1) % authorities.light.length) + 1}`;
}

/** What gives shapes of an authority's class its colour. */
export const colourRules = [
  '.a0{--c:var(--soft)}',
  ...authorities.light.map((_, index) => `.a${index + 1}{--c:var(--a${index + 1})}`),
].join('');

/** The colour itself, for pictures that have one theme. */
export function lightColour(number: number | undefined): string {
  if (number === undefined || number === 0) return inks.light.soft;
  return authorities.light[(number - 1) % authorities.light.length] ?? inks.light.soft;
}
