/** A series: its name with its labels in their order, and its value. */
export type Sample = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

/**
 * Reads the text format of Prometheus as strictly as the textfile collector does, and more: each family has its HELP
 * and TYPE before its samples and is in one piece, no series is there twice, and none has a timestamp.
 */
export function readMetrics(text: string): readonly Sample[] {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const lines = text.slice(0, -1).split('\n');
  const families = new Map<string, Set<string>>();
  let open: { name: string; seen: Set<string> } | undefined;
  const samples: Sample[] = [];
  for (const [index, line] of lines.entries()) {
    const [, word, about = '', rest = ''] = /^# (HELP|TYPE) ([a-zA-Z_:][\w:]*) (.+)$/.exec(line) ?? [];
    if (word === 'HELP') {
      if (families.has(about)) throw new Error(`${about} is there twice`);
      open = { name: about, seen: new Set() };
      families.set(about, open.seen);
      if (!lines[index + 1]?.startsWith(`# TYPE ${about} `)) throw new Error(`${about} has no TYPE behind its HELP`);
    } else if (word === 'TYPE') {
      if (rest !== 'gauge' || open?.name !== about) throw new Error(`TYPE ${about} ${rest}`);
    } else {
      const sample = sampleOf(line);
      if (sample.name !== open?.name) throw new Error(`${sample.name} is not in its family`);
      const key = JSON.stringify(Object.entries(sample.labels).sort());
      if (open.seen.has(key)) throw new Error(`${line} is there twice`);
      open.seen.add(key);
      samples.push(sample);
    }
  }
  return samples;
}

function sampleOf(line: string): Sample {
  const [, name = '', inner, number = ''] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (-?\d+)$/s.exec(line) ?? [];
  if (name === '') throw new Error(`no sample: ${line}`);
  const labels: Record<string, string> = {};
  for (let rest = inner ?? ''; rest !== ''; ) {
    const [all = '', label = '', value = ''] = /^([a-zA-Z_]\w*)="((?:[^"\\]|\\[\\"n])*)"(?:,(?=.)|$)/s.exec(rest) ?? [];
    if (label === '' || label in labels) throw new Error(`no labels: ${line}`);
    labels[label] = value.replace(/\\(.)/gs, (_, character: string) => (character === 'n' ? '\n' : character));
    rest = rest.slice(all.length);
  }
  return { name, labels, value: Number(number) };
}
