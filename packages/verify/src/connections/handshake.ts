import { constants, type X509Certificate } from 'node:crypto';
import { duplexPair } from 'node:stream';
import { connect, createServer, type SecureContext, type Server, type TLSSocket } from 'node:tls';

/** What one end makes of the other: the certificate that it was shown, and OpenSSL's code where that is refused. */
export type Sight = { readonly sees: X509Certificate | undefined; readonly refuses: string | undefined };

/** What came of a handshake. Where it came to no end, `code` is Node's. */
export type Handshake = { readonly client: Sight; readonly server: Sight } | { readonly code: string };

/** Two ends that are to meet. */
export type Ends = {
  readonly client: SecureContext;
  readonly server: SecureContext;
  /** Whether the server asks for a certificate. */
  readonly asks: boolean;
};

/** For both ends: nobody resumes a session, so that none is made; P-256 agrees on keys faster than the defaults. */
export const ready = { secureOptions: constants.SSL_OP_NO_TICKET, ecdhCurve: 'prime256v1' } as const;

/** In memory nothing takes that long, but on a machine that stood still. */
const longest = 60_000;

/**
 * Makes handshakes in memory: both ends are OpenSSL's, and no byte leaves the process. Neither end acts upon what it
 * is shown, so that what both say is known.
 */
export function handshakes(): (ends: Ends) => Promise<Handshake> {
  const expected = new Map<string, { readonly context: SecureContext; met(socket: TLSSocket): void }>();
  const listener = (requestCert: boolean): Server =>
    createServer(
      {
        ...ready,
        ca: [],
        requestCert,
        rejectUnauthorized: false,
        SNICallback: (name, done) => done(null, expected.get(name)?.context),
      },
      (socket) => expected.get(socket.servername || '')?.met(socket),
    );
  const listeners = { asking: listener(true), open: listener(false) };
  let count = 0;

  return ({ client, server, asks }) =>
    new Promise((resolve) => {
      // An address cannot be sent as a name, and a server of Node takes a context by name alone.
      const name = `s${count++}`;
      const [near, far] = duplexPair();
      const shown: { near?: TLSSocket; far?: TLSSocket } = {};
      const end = (outcome: Handshake) => {
        clearTimeout(late);
        expected.delete(name);
        for (const stream of [socket, shown.far, near, far]) stream?.destroy();
        resolve(outcome);
      };
      const met = (side: 'near' | 'far', met: TLSSocket) => {
        shown[side] = met;
        met.on('error', () => {});
        if (shown.near !== undefined && shown.far !== undefined) {
          end({ client: sightOf(shown.near), server: sightOf(shown.far) });
        }
      };
      const late = setTimeout(() => end({ code: 'ETIMEDOUT' }), longest);
      expected.set(name, { context: server, met: (its) => met('far', its) });
      const socket = connect({
        socket: near,
        secureContext: client,
        servername: name,
        rejectUnauthorized: false,
        checkServerIdentity: () => undefined,
      });
      socket.on('secureConnect', () => met('near', socket));
      socket.on('error', (error: NodeJS.ErrnoException) => end({ code: error.code ?? error.name }));
      for (const stream of [near, far]) stream.on('close', () => end({ code: 'ECONNRESET' }));
      listeners[asks ? 'asking' : 'open'].emit('connection', far);
    });
}

function sightOf(socket: TLSSocket): Sight {
  const { authorizationError } = socket;
  return {
    sees: socket.getPeerX509Certificate(),
    // It is an error by its type, and its code in truth.
    refuses: authorizationError ? String(authorizationError) : undefined,
  };
}
