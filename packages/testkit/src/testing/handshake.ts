import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type PeerCertificate } from 'node:tls';
import type { TlsOptions } from '../tls-options.ts';

/** The common names that the two sides see of each other. */
export type Handshake = { readonly server: string; readonly client: string };

/** A TLS connection on loopback, over which the server says whom it sees. Fails where either side refuses the other. */
export async function handshake(
  server: TlsOptions,
  client: Partial<TlsOptions>,
  servername = 'localhost',
): Promise<Handshake> {
  let refused: Error | undefined;
  const listener = createServer(server, (socket) => socket.end(nameOf(socket.getPeerCertificate())));
  listener.on('tlsClientError', (error) => {
    refused = error;
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  const socket = connect({ ...client, port, host: '127.0.0.1', servername });
  try {
    await once(socket, 'secureConnect');
    const seen = nameOf(socket.getPeerCertificate());
    let word = '';
    for await (const chunk of socket) word += chunk;
    if (word === '') throw refused ?? new Error('the server says nothing');
    return { server: seen, client: word };
  } finally {
    socket.destroy();
    listener.close();
  }
}

function nameOf({ subject }: PeerCertificate): string {
  return String(subject?.CN ?? 'nobody');
}
