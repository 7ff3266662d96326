import { isIP } from 'node:net';
import test from 'ava';
import fc from 'fast-check';
import { z } from 'zod';
import { byKind, parseDnsName, parseHost, parseIp, parseNodeAddress, parseSan } from './address.ts';
import { formatDuration, parseDuration } from './duration.ts';
import { formatEndpoint, parseEndpoint, parseEtcdEndpoint } from './endpoint.ts';
import { parseClusterName, parseDnsDomain, parseGroup, parseNodeName, parseUserName } from './name.ts';
import { nearest } from './near.ts';
import { contains, firstAddress, parseSubnet } from './subnet.ts';
import { type Parsed, textField } from './text.ts';
import { atLeast, formatVersion, isNewerThanKnown, parseVersion, since } from './version.ts';

type Parser = (text: string) => Parsed<unknown>;

const reads = test.macro({
  exec: (t, parse: Parser, text: string, value: unknown) => t.deepEqual(parse(text), { ok: true, value }),
  title: (_, parse: Parser, text: string) => `${parse.name} reads ${JSON.stringify(text)}`,
});
const refuses = test.macro({
  exec(t, parse: Parser, text: string, message: RegExp, hint?: RegExp) {
    const parsed = parse(text);
    if (parsed.ok) return t.fail(`it read ${JSON.stringify(parsed.value)}`);
    t.regex(parsed.message, message);
    if (hint !== undefined) t.regex(parsed.hint ?? '', hint);
  },
  title: (_, parse: Parser, text: string) => `${parse.name} refuses ${JSON.stringify(text.slice(0, 60))}`,
});

test(reads, parseVersion, '1.30', { minor: 30, patch: 14 });
test(reads, parseVersion, 'v1.37', { minor: 37, patch: 2 });
test(reads, parseVersion, 'v1.33.11', { minor: 33, patch: 11 });
test(reads, parseVersion, '1.28.0', { minor: 28, patch: 0 });
test(reads, parseVersion, '1.38', { minor: 38, patch: 0 });
test(refuses, parseVersion, '1.27', /older than 1\.28/, /"1\.28" to "1\.37"/);
test(refuses, parseVersion, '1.3', /older than/);
test(refuses, parseVersion, '2.0', /not a known/);
test(refuses, parseVersion, '1.37.0-rc.1', /not a Kubernetes version/, /"1\.37\.0"/);
test(refuses, parseVersion, 'latest', /not a Kubernetes version/, /"1\.37"/);
test(refuses, parseVersion, '', /not a Kubernetes version/);

test('a change that came with patch releases is known for every release', (t) => {
  const thresholds = ['1.33.12', '1.34.8', '1.35.5', '1.36.1', '1.37.0'];
  const has = (minor: number, patch: number) => since({ minor, patch }, thresholds);
  t.deepEqual(
    [has(32, 99), has(33, 11), has(33, 12), has(34, 7), has(34, 8), has(36, 0), has(36, 1)],
    [false, false, true, false, true, false, true],
  );
  t.deepEqual([has(37, 0), has(38, 0)], [true, true]);
  t.deepEqual(
    [
      atLeast({ minor: 33, patch: 11 }, '1.33.12'),
      atLeast({ minor: 34, patch: 0 }, '1.33.12'),
      atLeast({ minor: 31, patch: 0 }, '1.31'),
    ],
    [false, true, true],
  );
  t.deepEqual([isNewerThanKnown({ minor: 37, patch: 99 }), isNewerThanKnown({ minor: 38, patch: 0 })], [false, true]);
  t.is(formatVersion({ minor: 30, patch: 4 }), '1.30.4');
});

test(reads, parseIp, '10.0.0.5', '10.0.0.5');
test(reads, parseIp, 'FD00:0:0:0::0001', 'fd00::1');
test(reads, parseIp, '::ffff:10.0.0.5', '10.0.0.5');
test(refuses, parseIp, '010.000.000.005', /leading zeros/, /write 10\.0\.0\.5/);
test(refuses, parseIp, 'fe80::1%eth0', /zone/);
test(refuses, parseIp, '10.0.0.300', /not an IP address/);
test(refuses, parseIp, '10.1', /not an IP address/);

