import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { temporary } from '../testing/program.ts';
import { restartCommand, restarted } from './restart.ts';

function machine(t: ExecutionContext, ...paths: readonly string[]): string {
  const root = temporary(t);
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), '');
  }
  return root;
}

test('What is a unit is restarted by systemd, a container by its kubelet, and of others nobody knows', (t) => {
  const root = machine(
    t,
    'etc/kubernetes/manifests/kube-controller-manager.yaml',
    'etc/kubernetes/manifests/etcd.yaml',
    'usr/lib/systemd/system/etcd.service',
    'etc/systemd/system/kube-scheduler.service',
  );
  t.is(restartCommand('kubelet', root), 'systemctl restart kubelet');
  t.is(restartCommand('kube-scheduler', root), 'systemctl restart kube-scheduler');
  for (const name of ['kube-controller-manager', 'etcd', 'kube-proxy']) {
    t.is(
      restartCommand(name, root),
      `ids=$(crictl ps --quiet --label io.kubernetes.container.name=${name}) && echo "$ids" | xargs -r crictl stop`,
    );
  }
  t.is(restartCommand('konnectivity-server', root), undefined);
  for (const name of ['../x', 'a b', '$(id)', '-rf', '']) t.is(restartCommand(name, root), undefined, name);
});

test.serial('A command is run as it is printed, and how it ended is told', (t) => {
  const root = machine(t, 'bin/crictl', 'bin/systemctl');
  writeFileSync(
    join(root, 'bin/crictl'),
    `#!/bin/sh\necho "crictl $*" >> ${root}/log\n[ "$1" = ps ] && echo c0ffee\nexit 0\n`,
  );
  writeFileSync(join(root, 'bin/systemctl'), `#!/bin/sh\necho "systemctl $*" >> ${root}/log\nexit 5\n`);
  for (const name of ['crictl', 'systemctl']) chmodSync(join(root, 'bin', name), 0o755);
  const { PATH } = process.env;
  process.env.PATH = `${root}/bin:${PATH}`;
  t.teardown(() => {
    process.env.PATH = PATH;
  });
  const { signal } = new AbortController();
  const run = (name: string) => {
    const command = restartCommand(name, root);
    return restarted(
      { process: name, how: 'restart', files: [], ...(command === undefined ? {} : { command }) },
      { signal },
    );
  };
  t.deepEqual(
    ['kube-proxy', 'kubelet', 'nobody'].map((name) => run(name).ended),
    [0, 5, undefined],
  );
  t.is(
    readFileSync(join(root, 'log'), 'utf8'),
    'crictl ps --quiet --label io.kubernetes.container.name=kube-proxy\ncrictl stop c0ffee\nsystemctl restart kubelet\n',
  );
});
