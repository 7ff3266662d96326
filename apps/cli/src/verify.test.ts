import { mkdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import test from 'ava';
import { desk, two } from './testing/program.ts';
import { listing, project } from './testing/project.ts';
import { grownDesk } from './testing/trees.ts';

test('verify says of a good PKI that it is as planned, from its folder alone, and writes nothing', async (t) => {
  const own = await grownDesk(t);
  const before = own.look();
  const { status, stdout, stderr } = await own.kubepki(['verify']);
  t.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  t.regex(stdout, /^two: generation 0001, in pki\/current\n/);
  t.regex(stdout, /^ {2}apiserver-kubelet-client .*✓/m);
  t.regex(stdout, /\nverified: 44 files, \d{3} connections as planned\n$/);
  t.notRegex(stdout.replace(/^.*they talk.*$/m, ''), /✗/);
  t.deepEqual(own.look(), before);
});

test('verify --json is one document for machines', async (t) => {
  const own = await grownDesk(t);
  const { status, stdout } = await own.kubepki(['verify', '--json']);
  t.is(status, 0);
  const document = JSON.parse(stdout);
  t.deepEqual(Object.keys(document), [
    'cluster',
    'output',
    'generation',
    'verified',
    'files',
    'connections',
    'problems',
  ]);
  t.like(document, { cluster: 'two', output: 'pki', generation: 1, verified: true, problems: [] });
  t.deepEqual(document.files, { checked: 44, certificates: 20, keysAway: [], unread: {} });
  const { needed, possible, refused, wrong, untried, missing, servers, clients } = document.connections;
  t.deepEqual({ wrong, untried, missing }, { wrong: 0, untried: 0, missing: [] });
  t.true(needed > 10 && possible > 0 && refused > needed);
  t.deepEqual(servers, ['etcd/server', 'etcd/peer', 'apiserver', 'kubelet/server']);
  t.true(clients.some(({ client }: { client: string }) => client === 'kubelet/client'));
});

test('The folder is named as a word, by -o, or is pki', async (t) => {
  const own = await grownDesk(t);
  renameSync(own.path('pki'), own.path('other'));
  for (const args of [
    ['verify', 'other'],
    ['verify', '-o', 'other'],
    ['verify', 'other/'],
  ])
    t.regex((await own.kubepki(args)).stdout, /generation 0001, in other\/current\n[\s\S]*\nverified: /);
  t.is((await own.kubepki(['verify', 'x', '-o', 'other'])).status, 64);
  t.is((await own.kubepki(['verify', 'x', 'other'])).status, 64);
});

test('Where there is nothing to verify, it ends with 65 and says what to do', async (t) => {
  const own = await grownDesk(t);
  mkdirSync(own.path('empty'));
  mkdirSync(own.path('foreign'));
  writeFileSync(own.path('foreign/ca.crt'), '');
  for (const [name, code] of [
    ['none', 'TREE_EMPTY'],
    ['empty', 'TREE_EMPTY'],
    ['foreign', 'OUTPUT_FOREIGN'],
  ]) {
    const { status, stdout } = await own.kubepki(['verify', name ?? '', '--json']);
    t.is(status, 65);
    const { error } = JSON.parse(stdout);
    t.is(error.code, code);
    t.truthy(error.hint);
  }
  own.edit('plan.json', (text) => text.replace('10.0.0.11', '10.0.0.12'));
  const broken = await own.kubepki(['verify']);
  t.is(broken.status, 65);
  t.regex(broken.stderr, /plan\.json was changed by hand\nhint: restore it/);
});

test('Authorities’ keys that are kept apart or were taken away are fine', async (t) => {
  const own = desk(t);
  own.write('cluster.yaml', two);
  t.is((await own.kubepki(['generate', '--authority-keys', 'keys'])).status, 0);
  const apart = await own.kubepki(['verify']);
  t.is(apart.status, 0, apart.stdout);
  t.regex(apart.stdout, /^ {2}the keys of ca, .* are not in the tree$/m);
  t.is((await own.kubepki(['verify', '--authority-keys', 'keys'])).status, 0);
  renameSync(own.path('keys/ca.key'), own.path('keys/front-proxy-ca.key'));
  const swapped = await own.kubepki(['verify', '--authority-keys', 'keys']);
  t.is(swapped.status, 2);
  t.regex(
    swapped.stdout,
    /^ {2}front-proxy-ca: the key in keys\/front-proxy-ca\.key does not belong to its certificate$/m,
  );

  const taken = await grownDesk(t);
  for (const name of ['ca', 'etcd/ca', 'front-proxy-ca'])
    unlinkSync(taken.path(taken.current(`authorities/${name}.key`)));
  t.is((await taken.kubepki(['verify'])).status, 0);
});

test('A PKI that is over says so of each certificate', async (t) => {
  const own = await grownDesk(t);
  const later = 366 * 86_400_000;
  const clock = `class Later extends Date { constructor(...of) { super(...(of.length ? of : [Date.now() + ${later}])); } } globalThis.Date = Later;`;
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(clock)}` };
  const { status, stdout } = await own.kubepki(['verify', '--json'], { env });
  t.is(status, 2);
  const problems: { check: string; where: string; message: string }[] = JSON.parse(stdout).problems;
  t.true(problems.every(({ check, message }) => check === 'time' && /^its certificate ended at /.test(message)));
  t.is(problems.length, 17);
});

test('Files of an emitter that is not at hand are checked by hash and mode, and that is said', async (t) => {
  const own = project(t);
  own.write('cluster.yaml', two);
  own.write('listing.js', listing);
  own.write('kubepki.config.mjs', "import { listing } from './listing.js';\nexport default { emitters: [listing] };\n");
  t.is((await own.kubepki(['generate'])).status, 0);
  const unread = (args: readonly string[]) => own.kubepki(['verify', ...args]);
  // It holds nothing, so there is nothing to read back.
  t.notRegex((await unread(['--no-config'])).stdout, /by hash and mode alone/);
  own.write(
    'listing.js',
    listing
      .replace('holds: []', "holds: [{ id: 'ca', part: 'certificate' }]")
      .replace(
        'render: (',
        "read: (text) => [text.split('---- \\n')[1]], render: (file, get) => '---- \\n' + get(file.holds[0]), old: (",
      ),
  );
  t.is((await own.kubepki(['generate'])).status, 0);
  t.regex((await unread(['--no-config'])).stdout, /^ {2}1 file of the emitter listing: by hash and mode alone; /m);
  for (const args of [[], ['--config', 'kubepki.config.mjs']])
    t.notRegex((await unread(args)).stdout, /by hash and mode alone/);
  writeFileSync(own.path('pki/current/listing.txt'), 'x');
  const { status, stdout } = await unread(['--no-config']);
  t.is(status, 2);
  t.regex(stdout, /listing\.txt: it was changed/);
});

test('Many nodes are sampled for the connections, unless all are wanted', async (t) => {
  const own = desk(t);
  const workers = Array.from({ length: 8 }, (_, index) => ({
    name: `w-${index}`,
    roles: ['worker'],
    addresses: [`10.0.1.${index}`],
  }));
  own.write('cluster.yaml', { ...two, nodes: [two.nodes[0], ...workers] });
  t.is((await own.kubepki(['generate'])).status, 0);
  const tried = async (...args: string[]) => {
    const { status, stdout } = await own.kubepki(['verify', '--json', ...args]);
    t.is(status, 0, stdout);
    const { needed, possible, refused } = JSON.parse(stdout).connections;
    return needed + possible + refused;
  };
  t.true((await tried('--all')) > (await tried()) * 1.2);
});

test('A signal ends it at once', async (t) => {
  const own = desk(t);
  const workers = Array.from({ length: 40 }, (_, index) => ({
    name: `w-${index}`,
    roles: ['worker'],
    addresses: [`10.0.1.${index}`],
  }));
  own.write('cluster.yaml', { ...two, nodes: [two.nodes[0], ...workers] });
  t.is((await own.kubepki(['generate', '--no-verify'])).status, 0);
  // On a busy machine a start takes long, and before it has come far the signal itself ends the process.
  for (const wait of [1000, 4000, 16_000]) {
    const { child, done } = own.start(['verify', '--all']);
    await setTimeout(wait);
    const before = Date.now();
    child.kill('SIGINT');
    const { status, stdout, stderr } = await done;
    if (status === null) continue;
    t.deepEqual({ status, stdout }, { status: 130, stdout: '' });
    t.is(stderr, 'error: stopped by SIGINT; nothing was changed\n');
    t.true(Date.now() - before < 5000);
    return;
  }
  t.fail('it never came to work');
});

test('No key and no text of a file is printed, whatever somebody put there', async (t) => {
  const own = await grownDesk(t);
  const marker = 'MARKER0123456789';
  own.edit('users/admin.conf', (text) => text.replace(/server: .*/, `server: "${marker} -----BEGIN"`));
  own.edit('authorities/sa.pub', () => marker);
  own.edit('nodes/cp-1/etc/kubernetes/pki/apiserver.key', () => marker);
  const key = own.read('pki/current/authorities/ca.key').split('\n')[1] ?? '';
  own.write('pki/current/users/stray.pem', own.read('pki/current/authorities/ca.key'));
  for (const args of [['verify'], ['verify', '--json']]) {
    const { status, stdout, stderr } = await own.kubepki(args);
    t.is(status, 2);
    t.false((stdout + stderr).includes(marker));
    t.false((stdout + stderr).includes(key));
  }
});

test('npm that takes an option of verify or generate for its own is noticed', async (t) => {
  const own = desk(t);
  for (const [name, option] of [
    ['npm_config_all', '--all'],
    ['npm_config_verify', '--no-verify'],
  ] as const) {
    const { status, stderr } = await own.kubepki(['verify'], { env: { KUBEPKI_VIA_NPM: '1', [name]: '' } });
    t.is(status, 64);
    t.regex(stderr, new RegExp(`npm took the option ${option} for its own`));
  }
});
