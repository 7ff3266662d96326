import type { ExecutionContext } from 'ava';
import type { Said } from './reader.ts';

/** The commands of a console block, each with what it prints. */
export function commandsOf(text: string): readonly { readonly command: string; readonly printed: string }[] {
  const [first, ...parts] = text.split(/^\$ /m);
  if (first !== '' || parts.length === 0) throw new Error('a console block begins with `$ ` and a command');
  return parts.map((part) => {
    const [command = '', ...lines] = part.split(/(?<=\n)/);
    return { command, printed: lines.join('') };
  });
}

/** What a page shows, and where. */
type Shown = { readonly at: string; readonly printed: string };

/** What was said is what a page shows, where a day is any day and `…` whatever there is. */
export function shows(t: ExecutionContext, { status, text }: Said, { at, printed }: Shown): void {
  const said = ownLines(text).replaceAll(/\d{4}-\d\d-\d\d/g, 'DATE');
  const shown = printed.replaceAll(/\d{4}-\d\d-\d\d/g, 'DATE');
  if (shown.includes('…')) t.true(pattern(shown).test(said), `${at}\n${shown}\nis not what was printed:\n${said}`);
  else t.is(said, shown, at);
  // 2 is an answer and no error.
  t.is(status !== 0 && status !== 2, /^(\{\s+"error"|error: )/.test(shown), `${at} ended with ${status}`);
}

/** What npm prints by itself is left out. */
function ownLines(text: string): string {
  return text.replace(/^\n> .*\n> .*\n\n/, '');
}

function pattern(shown: string): RegExp {
  const lines = shown.split(/(?<=\n)/).map((line) => {
    if (line.trim() === '…') return '(?:.*\\n)*?';
    return line
      .split('…')
      .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('.*');
  });
  return new RegExp(`^${lines.join('')}$`);
}
