import { components } from '../catalog.ts';
import type { ComponentOptions, ProfilePreset } from '../profiles/preset.ts';
import type { DistributionPreset } from './preset.ts';

/** A profile with what a distribution has otherwise. */
export function withDistribution(profile: ProfilePreset, distribution: DistributionPreset): ProfilePreset {
  const { components: own, emitters, options, layout = profile.layout } = distribution;
  const others =
    own === undefined ? [] : components.map(({ component }) => component).filter((name) => !own.includes(name));
  const on: readonly string[] = [...(own ?? []), ...emitters];
  return {
    ...profile,
    off: [...new Set([...profile.off.filter((name) => !on.includes(name)), ...others])],
    options: (cluster, validity) => merged(profile.options(cluster, validity), options),
    layout,
  };
}

function merged(under: ComponentOptions, over: ComponentOptions): ComponentOptions {
  const names = new Set([...Object.keys(under), ...Object.keys(over)]) as Set<keyof ComponentOptions>;
  return Object.fromEntries([...names].map((name) => [name, { ...under[name], ...over[name] }]));
}
