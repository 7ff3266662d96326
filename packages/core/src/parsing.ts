/**
 * How zod is to read so many values of one schema. By itself it compiles a schema at its first use, which takes as
 * long as reading hundreds of values does: most clusters have fewer.
 */
export function forMany(count: number): { readonly jitless: boolean } {
  return { jitless: count < 500 };
}
