import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { checkServerIdentity, connect, createServer } from 'node:tls';

/** What one side of a connection shows, and whom it trusts: PEM. */
export type Side = { readonly cert: string; readonly key: string; readonly ca: string };

/**
 * A TLS connection on loopback where both sides judge each other, the client by a name that the server is to have.
 * Gives `accepted`, or the code with which one side refuses the other.
 */
export async function handshake(server: Side, client: Side, name: string): Promise<string> {
  // The server says itself what it thinks: it would only cut the connection where it refuses.
  const listener = createServer({ ...server, requestCert: true, rejectUnauthorized: false }, (socket) => {
    socket.end(socket.authorized ? 'accepted' : String(socket.authorizationError));
  });
  listener.on('tlsClientError', () => undefined);
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  const identity: typeof checkServerIdentity = (_host, certificate) => checkServerIdentity(name, certificate);
  const socket = connect({ ...client, port, host: '127.0.0.1', checkServerIdentity: identity });
  try {
    let word = '';
    for await (const chunk of socket) word += chunk;
    return word;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  } finally {
    socket.destroy();
    listener.close();
  }
}
