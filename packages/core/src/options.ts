import type { z } from 'zod';
import { PkiError } from './error.ts';
import { forMany } from './parsing.ts';

/**
 * A plugin's options, from a value of unknown form.
 * @throws PkiError PLUGIN_OPTIONS with every problem, naming the plugin
 */
export function parseOptions<Options extends z.ZodType>(
  plugin: string,
  { schema, value }: { readonly schema: Options; readonly value: unknown },
): z.output<Options> {
  const options = schema.safeParse(value ?? {}, forMany(1));
  if (options.success) return options.data;
  throw new PkiError('PLUGIN_OPTIONS', `${plugin}: its options are not valid`, {
    problems: options.error.issues.map((issue) => ({
      where: [plugin, ...issue.path].join('.'),
      message: issue.message,
    })),
  });
}
