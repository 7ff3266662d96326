import { writeFileSync } from 'node:fs';
import test from 'ava';
import { type Desk, desk, two } from './testing/program.ts';
import { typed } from './testing/typed.ts';

const token = 'abc123.0123456789abcdef';
const conf = 'nodes/w-1/etc/kubernetes/bootstrap-kubelet.conf';
const cluster = { ...two, emitters: { bootstrap: { tokenFile: 'the.token', nodes: ['w-1'] } } };

function placed(own: Desk, text: string, mode = 0o600): void {
  writeFileSync(own.path('the.token'), `${text}\n`, { mode });
  own.write('cluster.yaml', cluster);
}

test.serial('What a kubelet bootstraps with is made and verified, and made anew for another token', async (t) => {
  const own = desk(t);
  placed(own, token);
  const made = await typed(own, ['generate']);
  t.is(made.status, 0, made.stderr);
  t.false((made.stdout + made.stderr).includes(token.slice(7)));
  t.true(own.read(`pki/current/${conf}`).includes(`token: "${token}"`));
  const verified = await typed(own, ['verify']);
  t.is(verified.status, 0, verified.stdout);

  const rest = ['manifests/bootstrap/cluster-info.yaml', 'nodes/w-1/var/lib/kubelet/pki/kubelet.key'];
  const before = rest.map((path) => own.read(`pki/current/${path}`));
  placed(own, 'abc123.fedcba9876543210');
  t.is((await typed(own, ['generate', '--no-verify'])).status, 0);
  t.deepEqual(
    rest.map((path) => own.read(`pki/current/${path}`)),
    before,
  );
  t.true(own.read(`pki/current/${conf}`).includes('fedcba9876543210'));
});

test.serial('A token that others may read is refused, and not told', async (t) => {
  const own = desk(t);
  placed(own, token, 0o640);
  const { status, stdout, stderr } = await typed(own, ['generate']);
  t.is(status, 65);
  t.regex(stderr, /the\.token is a secret that others may read: its mode is 0640/);
  t.false((stdout + stderr).includes(token.slice(7)));
});

test.serial('A kubeconfig with a token that leads elsewhere or trusts another is found', async (t) => {
  const own = desk(t);
  placed(own, token);
  t.is((await typed(own, ['generate', '--no-verify'])).status, 0);
  const text = own.read(`pki/current/${conf}`);
  const data = /certificate-authority-data: (\S+)/.exec(text)?.[1] ?? '';
  const other = Buffer.from(own.read('pki/current/authorities/front-proxy-ca.crt')).toString('base64');
  own.write(`pki/current/${conf}`, text.replace('api.example', 'api.elsewhere').replace(data, other));
  const { status, stdout } = await typed(own, ['verify']);
  t.not(status, 0);
  t.regex(stdout, /bootstrap-kubelet\.conf: its server is no API server of the plan/);
  t.regex(stdout, /bootstrap-kubelet\.conf: it trusts others than the plan says: it is to trust ca/);
  t.false(stdout.includes(token.slice(7)));
});
