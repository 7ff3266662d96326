import test from 'ava';
import { refused, x } from '../testing/refused.ts';
import { authority, client, elsewhere, server } from './component.ts';

const z = { name: 'z', issuer: 'x/client', commonName: 'z' } as const;
const other = authority({ name: 'other', commonName: 'other', serves: ['z/client'] });

test(
  'a client of nothing is refused',
  refused,
  [client({ ...z, connects: [{ to: 'y', at: 'each' }] })],
  'z: component third: it connects to y, and nothing of that name answers',
);
test(
  'a client of a server that its node lacks is refused',
  refused,
  [
    server({ ...x, name: 'y', node: 'a', accepts: ['x/client'] }),
    client({ ...z, node: 'b', connects: [{ to: 'y', at: 'local' }] }),
  ],
  'z@b: component third: its node has no y to connect to',
);
test(
  'a certificate that connects and is no client is refused',
  refused,
  [server({ ...x, name: 'y', connects: [{ to: 'x', at: 'each' }] })],
  'y: component third: it connects to x but is not a client certificate',
);
test(
  'a kubeconfig for two servers is refused',
  refused,
  [
    server({ ...x, name: 'y', accepts: ['x/client'] }),
    client({ ...z, kubeconfig: { credentials: 'embedded' }, connects: ['x', 'y'].map((to) => ({ to, at: 'each' })) }),
  ],
  'z: component third: a kubeconfig names one server, and this one connects to 2',
);
test(
  'a server that does not trust the authority of its client is named with both components and authorities',
  refused,
  [other, client({ ...z, issuer: 'z/client', connects: [{ to: 'x', at: 'each' }] })],
  'z: component third: x@a of component small would refuse it: it trusts ca, and z is signed by other',
);
test(
  'a server elsewhere is checked as any other',
  refused,
  [
    elsewhere({ name: 'far', accepts: [], addresses: [{ host: 'far.example', port: 1 }] }),
    client({ ...z, connects: [{ to: 'far', at: 'each' }] }),
  ],
  'z: component third: far of component third would refuse it: it trusts nobody, and z is signed by ca',
);
test(
  'a server that names a client which it would refuse is at fault itself',
  refused,
  [other, server({ ...x, name: 'y', accepts: ['z/client'], clients: ['reader'] })],
  'y: component third: it names reader as its client and would refuse it: it trusts other, and reader is signed by ca',
);
test(
  'a server that names as its client what is none is at fault itself',
  refused,
  [server({ ...x, name: 'w' }), server({ ...x, name: 'y', accepts: ['x/client'], clients: ['w'] })],
  'y: component third: it names w as its client, and that is not a client certificate',
);
test(
  'what both the client and the server name is said once',
  refused,
  [
    other,
    server({ ...x, name: 'y', accepts: ['z/client'], clients: ['z'] }),
    client({ ...z, connects: [{ to: 'y', at: 'each' }] }),
  ],
  'z: component third: y of component third would refuse it: it trusts other, and z is signed by ca',
);
