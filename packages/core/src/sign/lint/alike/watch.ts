import { oids } from '../../x509/oids.ts';
import type { Extension } from '../../x509/tbs.ts';
import type { Facts, LintContext } from '../facts.ts';
import { openExtensions } from './frame.ts';

const ofTbs = names<Facts['tbs']>('version', 'algorithm', 'issuer', 'uniqueIds', 'extensions');
const ofContext = names<LintContext>('issuer');
const open: ReadonlySet<string> = new Set(openExtensions.map((name) => oids[name]));
const ofExtension = names<Extension>('oid', 'critical', 'saysDefault');

/** The same facts, which notice when a rule reads something that is not among those that certificates have in common. */
export function watch(facts: Facts, common: ReadonlySet<keyof Facts>) {
  let noticed = false;
  const watched = <T extends object>(target: T, names: ReadonlySet<keyof T>): T =>
    new Proxy(target, {
      get(its, name) {
        noticed ||= !names.has(name as keyof T);
        return Reflect.get(its, name);
      },
      has(its, name) {
        noticed = true;
        return Reflect.has(its, name);
      },
      ownKeys(its) {
        noticed = true;
        return Reflect.ownKeys(its);
      },
    });
  const list = facts.list.map((extension) => (open.has(extension.oid) ? watched(extension, ofExtension) : extension));
  const by = Object.fromEntries(
    Object.entries(facts.by).map(([name, extension]) => [name, list[facts.list.indexOf(extension)]]),
  );
  const tbs = watched({ ...facts.tbs, extensions: list }, ofTbs);
  return {
    facts: watched({ ...facts, list, by, tbs, context: watched(facts.context, ofContext) }, common),
    /** Whether it did since it was asked last. */
    noticed(): boolean {
      const since = noticed;
      noticed = false;
      return since;
    },
  };
}

function names<T>(...list: readonly (keyof T)[]): ReadonlySet<keyof T> {
  return new Set(list);
}
