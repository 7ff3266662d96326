import { type Catalog, catalog, isMaker, pluginName } from '../catalog.ts';
import type { Fixed } from '../file/fixed.ts';
import type { Config } from './define-config.ts';
import { guardComponent } from './guard-component.ts';
import { guardEmitter } from './guard-emitter.ts';

/** The plugins of a run, and what of them is the config's. */
export type Plugins = {
  /** All plugins of a run: those of this package, and the config's. */
  readonly catalog: Catalog;
  /** What the cluster file may not name, since the config fixes it. */
  readonly fixed: readonly Fixed[];
  /** The names of the plugins that the config brings. */
  readonly adds: { readonly components: readonly string[]; readonly emitters: readonly string[] };
};

/**
 * This package's plugins and a config's. What the config made stands in for this package's plugin of the same name;
 * all else comes behind.
 */
export function addPlugins(
  { components = [], emitters = [] }: Pick<Config, 'components' | 'emitters'>,
  fileName: string,
): Plugins {
  const where = (section: string, index: number) => `${section}[${index}] of ${fileName}`;
  return {
    catalog: {
      components: merged(catalog.components, components.map(guardComponent)),
      emitters: merged(catalog.emitters, emitters.map(guardEmitter)),
    },
    fixed: [
      ...components.flatMap((plugin, index) =>
        isMaker(plugin) ? [] : fixedBy(plugin.name, where('components', index)),
      ),
      ...emitters.flatMap((plugin, index) =>
        isMaker(plugin) ? [] : [{ path: ['emitters', plugin.name], by: where('emitters', index) }],
      ),
    ],
    adds: { components: components.map(pluginName), emitters: emitters.map(pluginName) },
  };
}

type Plugin = Catalog['components' | 'emitters'][number];

function merged<P extends Plugin>(own: readonly P[], added: readonly P[]): readonly P[] {
  const byName = new Map(added.map((plugin) => [pluginName(plugin), plugin]));
  const names = new Set(own.map(pluginName));
  return [
    ...own.map((plugin) => byName.get(pluginName(plugin)) ?? plugin),
    ...added.filter((plugin) => !names.has(pluginName(plugin))),
  ];
}

/** Fields of a cluster file beside `components` that are options of a component too. */
const fields: Readonly<Record<string, string>> = { users: 'users', apiserver: 'apiserverClients' };

function fixedBy(name: string, by: string): readonly Fixed[] {
  const field = fields[name];
  return [{ path: ['components', name], by }, ...(field === undefined ? [] : [{ path: [field], by }])];
}
