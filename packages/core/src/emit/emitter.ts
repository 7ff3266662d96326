import type { z } from 'zod';
import { parseOptions } from '../options.ts';
import { checkPluginName } from '../plugin-name.ts';
import type { Emitter } from './file.ts';

/** What whoever makes an emitter lends it, since an emitter sees no disk. */
export type EmitterHost = {
  /**
   * The text of a file with a secret, such as a passphrase, which an option names. To be called only when files are
   * named, rendered or read: an emitter is also made where the secret is not at hand.
   * @throws PkiError where it cannot be had
   */
  readSecret(path: string): string;
};

/** Makes an emitter from its options; it carries its name, known to the compiler too, and its options' schema. */
export type EmitterFactory<Options extends z.ZodType = z.ZodType, Name extends string = string> = {
  (options?: z.input<Options>, host?: EmitterHost): Emitter;
  readonly emitter: Name;
  readonly options: Options;
  /** From options of unknown form. @throws PkiError PLUGIN_OPTIONS with every problem */
  from(options: unknown, host?: EmitterHost): Emitter;
};

/**
 * Defines an emitter: a name, its options as a zod object (every option with a default), and how it writes. One that
 * needs a secret has it from its host, and cannot count on one.
 * @throws PkiError PLUGIN_NAME
 */
export function defineEmitter<Options extends z.ZodType, const Name extends string = string>(definition: {
  readonly name: Name;
  readonly options: Options;
  emitter(options: z.output<Options>, host?: EmitterHost): Omit<Emitter, 'name'>;
}): EmitterFactory<Options, Name> {
  checkPluginName('emitter', definition.name);
  const from = (input: unknown, host?: EmitterHost): Emitter => {
    const options = parseOptions(`emitter ${definition.name}`, { schema: definition.options, value: input });
    return { ...definition.emitter(options, host), name: definition.name };
  };
  return Object.assign((options?: z.input<Options>, host?: EmitterHost) => from(options, host), {
    emitter: definition.name,
    options: definition.options,
    from,
  });
}
