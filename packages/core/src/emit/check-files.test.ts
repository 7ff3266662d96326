import test, { type ExecutionContext } from 'ava';
import type { PkiError } from '../error.ts';
import { layout, pairs, smallPlan } from '../testing/small.ts';
import { checkFiles } from './check-files.ts';
import type { Emitter, File } from './file.ts';

/** What is said where an emitter names these files beside those of the certificates; a text is a file's path. */
function refused(t: ExecutionContext, files: readonly (File | string)[], expected: string) {
  const third: Emitter = {
    name: 'third',
    files: ({ node }) =>
      node === undefined ? files.map((file) => (typeof file === 'string' ? named(file) : file)) : [],
    render: () => '',
  };
  const check = () => checkFiles({ plan: smallPlan(), emitters: [pairs, third], layout });
  const error = t.throws(check, { code: 'FILES_INVALID' }) as PkiError | undefined;
  t.deepEqual(
    error?.problems.map(({ where, message }) => `${where}: ${message}`),
    [expected],
  );
  t.truthy(error?.hint);
}

function named(path: string): File {
  return { path, mode: 0o644, secret: false, holds: [] };
}

test(
  'a path out of the tree names the emitter',
  refused,
  ['../y'],
  '../y: emitter third: "../y" cannot be the path of a file in the output folder',
);
test(
  'a path that holds what a component planned names that too',
  refused,
  [{ path: 'a:b', mode: 0o644, secret: false, holds: [{ id: 'reader', part: 'certificate' }] }],
  'a:b: emitter third, component small: its path holds a character that other file systems refuse',
);
test(
  'a file that two want names both',
  refused,
  ['CA.crt'],
  'CA.crt: two artifacts want this file: the certificate of ca (emitter pairs, component small), and a manifest (emitter third)',
);
test(
  'a file that is a folder of what came before names both',
  refused,
  ['y/a/b', 'Y'],
  "Y: what is a file of one artifact is a folder of another's: a manifest (emitter third), and a manifest (emitter third)",
);
test(
  'a file below a file names both',
  refused,
  ['ca.key/a/b'],
  "ca.key/a/b: what is a file of one artifact is a folder of another's: the key of ca (emitter pairs, component small), and a manifest (emitter third)",
);
test(
  'a file below a link names both',
  refused,
  [{ path: 'y', link: 'z' }, 'y/a'],
  "y/a: what is a file of one artifact is a folder of another's: a link to z (emitter third), and a manifest (emitter third)",
);
