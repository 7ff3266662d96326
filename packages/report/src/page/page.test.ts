// The page in a real browser: what a reader sees, and what the page may not do.
import test from 'ava';
import axe from 'axe-core';
import { reportOf } from '../model/report.ts';
import { inChromium, type Opened } from '../testing/chromium.ts';
import { example, hostilePlan, large, now, one } from '../testing/plans.ts';
import { htmlOf } from './page.ts';

const findings = [
  { source: 'verify', severity: 'error', where: 'ca.key', message: 'its mode is 0644', hint: 'chmod 600 it' },
  { source: 'plan', severity: 'warning', where: 'authorities', message: 'a second look' },
] as const;

const pageOf = (plan = example) => htmlOf(reportOf({ plan, now, findings, checked: ['verify: 12 files read'] }));

/** What axe finds, rule by rule. */
async function faults({ page }: Opened): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate('axe.run()')) as axe.AxeResults;
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ html }) => html)
        .join(' ')
        .slice(0, 300)}`,
  );
}

/** Texts of the drawing that are wider than their boxes, and boxes that lie on each other. */
const crooked = `(() => {
  const area = (element) => element.getBoundingClientRect();
  const found = [];
  const cards = [...document.querySelectorAll('.box')].map((box) => ({ box, card: area(box.querySelector('.card')) }));
  for (const { box, card } of cards) {
    for (const text of box.querySelectorAll('text')) {
      const { left, right } = area(text);
      if (left < card.left || right > card.right) found.push('wider than its box: ' + text.textContent);
    }
    for (const row of box.querySelectorAll('.row')) {
      const [label, mark] = ['.label', '.mark'].map((query) => row.querySelector(query));
      if (mark && area(label).right > area(mark).left) found.push('over its mark: ' + label.textContent);
    }
  }
  const over = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  cards.forEach(({ card }, index) => {
    if (cards.slice(index + 1).some((other) => over(card, other.card))) found.push('boxes on each other');
  });
  const frames = [...document.querySelectorAll('.frame > rect:not(.behind)')].map(area);
  frames.forEach((frame, index) => {
    if (frames.slice(index + 1).some((other) => over(frame, other))) found.push('frames on each other');
  });
  for (const text of document.querySelectorAll('.frame text')) {
    if (area(text).right > area(text.parentNode.querySelector('rect:not(.behind)')).right) found.push('wider than its frame: ' + text.textContent);
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push('the page is wider than the window');
  return found;
})()`;

test.serial(
  'axe finds nothing in light, dark and on a phone; nothing is clipped; nothing leaves the page',
  async (t) => {
    const [several, single] = [await pageOf(), await pageOf(one)];
    await inChromium(t, async (open) => {
      for (const [html, look] of [
        [several, {}],
        [single, { scheme: 'dark' }],
        [single, { width: 390 }],
      ] as const) {
        const opened = await open(html, look);
        t.deepEqual(await opened.page.evaluate(crooked), [], JSON.stringify(look));
        await opened.page.locator('[data-row]').first().focus();
        t.deepEqual(await faults(opened), [], JSON.stringify(look));
        t.deepEqual([opened.asked, opened.wrong], [[], []]);
        await opened.page.close();
      }
    });
  },
);

test.serial('A certificate is shown by the keyboard, and by a tap; the table is sorted and filtered', async (t) => {
  const html = await pageOf();
  await inChromium(t, async (open) => {
    const { page, wrong } = await open(html);
    const panel = page.locator('#panel');
    t.false(await panel.isVisible());
    const inHand = () => page.evaluate('document.activeElement.dataset.row');
    for (let presses = 0; presses < 40 && (await inHand()) === undefined; presses += 1)
      await page.keyboard.press('Tab');
    t.truthy(await inHand());
    t.regex((await panel.textContent()) ?? '', /kubernetes-admin|kubernetes-super-admin/);
    await page.keyboard.press('Enter');
    t.is(await page.evaluate('document.activeElement.id'), 'panel');
    await page.keyboard.press('Escape');
    t.false(await panel.isVisible());
    t.truthy(await inHand(), 'the focus is back where it was');
    await page.getByRole('link', { name: /^2 apiserver-etcd-client: / }).click();
    t.regex((await panel.textContent()) ?? '', /etcd\/ca.*read and change all of etcd/s);
    t.is(await page.locator('.edge.on').count(), 1);
    await page.getByRole('button', { name: 'close' }).click();
    t.is(await page.locator('.on').count(), 0);

    const first = () => page.locator('#all tbody tr:visible').first().locator('td').first().textContent();
    await page.getByRole('button', { name: 'Until' }).click();
    t.is(await first(), 'super-admin');
    await page.getByRole('button', { name: 'Credential' }).click();
    t.is(await first(), 'admin');
    await page.getByLabel('Filter').fill('etcd cp-2');
    t.is(await page.locator('#shown').textContent(), '4 of 48');
    t.is(await page.locator('#all tbody tr:visible').count(), 4);
    t.deepEqual(wrong, []);
  });
});

test.serial('A page of hostile names shows them, and runs nothing', async (t) => {
  const html = await pageOf(hostilePlan(example));
  t.false(/<img|<script>g|onerror="g/.test(html));
  await inChromium(t, async (open) => {
    const { page, asked, wrong } = await open(html);
    await page.locator('[data-row]').last().hover();
    t.is(await page.evaluate('globalThis.hacked'), undefined);
    t.is(await page.locator('img').count(), 0);
    t.is(await page.locator('script').count(), 1);
    t.regex((await page.locator('h1').textContent()) ?? '', /^"><img src=x .*\\u\{202e\}\\u\{0\}--demo$/);
    t.deepEqual([asked, wrong], [[], []]);
    t.deepEqual(await page.evaluate(crooked), []);
  });
});

test.serial('A page of 500 nodes is under a megabyte and still fits; that of one node too', async (t) => {
  const [big, small] = [await pageOf(large()), await pageOf(one)];
  t.true(big.length < 1_000_000, `${big.length}`);
  await inChromium(t, async (open) => {
    for (const html of [big, small]) {
      const { page, wrong } = await open(html);
      t.deepEqual(await page.evaluate(crooked), []);
      t.deepEqual(wrong, []);
    }
  });
});