test(reads, parseDnsName, 'API.Example.COM', 'api.example.com');
test(reads, parseDnsName, 'xn--bcher-kva.example', 'xn--bcher-kva.example');
test(refuses, parseDnsName, 'api.example.com.', /dot at its end/, /write api\.example\.com$/);
test(refuses, parseDnsName, 'bücher.example', /beyond ASCII/, /xn--bcher-kva\.example/);
test(refuses, parseDnsName, 'a_b.example', /not a DNS name/);
test(refuses, parseDnsName, '-a.example', /not a DNS name/);
test(refuses, parseDnsName, 'a..b', /not a DNS name/);
test(refuses, parseDnsName, `${'a'.repeat(64)}.example`, /label of 64/);
test(refuses, parseDnsName, Array(64).fill('abc').join('.'), /255 characters/);
test(refuses, parseDnsName, '10.0.0.5', /an IP address/);
test(refuses, parseDnsName, '10.0.0.300', /neither/);
test(refuses, parseDnsName, 'a.example, DNS:evil.example', /not a DNS name/);
test(refuses, parseDnsName, 'a.example\0', /not a DNS name/);

test(reads, parseHost, 'CP-1.example', { dns: 'cp-1.example' });
test(refuses, parseHost, '10.0.0.5/24', /prefix length/, /write 10\.0\.0\.5$/);
test(refuses, parseHost, 'fd00::1/64', /prefix length/, /write fd00::1$/);
test(refuses, parseHost, '10.0.0.5:6443', /port/, /write 10\.0\.0\.5$/);
test(refuses, parseHost, '[fd00::1]:6443', /brackets/, /write fd00::1$/);
test(refuses, parseHost, 'https://a.example', /URL/);
test(refuses, parseHost, '', /empty/);
test(refuses, parseNodeAddress, '0.0.0.0', /no machine/);
test(refuses, parseNodeAddress, '::', /no machine/);
test(refuses, parseNodeAddress, '224.0.0.1', /multicast/);
test(refuses, parseNodeAddress, 'ff02::1', /multicast/);
test(refuses, parseNodeAddress, '*.example.com', /wildcard/);
test(reads, parseSan, '*.Example.com', { dns: '*.example.com' });
test(refuses, parseSan, 'a*.example.com', /wildcard/, /\*\.example\.com/);
test(refuses, parseSan, 'a.*.example.com', /wildcard/);
test(refuses, parseSan, '*.10.0.0.5', /an IP address/);

test('addresses are kept by kind, each once', (t) => {
  t.deepEqual(byKind([{ ip: '10.0.0.1' }, { dns: 'a' }, { ip: '10.0.0.1' }]), { dns: ['a'], ips: ['10.0.0.1'] });
});

test(reads, parseNodeName, 'CP-1', 'cp-1');
test(reads, parseNodeName, 'a'.repeat(52), 'a'.repeat(52));
test(refuses, parseNodeName, 'a'.repeat(53), /53 characters/, /52/);
test(refuses, parseNodeName, 'cp_1', /kubelet/);
test(refuses, parseNodeName, '../etc', /kubelet/);
test(refuses, parseNodeName, '-rf', /kubelet/);
test(refuses, parseNodeName, 'köln', /ASCII/, /xn--kln-sna/);
test(reads, parseClusterName, 'no', 'no');
test(reads, parseClusterName, 'Werk 2 (Köln)', 'Werk 2 (Köln)');
test(refuses, parseClusterName, 'a\u2028b', /seen/);
test(refuses, parseClusterName, 'a\u202eb', /seen/);
test(refuses, parseClusterName, 'a\nb', /seen/);
test(refuses, parseClusterName, '../x', /path/);
test(refuses, parseClusterName, 'ä'.repeat(33), /66 bytes/);
test(refuses, parseClusterName, 'Ko\u0308ln', /accents/, /NFC/);
test(reads, parseDnsDomain, 'Cluster.Local', 'cluster.local');
test(refuses, parseDnsDomain, 'cluster.local.', /dot at its end/, /write cluster\.local/);
test(reads, parseUserName, 'Jane.Doe', 'Jane.Doe');
test(refuses, parseUserName, 'admin', /already/);
test(refuses, parseUserName, 'Super-Admin', /already/);
test(refuses, parseUserName, 'kube-apiserver-kubelet-client', /already/);
test(refuses, parseUserName, 'system:node:cp-1', /system:/);
test(refuses, parseUserName, 'a'.repeat(65), /65 bytes/);
test(refuses, parseUserName, 'jane@example.com', /not a name/, /@/);
test(refuses, parseUserName, '../jane', /not a name/);
test(reads, parseGroup, 'oidc:/team/a', 'oidc:/team/a');
test(refuses, parseGroup, 'a'.repeat(65), /65 bytes/);

