/** Whether two values are the same plain data, as JSON can say it, with their keys in the same order. */
export function isAlike(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one)) return Array.isArray(other) && areAlike(one, other);
  if (!isPlain(one) || !isPlain(other)) return false;
  const keys = Object.keys(one);
  return areAlike(keys, Object.keys(other)) && keys.every((key) => isAlike(one[key], other[key]));
}

/** Whether something is an object as a literal makes it. */
export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Lets nobody change a value of plain data, nor anything in it. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const within of Object.values(value)) frozen(within);
  return Object.freeze(value);
}

function areAlike(some: readonly unknown[], others: readonly unknown[]): boolean {
  if (some.length !== others.length) return false;
  // What `every` does not visit is a hole, and a hole is nothing that JSON can say.
  for (let index = 0; index < some.length; index++) {
    if (!isAlike(some[index], others[index])) return false;
  }
  return true;
}
