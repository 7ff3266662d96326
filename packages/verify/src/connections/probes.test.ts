// What is to be refused is refused for its reason, server by server.
import test from 'ava';
import { threeControlPlanes, two } from './testing/cluster-files.ts';
import { made, tried } from './testing/pki.ts';

const more = `components: {webhook: {services: [{name: policy}, {name: metrics, aggregated: true}]}}\n`;
const separate = await tried(await made(`${threeControlPlanes}${more}`));
const kubeadm = await tried(await made(`${two}profile: kubeadm\n`));

/** Each probe of a server: who is refused, by whom, why, and with which code of OpenSSL. */
function probesOf(results: typeof separate, server: string): Readonly<Record<string, readonly unknown[]>> {
  return Object.fromEntries(
    results
      .filter(({ attempt }) => attempt.probe && attempt.server === server)
      .map(({ attempt, ...result }) => {
        const seen = 'observed' in result ? result.observed : undefined;
        if (seen?.as !== 'refused') return [attempt.client, [seen?.as]];
        // Which code stands for an authority that is not known depends on what the certificate says of it.
        const code = 'code' in result && seen.reason !== 'authority' ? [result.code] : [];
        return [attempt.client, [seen.by, seen.reason, ...code]];
      }),
  );
}

const byClients = {
  'the wrong name': ['client', 'name', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  'another server': ['client', 'name', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  'a client as server': ['client', 'usage', 'INVALID_PURPOSE'],
};

test('etcd and its peers refuse in the handshake', (t) => {
  const expected = {
    'no certificate': ['handshake', 'absent'],
    'another authority': ['handshake', 'authority'],
    'an expired client': ['handshake', 'expired', 'CERT_HAS_EXPIRED'],
    'an early client': ['handshake', 'early', 'CERT_NOT_YET_VALID'],
    ...byClients,
  };
  t.deepEqual(probesOf(separate, 'etcd/server@cp-1'), expected);
  t.deepEqual(probesOf(separate, 'etcd/peer@cp-1'), expected);
  t.deepEqual(probesOf(kubeadm, 'etcd/peer@cp-1')['an expired client'], expected['an expired client']);
});

const afterwards = {
  'another authority': ['401', 'authority'],
  'an expired client': ['401', 'expired', 'CERT_HAS_EXPIRED'],
  'an early client': ['401', 'early', 'CERT_NOT_YET_VALID'],
};

test('an API server answers 401 to all but those without a certificate, who are anonymous', (t) => {
  const expected = { 'no certificate': ['anonymous'], 'a server as client': ['401', 'usage', 'INVALID_PURPOSE'] };
  t.deepEqual(probesOf(separate, 'apiserver@cp-1'), { ...expected, ...afterwards, ...byClients });
  t.deepEqual(probesOf(kubeadm, 'apiserver@cp-1')['no certificate'], ['anonymous']);
});

test('a kubelet answers 401 to those without a certificate too', (t) => {
  t.deepEqual(probesOf(separate, 'kubelet/server@cp-1'), {
    'no certificate': ['401', 'absent'],
    'a server as client': ['401', 'usage', 'INVALID_PURPOSE'],
    ...afterwards,
    ...byClients,
  });
});

test('an aggregated server answers 401 to all but the front proxy', (t) => {
  t.deepEqual(probesOf(separate, 'webhook/kube-system/metrics'), {
    'no certificate': ['anonymous'],
    ...afterwards,
    ...byClients,
  });
});

test('a webhook asks nobody, and its clients are as careful as others', (t) => {
  t.deepEqual(probesOf(separate, 'webhook/kube-system/policy'), { 'no certificate': ['anonymous'], ...byClients });
});

test('what is expected of each probe is what was seen', (t) => {
  const bad = [...separate, ...kubeadm].filter(({ outcome }) => outcome === 'wrong');
  t.deepEqual(bad, []);
});
