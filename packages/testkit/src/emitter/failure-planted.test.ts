import type { ContentFile, Get } from '@kubepki/core';
import test from 'ava';
import { added, type Bad, finds } from '../testing/bad-emitter.ts';

const hostile = 'keeps hostile names inside, or refuses them by a PkiError';
const half = 'leaves nothing half written when a part cannot be had';
const told = 'tells no key in an error, nor in what it says of its files';

const crash: Bad = (good) => ({
  *files(part, context) {
    new URL(`https://${context.plan.cluster.name}.example.com`);
    yield* good.files(part, context);
  },
});
test.serial(
  'a crash at a hostile name',
  finds,
  crash,
  hostile,
  /with the cluster ".*": it must be refused by a PkiError, and ends in TypeError/,
);

const raw: Bad = (good) => ({
  *files(part, context) {
    for (const file of good.files(part, context)) yield { ...file, content: context.plan.cluster.name };
  },
  render: (file, get, random) => `# ${file.content}\n${good.render(file, get, random)}`,
});
test.serial(
  'a name that is written raw',
  finds,
  raw,
  hostile,
  /with the cluster .* the name becomes a line of its own/,
);

const spoiling: Bad = (good) => ({
  *files(part, context) {
    for (const file of good.files(part, context)) yield { ...file, content: context.plan.cluster.name };
  },
  render: (file, get, random) => `# ${JSON.stringify(file.content)}\n${good.render(file, get, random)}`,
  read: (text, file) => (text.includes('planted') ? [] : (good.read?.(text, file) ?? [])),
});
test.serial('a name that spoils the way back', finds, spoiling, hostile, /it gives back 0 of /);

const swallowing: Bad = () => ({
  render: (file, get) =>
    file.holds
      .map((holding) => {
        try {
          return get(holding);
        } catch {
          return '';
        }
      })
      .join(''),
});
test.serial(
  'an error that is swallowed',
  finds,
  swallowing,
  half,
  /cannot be had, and it writes the rest without a word/,
);

const failing =
  (message: (file: ContentFile, get: Get) => string): Bad =>
  (good) => ({
    render(file, get, random) {
      try {
        return (
          good.render({ ...file, holds: file.content === null ? [] : file.holds }, get, random) ||
          String(Object(undefined).x.y)
        );
      } catch {
        throw new Error(message(file, get));
      }
    },
  });
const keyOf = (file: ContentFile, get: Get) => file.holds.map(get).join('');
test.serial(
  'a key in an error',
  finds,
  failing((file, get) => `cannot write ${keyOf(file, get)}`),
  told,
  /an error over .* tells a key/,
);
const encoded = (file: ContentFile, get: Get) => Buffer.from(`: ${keyOf(file, get)}`).toString('base64');
test.serial(
  'an encoded key in an error',
  finds,
  failing((file, get) => encoded(file, get)),
  told,
  /an error over .* tells a key/,
);

const parsing: Bad = (good) => ({
  render: (file, get, random) => JSON.stringify({ text: good.render(file, get, random) }),
  read: (text, file) => good.read?.((JSON.parse(text) as { text: string }).text, file) ?? [],
});
test.serial('a piece of a key in an error of the parser', finds, parsing, told, /an error over .* tells a key/);

const remembering: Bad = (good) => {
  const seen: string[] = [];
  return {
    *files(part, context) {
      yield* good.files(part, context);
      if (part.node === undefined && seen.length > 0)
        yield { path: 'x', mode: 0o644, secret: false, holds: [], content: seen.join() };
    },
    render(file, get, random) {
      const text = good.render(file, get, random);
      if (text.includes('KEY')) seen.push(text);
      return text;
    },
  };
};
test.serial(
  'a key in what is said of the files',
  finds,
  remembering,
  told,
  /what it says of its files holds a key/,
  'and others',
);

test.serial(
  'a good emitter',
  finds,
  added({ path: 'x', mode: 0o644, secret: false, holds: [], content: [1, null] }),
  hostile,
  /the rule holds/,
  'and others',
);
