import crypto from 'node:crypto';
import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

type Place = { readonly on: object; readonly label: string; readonly names: RegExp };

const places: readonly Place[] = [
  { on: Math, label: 'Math.', names: /^random$/ },
  { on: Object.getPrototypeOf(performance), label: 'performance.', names: /^now$/ },
  { on: process.hrtime, label: 'process.hrtime.', names: /^bigint$/ },
  { on: process, label: 'process.', names: /^(hrtime|uptime)$/ },
  { on: Object.getPrototypeOf(crypto.webcrypto), label: 'crypto.', names: /^(getRandomValues|randomUUID)$/ },
  { on: Object.getPrototypeOf(crypto.webcrypto.subtle), label: 'crypto.subtle.', names: /^(generateKey|sign)$/ },
  { on: crypto, label: 'crypto.', names: /^(random|generate|createPrivateKey|createECDH|createDiffieHellman|sign$)/ },
  { on: fs, label: 'fs.', names: /^[a-z]/ },
  { on: promises, label: 'fs.promises.', names: /^[a-z]/ },
];

/**
 * Runs something synchronous and says what it used of the clock, chance, keys and the disk. Their functions are
 * replaced meanwhile by ones that take note and then do the same, and put back before anything else can run.
 */
export function watch<T>(run: () => T): { readonly value: T; readonly touched: readonly string[] } {
  const touched = new Set<string>();
  const note = (what: string) => touched.add(what);
  const back = [watchDate(note), ...places.flatMap((place) => watchPlace(place, note))];
  syncBuiltinESMExports();
  try {
    return { value: run(), touched: [...touched] };
  } finally {
    for (const restore of back.reverse()) restore();
    syncBuiltinESMExports();
  }
}

function watchPlace({ on, label, names }: Place, note: (what: string) => void): readonly (() => void)[] {
  return Object.entries(Object.getOwnPropertyDescriptors(on)).flatMap(([name, original]) => {
    if (!names.test(name) || !original.writable || typeof original.value !== 'function') return [];
    const spy = new Proxy(original.value, {
      apply(target, self, values) {
        note(`${label}${name}`);
        return Reflect.apply(target, self, values);
      },
    });
    Object.defineProperty(on, name, { ...original, value: spy });
    return [() => Object.defineProperty(on, name, original)];
  });
}

/** A date that is given is no reading of the clock. */
function watchDate(note: (what: string) => void): () => void {
  const original = globalThis.Date;
  const now = () => {
    note('Date.now');
    return original.now();
  };
  globalThis.Date = new Proxy(original, {
    construct(target, values, made) {
      if (values.length === 0) note('new Date()');
      return Reflect.construct(target, values, made);
    },
    apply(target) {
      note('Date()');
      return target();
    },
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
  return () => {
    globalThis.Date = original;
  };
}