test(reads, parseEndpoint, 'API.example:8443', { host: 'api.example', port: 8443 });
test(reads, parseEndpoint, 'api.example', { host: 'api.example' });
test(reads, parseEndpoint, '10.0.0.1:6443', { host: '10.0.0.1', port: 6443 });
test(reads, parseEndpoint, 'fd00::99', { host: 'fd00::99' });
test(reads, parseEndpoint, '[fd00::99]', { host: 'fd00::99' });
test(reads, parseEndpoint, '[FD00::99]:6443', { host: 'fd00::99', port: 6443 });
test(refuses, parseEndpoint, ':6443', /no host/);
test(refuses, parseEndpoint, '', /no host/);
test(refuses, parseEndpoint, '[]:6443', /no host/);
test(refuses, parseEndpoint, 'api:0', /not a port/);
test(refuses, parseEndpoint, 'api:65536', /not a port/);
test(refuses, parseEndpoint, 'api:', /not a port/);
test(refuses, parseEndpoint, 'https://api:6443', /URL/, /leave out https:\/\//);
test(refuses, parseEndpoint, 'api/path', /path/);
test(refuses, parseEndpoint, 'a:b:c', /neither/, /\[address\]:port/);
test(refuses, parseEndpoint, '[fe80::1%eth0]:6443', /zone/);
test(refuses, parseEndpoint, '[api]:6443', /brackets/);
test(refuses, parseEndpoint, '0.0.0.0:6443', /no machine/);
test(reads, parseEtcdEndpoint, 'https://10.0.0.9', { host: '10.0.0.9', port: 2379 });
test(reads, parseEtcdEndpoint, '[fd00::9]:2479', { host: 'fd00::9', port: 2479 });
test(refuses, parseEtcdEndpoint, 'http://10.0.0.9:2379', /TLS/);

test(reads, parseSubnet, '10.96.0.0/12', '10.96.0.0/12');
test(reads, parseSubnet, 'FD00:10:96:0::/112', 'fd00:10:96::/112');
test(refuses, parseSubnet, '10.96.0.1/12', /first address/, /10\.96\.0\.0\/12/);
test(refuses, parseSubnet, '010.96.0.0/12', /leading zeros/, /10\.96\.0\.0\/12/);
test(refuses, parseSubnet, '10.96.0.0', /not a subnet/);
test(refuses, parseSubnet, '10.96.0.0/33', /not a subnet/);
test(refuses, parseSubnet, '10.96.0.0/012', /not a subnet/);
test(refuses, parseSubnet, '10.96.0.0/30', /too small/);
test(refuses, parseSubnet, '224.0.0.0/8', /cannot have/);
test(refuses, parseSubnet, '0.0.0.0/0', /cannot have/);

test('the first address of a subnet is the one behind its own', (t) => {
  t.deepEqual(['10.96.0.0/12', '10.0.0.16/28', 'fd00:10:96::/112'].map(firstAddress), [
    '10.96.0.1',
    '10.0.0.17',
    'fd00:10:96::1',
  ]);
  t.deepEqual(
    [
      contains('10.96.0.0/12', '10.111.255.255'),
      contains('10.96.0.0/12', '10.112.0.0'),
      contains('10.96.0.0/12', 'fd00::1'),
    ],
    [true, false, false],
  );
});

test(reads, parseDuration, '8760h', 31_536_000);
test(reads, parseDuration, '1y', 31_536_000);
test(reads, parseDuration, '1h30m', 5_400);
test(reads, parseDuration, '1.5h', 5_400);
test(reads, parseDuration, '90d', 7_776_000);
test(reads, parseDuration, '1000ms', 1);
test(refuses, parseDuration, '3600', /without a unit/);
test(refuses, parseDuration, '-1h', /sign/);
test(refuses, parseDuration, '1 h', /not a duration/);
test(refuses, parseDuration, '1w', /not a duration/);
test(refuses, parseDuration, '1500ms', /part of a second/);
test(refuses, parseDuration, '293y', /292 years/);
test(refuses, parseDuration, '9'.repeat(70), /not a duration/);

test('a duration is the same after it was written and read', (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_000_000_000 }), (seconds) => {
      t.deepEqual(parseDuration(formatDuration(seconds)), { ok: true, value: seconds });
    }),
  );
});

