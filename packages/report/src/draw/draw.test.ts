import { spawnSync } from 'node:child_process';
import test from 'ava';
import { reportOf } from '../model/report.ts';
import { inChromium } from '../testing/chromium.ts';
import { cp, example, hostilePlan, large, now, one, planOf, several, worker } from '../testing/plans.ts';
import { edgesOf } from './directions.ts';
import { dotOf } from './dot.ts';
import { placed } from './layout.ts';
import { mermaidOf } from './mermaid.ts';
import { svgOf } from './svg.ts';

const report = reportOf({ plan: example, now });
const hostile = reportOf({ plan: hostilePlan(example), now });

test('What leads back to who calls is drawn back, so that callers stand at the left', (t) => {
  const back = edgesOf(report.drawing).filter((edge) => edge.back);
  const rows = new Map(
    report.drawing.frames.flatMap(({ boxes }) => boxes.flatMap((box) => box.rows.map((row) => [row.key, row.label]))),
  );
  t.deepEqual(
    back.map(({ from, to }) => [rows.get(from), rows.get(to)]),
    [
      ['apiserver-kubelet-client', 'kubelet/server'],
      ['apiserver-kubelet-client', 'kubelet/server'],
    ],
  );
});

test('Every edge is level or upright, and ends at the boxes that it joins', async (t) => {
  const plans = [one, example, large(), planOf({ nodes: [...several(2, cp), worker(1)], authorities: 'single' })];
  for (const plan of plans) {
    const { drawing } = reportOf({ plan, now });
    const { edges, boxes, width, height } = await placed(drawing);
    for (const { edge, points } of edges) {
      t.true(points.length >= 2, edge.key);
      points.slice(1).forEach((point, index) => {
        const before = points[index] ?? point;
        t.true(Math.abs(point.x - before.x) < 1.5 || Math.abs(point.y - before.y) < 1.5, `${edge.key} is slanted`);
        t.true(point.x >= 0 && point.x <= width && point.y >= 0 && point.y <= height, edge.key);
      });
      const ends = [points[0], points.at(-1)];
      for (const [index, key] of [edge.from, edge.to].entries()) {
        const area = boxes.find(({ box }) => box.rows.some((row) => row.key === key))?.area;
        const x = ends[index]?.x ?? -1;
        if (area !== undefined)
          t.true(Math.min(Math.abs(x - area.x), Math.abs(x - area.x - area.width)) < 1.5, edge.key);
      }
    }
  }
});

test('Equal input gives equal pictures', async (t) => {
  const again = reportOf({ plan: structuredClone(example), now: new Date(now) });
  t.is(await svgOf(again), await svgOf(report));
  t.is(dotOf(again), dotOf(report));
  t.is(mermaidOf(again), mermaidOf(report));
});

test('Mermaid has every connection, and of hostile names only entity codes', (t) => {
  const text = mermaidOf(report);
  t.regex(text, /n0b2 -- "apiserver-etcd-client" --> n0b0\n/);
  t.regex(text, /pb0 -- "admin" --> endpoint\n/);
  t.regex(text, /endpoint --> n0b2\n/);
  const bad = mermaidOf(hostile).replaceAll(/<\/?b>|<br>|-->/g, '');
  t.notRegex(bad, /[<>'`\\=&\u202e]/);
  t.is(bad.split('\n').length, text.split('\n').length);
});

test('Graphviz reads the drawing, hostile names too', (t) => {
  if (spawnSync('dot', ['-V']).error) {
    t.log('left out: there is no dot here (apt-get install graphviz)');
    t.pass();
    return;
  }
  for (const drawn of [report, hostile]) {
    const { status, stderr, stdout } = spawnSync('dot', ['-Tplain'], { input: dotOf(drawn), encoding: 'utf8' });
    t.deepEqual([status, stderr], [0, '']);
    t.is(stdout.match(/^node /gm)?.length, 12);
    t.is(stdout.match(/^edge /gm)?.length, 15);
  }
});

test('An SVG is well formed XML and runs nothing, whatever the names', async (t) => {
  const svg = await svgOf(hostile);
  t.notRegex(svg, /<img|<script/);
  await inChromium(t, async (open) => {
    const { page } = await open('<!doctype html><title>x</title>');
    const wrong = await page.evaluate(
      `new DOMParser().parseFromString(${JSON.stringify(svg)}, 'image/svg+xml').querySelector('parsererror, img, script')?.textContent ?? ''`,
    );
    t.is(wrong, '');
  });
});
