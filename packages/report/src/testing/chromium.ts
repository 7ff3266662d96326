import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ExecutionContext } from 'ava';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Debian's Chromium, or another one by the variable CHROMIUM; undefined where there is none. */
const program = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
);

type Look = { readonly scheme?: 'light' | 'dark'; readonly width?: number };

/** A page in a browser of this test, with what it asked for beside itself and what went wrong in it. */
export type Opened = { readonly page: Page; readonly asked: readonly string[]; readonly wrong: readonly string[] };

/** Opens texts in a real browser; where there is none, says so, and the test does nothing more. */
export async function inChromium(
  t: ExecutionContext,
  work: (open: (html: string, look?: Look) => Promise<Opened>) => Promise<void>,
): Promise<void> {
  if (program === undefined) {
    t.log('left out: there is no Chromium here (apt-get install chromium)');
    t.pass();
    return;
  }
  // A browser has no sandbox for root.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath: program, args });
  const folder = mkdtempSync(join(tmpdir(), 'kubepki-report-'));
  try {
    await work((html, look) => open(browser, { html, folder, ...look }));
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

async function open(
  browser: Browser,
  { html, folder, scheme = 'light', width = 1440 }: Look & { readonly html: string; readonly folder: string },
): Promise<Opened> {
  const file = join(folder, 'report.html');
  writeFileSync(file, html);
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
  const url = pathToFileURL(file).href;
  const [asked, wrong]: [string[], string[]] = [[], []];
  page.on('request', (request) => {
    if (request.url() !== url && request.url() !== 'data:,') asked.push(request.url());
  });
  page.on('pageerror', ({ message }) => wrong.push(message));
  page.on('console', (message) => wrong.push(message.text()));
  await page.goto(url);
  return { page, asked, wrong };
}
