import test from 'ava';
import { added, type Bad, changed, finds, rendered } from '../testing/bad-emitter.ts';

const paths = 'gives every file a path of its own, inside the tree';
const parts = 'holds nothing that its part does not have';
const given = 'does not want the key of an authority that others keep';
const secret = 'keeps what holds a key from others';
const back = 'gives back what it has written';
const alone = 'writes of a file what its data says, and no more';

const empty = { mode: 0o644, secret: false, holds: [] };
const outside = added({ ...empty, path: '../x' });
test.serial(
  'a path that leaves the tree',
  finds,
  outside,
  paths,
  /"\.\.\/x" cannot be the path of a file/,
  'and others',
);
const leaving = added({ path: 'x', link: '../../etc/passwd' });
test.serial('a link that leaves the tree', finds, leaving, paths, /x cannot be a link to/, 'and others');
const reserved = added({ ...empty, path: 'plan.json' });
test.serial(
  "a path that is the tree's own",
  finds,
  reserved,
  paths,
  /"plan.json" cannot be the path of a file/,
  'and others',
);
const one = changed((file) => ({ ...file, path: 'x' }));
test.serial('one path for all files', finds, one, paths, /x: two artifacts want this file/, 'and others');

const holding = (id: string, part: string) => added({ ...empty, path: 'x', holds: [{ id, part }] });
test.serial(
  'a name in place of an id',
  finds,
  holding('apiserver', 'certificate'),
  parts,
  /x .*, which is not in the plan/,
  'and others',
);
test.serial(
  'what is elsewhere',
  finds,
  holding('sample/outside', 'certificate'),
  parts,
  /of which nothing is made here/,
  'and others',
);
test.serial(
  'a certificate of a key pair',
  finds,
  holding('stand-in/sa', 'certificate'),
  parts,
  /which is a bare key pair/,
  'and others',
);
const agent = holding('sample/agent@cp-1', 'certificate');
test.serial(
  "a node's certificate for the cluster",
  finds,
  agent,
  parts,
  /sample\/agent@cp-1, which is of another part/,
  'and others',
);

const rootKey = added({ path: 'x', mode: 0o600, secret: true, holds: [{ id: 'sample/root', part: 'key' }] });
test.serial(
  'a key that somebody else keeps',
  finds,
  rootKey,
  given,
  /x holds the key of sample\/root, which somebody else/,
);

const public_ = changed((file) => ({ ...file, secret: false }));
test.serial('a key that is no secret', finds, public_, secret, /holds a key and is not secret/);
const open = changed((file) => ({ ...file, mode: 0o640 }));
test.serial('a key that a group may read', finds, open, secret, /holds a key and others may read it: 0640/);

const hidden: Bad = (good) => ({
  *files(part, context) {
    for (const file of good.files(part, context)) {
      if (!('link' in file) && file.path.endsWith('.key'))
        yield { ...file, mode: 0o644, secret: false, holds: [], content: file.holds[0] ?? {} };
      else yield file;
    }
  },
  render: (file, get, random) =>
    file.content === undefined
      ? good.render(file, get, random)
      : Buffer.from(`x${get(file.content as never)}`).toString('base64'),
});
test.serial(
  'a key that is not said to be held',
  finds,
  hidden,
  secret,
  /\.key holds a key and is not secret/,
  'and others',
);
test.serial(
  'what is not said to be held',
  finds,
  hidden,
  alone,
  /\.key goes the key of .*, which it is not said to hold/,
  'and others',
);

test.serial('no way back', finds, () => ({ read: undefined as never }), back, /it has no read/, 'and others');
const few: Bad = () => ({ read: (text) => [text].slice(1) });
test.serial('a way back to less', finds, few, back, /it gives back 0 of 1 things/, 'and others');
const wrong: Bad = (good) => ({ read: (text, file) => [...(good.read?.(text, file) ?? [])].reverse() });
test.serial('a way back to something else', finds, wrong, back, /it gives back something else for the/, 'and others');
const content: Bad = (good) => ({
  read: (text, file) => (file.content === undefined ? [] : (good.read?.(text, file) ?? [])),
});
test.serial('a way back that needs the content', finds, content, back, /it gives back 0 of 1 things/, 'and others');
const cut = rendered((text) => text.slice(0, -60));
test.serial('a text that is cut', finds, cut, back, /gives back something else for the certificate of/, 'and others');

const stateful: Bad = (good) => {
  let cluster = '';
  return {
    *files(part, context) {
      cluster = context.plan.cluster.name;
      yield* good.files(part, context);
    },
    render: (file, get, random) => `${cluster}\n${good.render(file, get, random)}`,
  };
};
test.serial(
  'a text from more than the data',
  finds,
  stateful,
  alone,
  /it renders cluster\/.* by more than its data/,
  'and others',
);
