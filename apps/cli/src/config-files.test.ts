import test from 'ava';
import { everyRule, failure, type Rule, withThird } from './testing/third.ts';

const long = 'x'.repeat(256);
const unsafe = (path: string, shown = path): Rule => [
  `{ ...file, path: ${JSON.stringify(path)} }`,
  `${path}: emitter third: ${JSON.stringify(shown)} cannot be the path of a file in the output folder`,
  /is relative.*is not plan\.json or manifest\.json$/,
];
const link = (path: string, target: string): Rule => [
  `{ path: '${path}', link: '${target}' }`,
  `${path}: emitter third: ${path} cannot be a link to "${target}"`,
  /its own folder/,
];

/** The files that a third party's emitter names, and what is said of them. */
const files: readonly Rule[] = [
  unsafe('../third'),
  unsafe('/etc/third'),
  unsafe('a//third'),
  unsafe('./third'),
  unsafe('a\\third'),
  unsafe('a\u0000third'),
  unsafe(''),
  unsafe(long),
  unsafe('plan.json'),
  unsafe('Manifest.json'),
  [
    "{ ...file, path: 'a:third' }",
    'a:third: emitter third: its path holds a character that other file systems refuse',
    /letters, digits/,
  ],
  link('up', '../third'),
  link('root', '/etc/passwd'),
  link('itself', 'itself'),
  [
    "{ ...file, path: 'authorities/ca.crt' }",
    'authorities/ca.crt: two artifacts want this file: the certificate of ca (emitter filesystem, component cluster-ca), and a manifest (emitter third)',
    /another name/,
  ],
  [
    "{ ...file, path: 'authorities/etcd/CA.key' }",
    'authorities/etcd/CA.key: two artifacts want this file: the key of etcd/ca (emitter filesystem, component etcd), and a manifest (emitter third)',
    /another name/,
  ],
  [
    "{ ...file, path: 'twice', content: 1 }, { ...file, path: 'twice', content: 2 }",
    'twice: two artifacts want this file: a manifest (emitter third), and a manifest (emitter third)',
    /another name/,
  ],
  [
    "{ ...file, path: 'users/admin.conf/third' }",
    "users/admin.conf/third: what is a file of one artifact is a folder of another's: the certificate of ca and the certificate of admin and the key of admin (emitter kubeconfig, component cluster-ca, component admin), and a manifest (emitter third)",
    /another name/,
  ],
  [
    "{ ...file, path: 'Authorities' }",
    "Authorities: what is a file of one artifact is a folder of another's: the certificate of ca (emitter filesystem, component cluster-ca), and a manifest (emitter third)",
    /another name/,
  ],
];

/** What a third party's component yields, and what is said of its files. */
const specs: readonly Rule[] = [
  ...['crt', 'key'].map((ending): Rule => {
    const part = ending === 'crt' ? 'certificate' : 'key';
    return [
      ending === 'crt' ? "server({ ...leaf, name: 'Apiserver', node: 'cp-1', sans })" : '',
      `nodes/cp-1/etc/kubernetes/pki/Apiserver.${ending}: two artifacts want this file: the ${part} of apiserver@cp-1 (emitter filesystem, component apiserver), and the ${part} of Apiserver@cp-1 (emitter filesystem, component third)`,
      /another name/,
    ];
  }),
  [
    "server({ ...leaf, name: 'sa.pub/y', node: 'cp-1', sans })",
    "nodes/cp-1/etc/kubernetes/pki/sa.pub/y.crt: what is a file of one artifact is a folder of another's: the public of sa (emitter filesystem, component service-account), and the certificate of sa.pub/y@cp-1 (emitter filesystem, component third)",
    /another name/,
  ],
  ...['crt', 'key'].map((ending): Rule => {
    const path = `clients/${'y'.repeat(256)}.${ending}`;
    return [
      ending === 'crt' ? "client({ ...leaf, name: 'y'.repeat(256) })" : '',
      `${path}: emitter filesystem, component third: "${path}" cannot be the path of a file in the output folder`,
      /is relative/,
    ];
  }),
];
const code = (rules: readonly Rule[]) =>
  rules
    .map(([each]) => each)
    .filter((each) => each !== '')
    .join(',\n');

test('Each rule for files names the third party’s emitter that breaks it, all in one error, and nothing is written', async (t) => {
  const own = withThird(t, `emitters: [once(${code(files)})]`);
  await everyRule(t, files, { code: 'FILES_INVALID', own });
});

test('Each rule for files names the third party’s component whose certificate breaks it, and nothing is written', async (t) => {
  const own = withThird(t, `components: [component('third', () => [${code(specs)}])]`);
  await everyRule(t, specs, { code: 'FILES_INVALID', own });
});

test('A flag that two components set otherwise names both, and what to do', async (t) => {
  const own = withThird(
    t,
    "components: [component('third', () => [client({ ...leaf, name: 'y', node: 'cp-1', process: 'kube-apiserver', flags: { '--tls-cert-file': { part: 'certificate' } } })])]",
  );
  const error = await failure(t, own, ['plan', '--flags']);
  t.is(error.code, 'FLAGS_INVALID');
  t.is(
    error.message,
    'y@cp-1: component third: kube-apiserver cannot have --tls-cert-file both as /etc/kubernetes/pki/apiserver.crt and as /etc/kubernetes/pki/y.crt; the first is by component apiserver',
  );
  t.regex(error.hint ?? '', /one value/);
});
