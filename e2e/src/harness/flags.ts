import { apiPort, firstIp, hostsWith, inUrl, ips } from './addresses.ts';
import type { Boot, Host, Process } from './types.ts';

export type Flags = Readonly<Record<string, string>>;

/** Everything a process is started with: what has nothing to do with its PKI, and then what its plan says. */
export function allFlags(boot: Boot, host: Host, plan: Process): Flags {
  const rest = flagsOf[plan.process];
  if (rest === undefined) throw new Error(`no flags are known for ${plan.process}`);
  return { ...rest(boot, host), ...plan.flags, ...settingsAsFlags(plan) };
}

const flagsOf: Record<string, (boot: Boot, host: Host) => Flags> = {
  etcd: (boot, host) => {
    const loopbacks = ips(host).some((each) => each.includes(':')) ? ['127.0.0.1', '::1'] : ['127.0.0.1'];
    const peer = `https://${inUrl(firstIp(host))}:2380`;
    return {
      '--name': host.name,
      '--data-dir': `${boot.work}/${host.name}/etcd`,
      '--listen-client-urls': urls([...loopbacks, ...ips(host)], 2379),
      '--advertise-client-urls': `https://${inUrl(firstIp(host))}:2379`,
      '--listen-peer-urls': peer,
      '--initial-advertise-peer-urls': peer,
      '--initial-cluster': hostsWith(boot, 'etcd')
        .map((each) => `${each.name}=https://${inUrl(firstIp(each))}:2380`)
        .join(','),
    };
  },
  'kube-apiserver': (boot, host) => ({
    '--bind-address': anyAddress(host),
    '--advertise-address': firstIp(host),
    '--secure-port': apiPort,
    '--service-cluster-ip-range': boot.serviceSubnets.join(','),
    '--authorization-mode': 'Node,RBAC',
    '--enable-admission-plugins': 'NodeRestriction',
    '--enable-bootstrap-token-auth': 'true',
    '--allow-privileged': 'true',
    '--kubelet-preferred-address-types': 'InternalIP,Hostname',
    '--requestheader-username-headers': 'X-Remote-User',
    '--requestheader-group-headers': 'X-Remote-Group',
    '--requestheader-extra-headers-prefix': 'X-Remote-Extra-',
    '--service-account-issuer': 'https://kubernetes.default.svc',
  }),
  'kube-controller-manager': (_, host) => ({
    '--bind-address': anyAddress(host),
    '--use-service-account-credentials': 'true',
    '--controllers': '*,bootstrapsigner,tokencleaner',
  }),
  'kube-scheduler': (_, host) => ({ '--bind-address': anyAddress(host) }),
  kubelet: (_, host) => ({ '--address': anyAddress(host), '--hostname-override': host.name }),
};

/** A kubelet's settings stand in its configuration file; the one of these tests takes its files as flags. */
function settingsAsFlags({ settings }: Process): Flags {
  const files = Object.entries(settings).filter(([, value]) => value !== 'true' && value !== 'false');
  return Object.fromEntries(files.map(([setting, file]) => [flagOf(setting), file]));
}

function flagOf(setting: string): string {
  const names: Record<string, string> = {
    tlsCertFile: '--tls-cert-file',
    tlsPrivateKeyFile: '--tls-private-key-file',
    'authentication.x509.clientCAFile': '--client-ca-file',
  };
  const flag = names[setting];
  if (flag === undefined) throw new Error(`no flag is known for the setting ${setting}`);
  return flag;
}

function anyAddress(host: Host): string {
  return ips(host).some((each) => each.includes(':')) ? '::' : '0.0.0.0';
}

function urls(addresses: readonly string[], port: number): string {
  return addresses.map((each) => `https://${inUrl(each)}:${port}`).join(',');
}
