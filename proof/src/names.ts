import type { Authority, Subject } from './made.ts';
import type { Question } from './questions.ts';

const nobodys = ['elsewhere.example.net', '192.0.2.99', '2001:db8::99'];
/** How many servers without a name are asked for it. */
const strangers = 4;

/** Whether servers are who their names say: each name's owners, some who are not, and names of nobody. */
export function* nameQuestions({ file: trust }: Authority, subjects: readonly Subject[]): Generator<Question> {
  const servers = subjects.filter(({ usages }) => usages.includes('server'));
  for (const name of new Set(servers.flatMap(namesOf))) {
    const owners = servers.filter((server) => namesOf(server).includes(name));
    const others = servers.filter((server) => !owners.includes(server)).slice(0, strangers);
    const kind = kindOf(name);
    const common = { trust, purpose: 'server', name } as const;
    yield { ...common, text: `its own ${kind}`, files: owners.map(({ file }) => file), right: 'accepted' };
    yield { ...common, text: `another's ${kind}`, files: others.map(({ file }) => file), right: 'name' };
  }
  const files = servers.map(({ file }) => file);
  for (const name of nobodys)
    yield { text: `nobody's ${kindOf(name)}`, trust, purpose: 'server', name, files, right: 'name' };
}

export function namesOf({ dns, ips }: Subject): readonly string[] {
  return [...dns, ...ips];
}

export function kindOf(name: string): string {
  if (name.includes(':')) return 'IPv6 address';
  return /^[0-9.]+$/.test(name) ? 'IPv4 address' : 'DNS name';
}
