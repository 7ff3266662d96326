import { readYaml } from '@kubepki/presets';
import { listOf, textOf } from '../old/fields.ts';
import { attempted } from '../old/identify.ts';

/** What a static pod's manifest tells: the release of its image, and its flags. */
export type Manifest = { readonly version: string | undefined; readonly flags: ReadonlyMap<string, string> };

const none: Manifest = { version: undefined, flags: new Map() };

/** Reads a static pod's manifest; what cannot be read tells nothing. */
export function readManifest(text: string | undefined): Manifest {
  const value = text === undefined ? undefined : attempted(() => readYaml(text, 'manifest').value);
  const [container] = listOf(value, 'spec', 'containers');
  if (container === undefined) return none;
  const image = textOf(container, 'image') ?? '';
  const words = [...listOf(container, 'command'), ...listOf(container, 'args')].map(String);
  return {
    version: /:v?(1\.\d+\.\d+)/.exec(image)?.[1],
    flags: new Map(
      words.flatMap((word) => {
        const [, name, flag] = /^(--[^=]+)=(.*)$/s.exec(word) ?? [];
        return name === undefined || flag === undefined ? [] : [[name, flag] as const];
      }),
    ),
  };
}
