import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import test from 'ava';
import { byAuthority, everything } from '../made.ts';
import { kindOf, namesOf } from '../names.ts';
import { tally } from '../tally.ts';

const { clusters } = everything();
const keys = new Map<string, ReturnType<typeof createPrivateKey>>();

test('Node says of every certificate who signed it, whose key it has, and under which names it can be reached', (t) => {
  const { note, end } = tally('X509Certificate');
  const expect = (question: string, answer: boolean, right: boolean, file: string) =>
    note(question, answer ? 'accepted' : 'refused', answer === right ? undefined : file);
  for (const made of clusters) {
    for (const [authority, subjects] of byAuthority(made)) {
      const own = read(authority.file);
      const stranger = read(authority.stranger);
      const disguised = read(authority.disguised);
      const foreign = read(subjects.at(-1)?.file ?? '');
      for (const subject of subjects) {
        const { file } = subject;
        const one = read(file);
        expect('its authority: checkIssued', one.checkIssued(own), true, file);
        expect('its authority: verify', one.verify(own.publicKey), true, file);
        expect('another authority of the same name: checkIssued', one.checkIssued(stranger), false, file);
        expect('another authority of the same name: verify', one.verify(stranger.publicKey), false, file);
        expect('the same name and key identifier: verify', one.verify(disguised.publicKey), false, file);
        expect('a leaf as its authority: checkIssued', one.checkIssued(foreign), false, file);
        expect('another bit in the signature: verify', read(subject.changed).verify(own.publicKey), false, file);
        expect('its key: checkPrivateKey', one.checkPrivateKey(privateKey(subject.key)), true, file);
        for (const name of namesOf(subject)) expect(`its own ${kindOf(name)}`, reaches(one, name), true, file);
        for (const name of nobodys) expect(`nobody's ${kindOf(name)}`, reaches(one, name), false, file);
      }
    }
  }
  end(t);
});

const nobodys = ['elsewhere.example.net', '192.0.2.99', '2001:db8::99'];

function reaches(certificate: X509Certificate, name: string): boolean {
  if (kindOf(name) !== 'DNS name') return certificate.checkIP(name) !== undefined;
  return certificate.checkHost(name, { subject: 'never' }) !== undefined;
}

function read(path: string): X509Certificate {
  return new X509Certificate(readFileSync(path));
}

function privateKey(path: string): ReturnType<typeof createPrivateKey> {
  const pem = readFileSync(path, 'utf8');
  const key = keys.get(pem) ?? createPrivateKey(pem);
  keys.set(pem, key);
  return key;
}