test('an endpoint is the same after it was written and read', (t) => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.integer({ min: 1, max: 65_535 }), (ip, port) => {
      const first = parseEndpoint(formatEndpoint(ip, port));
      if (!first.ok) return;
      t.deepEqual(parseEndpoint(formatEndpoint(first.value.host, port)), first);
    }),
  );
});

test('whatever the text, a reader gives a value or says what is wrong, at once', (t) => {
  const parsers: Parser[] = [
    parseVersion,
    parseIp,
    parseDnsName,
    parseHost,
    parseNodeAddress,
    parseSan,
    parseNodeName,
    parseClusterName,
    parseDnsDomain,
    parseUserName,
    parseGroup,
    parseEndpoint,
    parseEtcdEndpoint,
    parseSubnet,
    parseDuration,
  ];
  const piece = fc.constantFrom(
    'a',
    '-',
    '.',
    ':',
    '/',
    '[',
    ']',
    '%',
    '*',
    '0',
    '10',
    '::',
    'h',
    'ü',
    '\0',
    'https://',
    ' ',
    '@',
  );
  const any = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(any, (text) => {
      for (const parse of parsers) {
        const parsed = parse(text);
        t.true(parsed.ok || parsed.message.length > 0);
      }
    }),
  );
  const start = process.cpuUsage().user;
  for (const parse of parsers)
    for (const piece of ['a', '1', '-', '.', ':', '[', 'a.', '1h', '*.', 'ü']) parse(piece.repeat(500_000));
  t.true(process.cpuUsage().user - start < 2_000_000);
});

test('an address that was read is canonical', (t) => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
      const ip = parseIp(text);
      if (!ip.ok) return;
      t.not(isIP(ip.value), 0);
      t.deepEqual(parseIp(ip.value), ip);
    }),
  );
});

test('a schema says what a reader says', (t) => {
  const field = textField(parseDuration);
  t.is(field.parse('1h'), 3600);
  const issue = field.safeParse('3600').error?.issues[0];
  t.is(issue?.message, 'a duration without a unit');
  t.deepEqual(issue?.code === 'custom' && issue.params, { hint: 'write one like 8760h, 90d or 1y' });
  t.is(z.toJSONSchema(field, { io: 'input' }).type, 'string');
});

test('the near word is found and a far one is not', (t) => {
  t.is(nearest('node', ['name', 'nodes']), 'nodes');
  t.is(nearest('Nodes', ['name', 'nodes']), 'nodes');
  t.is(nearest('kubernetes', ['keys', 'kubernetesVersion']), 'kubernetesVersion');
  t.is(nearest('ect', ['etcd']), 'etcd');
  t.is(nearest('zz', ['sa', 'ca']), undefined);
  t.is(nearest('unrelated', ['nodes', 'keys']), undefined);
});
