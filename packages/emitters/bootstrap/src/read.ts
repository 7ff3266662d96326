/** The certificates that a kubeconfig trusts, alone or in a ConfigMap, as PEM. A Secret of a token has none. */
export function readBootstrap(text: string): readonly string[] {
  const [, data = ''] = /^ +certificate-authority-data: ([A-Za-z0-9+/=]+)$/m.exec(text) ?? [];
  const pem = Buffer.from(data, 'base64').toString('utf8');
  return pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----\n?/g) ?? [];
}
