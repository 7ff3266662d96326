import type { Emitter, Output, Plan } from '@kubepki/core';
import {
  type Catalog,
  catalog,
  flatLayout,
  isMaker,
  permissionsOf,
  permitted,
  pluginName,
  profiles,
} from '@kubepki/presets';
import { findLayout } from '@kubepki/verify';
import { loadConfig } from './config/load.ts';
import type { Args } from './options.ts';

/** What a tree is read back with, where nothing but the tree is at hand. */
export type Readers = Pick<
  Parameters<typeof import('@kubepki/verify').verifyFiles>[0],
  'emitters' | 'exact' | 'layout'
>;

/** The emitters that the manifest names, of the presets or of the config, and the layout that fits. */
export async function readersOf(
  args: Pick<Args, 'config'>,
  { output, plan }: { readonly output: Output; readonly plan: Plan },
): Promise<Readers> {
  const wanted = new Set([...output.entries.values()].map(({ emitter }) => emitter));
  const known = new Set(catalog.emitters.map(pluginName));
  const foreign = args.config !== undefined || [...wanted].some((name) => !known.has(name));
  const plugins = (foreign && (await loadConfig(args))?.catalog) || catalog;
  const emitters = plugins.emitters.filter((plugin) => wanted.has(pluginName(plugin))).flatMap(made);
  const fixed = emitters.filter(({ name }) => known.has(name) && isFixed(name));
  const permissions = permissionsOf(output.entries.values());
  const names = ['crt', 'pem'] as const;
  const trees = [profiles[plan.profile].layout, flatLayout].flatMap((layout) =>
    names.map((each) => permitted(permissions, { emitters: fixed, layout: layout({ names: each }) })),
  );
  const exact = trees[0]?.emitters ?? fixed;
  const layouts = trees.map(({ layout }) => layout);
  return { emitters, exact, layout: findLayout(output, { plan, emitters: exact, layouts }) };
}

/** An emitter with its defaults: whatever its options were, it reads back what it wrote. */
function made(plugin: Catalog['emitters'][number]): readonly Emitter[] {
  if (!isMaker(plugin)) return [plugin];
  try {
    return [plugin.from({})];
  } catch {
    // One that cannot be without options is as good as unknown.
    return [];
  }
}

/** Whether an emitter of the presets has no options, so that it is known which files it wants. */
function isFixed(name: string): boolean {
  const maker = catalog.emitters.find((plugin) => isMaker(plugin) && pluginName(plugin) === name);
  if (maker === undefined || !isMaker(maker) || !('shape' in maker.options)) return false;
  return Object.keys(maker.options.shape as object).length === 0;
}
