import type { z } from 'zod';
import { parseOptions } from '../options.ts';
import { checkPluginName } from '../plugin-name.ts';
import type { Emitter } from './file.ts';

/** Makes an emitter from its options; it carries its name, known to the compiler too, and its options' schema. */
export type EmitterFactory<Options extends z.ZodType = z.ZodType, Name extends string = string> = {
  (options?: z.input<Options>): Emitter;
  readonly emitter: Name;
  readonly options: Options;
  /** From options of unknown form. @throws PkiError PLUGIN_OPTIONS with every problem */
  from(options: unknown): Emitter;
};

/**
 * Defines an emitter: a name, its options as a zod object (every option with a default), and how it writes.
 * @throws PkiError PLUGIN_NAME
 */
export function defineEmitter<Options extends z.ZodType, const Name extends string = string>(definition: {
  readonly name: Name;
  readonly options: Options;
  emitter(options: z.output<Options>): Omit<Emitter, 'name'>;
}): EmitterFactory<Options, Name> {
  checkPluginName('emitter', definition.name);
  const from = (input: unknown): Emitter => {
    const options = parseOptions(`emitter ${definition.name}`, { schema: definition.options, value: input });
    return { ...definition.emitter(options), name: definition.name };
  };
  return Object.assign((options?: z.input<Options>) => from(options), {
    emitter: definition.name,
    options: definition.options,
    from,
  });
}
