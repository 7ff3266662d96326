import type { z } from 'zod';
import { parseOptions } from '../options.ts';
import type { Emitter } from './file.ts';

/** Makes an emitter from its options; it carries its name and its options' schema. */
export type EmitterFactory<Options extends z.ZodType = z.ZodType> = {
  (options?: z.input<Options>): Emitter;
  readonly emitter: string;
  readonly options: Options;
  /** From options of unknown form. @throws PkiError PLUGIN_OPTIONS with every problem */
  from(options: unknown): Emitter;
};

/** Defines an emitter: a name, its options as a zod object (every option with a default), and how it writes. */
export function defineEmitter<Options extends z.ZodType>(definition: {
  readonly name: string;
  readonly options: Options;
  emitter(options: z.output<Options>): Omit<Emitter, 'name'>;
}): EmitterFactory<Options> {
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
