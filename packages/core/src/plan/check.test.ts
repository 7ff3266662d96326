import test from 'ava';
import { problems, refused, x } from '../testing/refused.ts';
import { authority, server } from './component.ts';

test(
  'two things of one id are refused with both components',
  refused,
  [server({ ...x, name: 'x', node: 'a', accepts: ['x/client'] })],
  'x@a: component third: two things have this id, the other by component small',
);
test(
  'a name that is a path out of the tree is refused',
  refused,
  [server({ ...x, name: '../etc/cron.d/y' })],
  '../etc/cron.d/y: component third: this name cannot be a file name',
);
test(
  'a name with two dots in it is refused',
  refused,
  [server({ ...x, name: 'a..b' })],
  'a..b: component third: this name cannot be a file name',
);
test(
  'a use that can be no file name is refused',
  refused,
  [authority({ name: 'y', commonName: 'y', serves: ['a:b'] })],
  'y: component third: the use "a:b" cannot be part of a file name',
);
test(
  'an unknown node is refused',
  refused,
  [server({ ...x, name: 'y', node: 'c' })],
  'y@c: component third: the cluster has no node c',
);
test(
  'authorities that sign each other in a circle are refused',
  refused,
  [
    authority({ name: 'one', commonName: 'one', issuer: 'u2', serves: ['u1'] }),
    authority({ name: 'two', commonName: 'two', issuer: 'u1', serves: ['u2'] }),
  ],
  'one: component third: these authorities sign each other in a circle: one, two',
);

test(
  'of two things of one id the connections are not judged as well',
  refused,
  [server({ ...x, name: 'x', node: 'a', accepts: [] })],
  'x@a: component third: two things have this id, the other by component small',
);

test('everything that is wrong is said at once', (t) => {
  const specs = [server({ ...x, name: 'y', node: 'c' }), server({ ...x, name: 'z', issuer: 'nope', commonName: '' })];
  t.is(problems(t, specs).length, 3);
});
