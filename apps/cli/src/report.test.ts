import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { inProcess } from './testing/in-process.ts';
import { desk, two } from './testing/program.ts';

/** The text of a page without its marks. */
const wordsOf = (html: string) => html.replace(/<(style|script)>.*?<\/\1>/gs, '').replace(/<[^>]*>/g, ' ');

test('report draws what is there, with what verify and lint find, and no secret', async (t) => {
  const own = desk(t);
  own.write('cluster.yaml', two);
  t.is((await own.kubepki(['generate'])).status, 0);
  const fine = await own.kubepki(['report']);
  t.is(fine.status, 0, fine.stderr);
  t.regex(fine.stdout, /^<!doctype html>/);
  t.regex(
    wordsOf(fine.stdout),
    /generation 1, seen .*Nothing was found\..*verify: \d+ files read, \d+ connections tried, 0 not/s,
  );
  t.notRegex(fine.stdout, /PRIVATE KEY|certificate-authority-data/);
  const audit = JSON.parse((await own.kubepki(['status', '--json'])).stdout).certificates;
  t.true(audit.every(({ fingerprint }: { fingerprint: string }) => fine.stdout.includes(fingerprint)));

  const key = join('pki', 'current', 'nodes', 'cp-1', 'etc', 'kubernetes', 'pki', 'apiserver.key');
  own.write(key, readFileSync(own.path(key), 'utf8').toLowerCase());
  const wrong = await own.kubepki(['report', 'pki']);
  t.is(wrong.status, 0, wrong.stderr);
  t.regex(wordsOf(wrong.stdout), /error +verify +nodes\/cp-1\/etc\/kubernetes\/pki\/apiserver\.key +:/);
  const unverified = await own.kubepki(['report', '--no-verify']);
  t.notRegex(wordsOf(unverified.stdout), /error +verify/);
});

test('plan --html draws the same before anything is made, and formats are drawings alone', async (t) => {
  const own = desk(t);
  own.write('cluster.yaml', two);
  const file = own.path('cluster.yaml');
  const now = new Date('2026-05-17T10:20:30Z');
  const drawn = (...args: string[]) => inProcess(['plan', '-f', file, ...args], { now });
  const page = await drawn('--html');
  t.is(page.status, 0, page.stderr);
  t.regex(wordsOf(page.stdout), /nothing is made, .* 2026-05-17 10:20 UTC.*in 29 days.*authorities\/ca\.key/s);
  t.deepEqual(await drawn('--html'), page);
  t.regex((await drawn('--format', 'svg')).stdout, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" .*<\/svg>\n$/s);
  t.regex((await drawn('--format', 'mermaid')).stdout, /^flowchart LR\n/);
  t.regex((await drawn('--format', 'dot')).stdout, /^digraph ".*"/);
});

test('What a report cannot be made of is refused', async (t) => {
  const said = async (...args: string[]) => {
    const { status, stderr, stdout } = await inProcess(args);
    t.is(stdout, '');
    return `${status} ${stderr}`;
  };
  t.regex(await said('report', '/nowhere'), /^65 error: \/nowhere has no PKI yet\nhint: .*plan --html/);
  t.regex(await said('report', '--format', 'pdf'), /^64 error: there is no format "pdf"\nhint: they are html, svg/);
  t.regex(await said('report', 'a', '-o', 'b'), /^64 error: the folder is named twice/);
  t.regex(await said('plan', '--html', '--format', 'svg'), /^64 error: plan takes --html or --format, not both/);
});
