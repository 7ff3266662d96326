import test from 'ava';
import * as testkit from './index.ts';

test('these are the public names', (t) => {
  t.deepEqual(Object.keys(testkit).sort(), [
    'clusters',
    'fixtureKeys',
    'memoryPki',
    'pemFiles',
    'sample',
    'standIns',
    'testCluster',
    'testComponent',
    'testEmitter',
    'testKeySource',
    'testLayout',
    'testOnly',
    'testSigner',
    'tlsOptions',
  ]);
});
