import type { Planned } from '../commands/plan.ts';
import type { Out } from './out.ts';
import { count, listed } from './words.ts';

/** The config of a run and what it brings, as the first line. */
export function configLine({ config, fileName }: Pick<Planned, 'config' | 'fileName'>, out: Out): readonly string[] {
  if (config === undefined) return [];
  const { adds, policies, issuers, cluster } = config;
  const brings = [
    ...(cluster === undefined ? [] : [`cluster ${typeof cluster === 'object' ? 'in code' : fileName}`]),
    ...plugins('component', adds.components),
    ...plugins('emitter', adds.emitters),
    ...(policies.length === 0 ? [] : [count(policies.length, 'policy', 'policies')]),
    ...(issuers === undefined ? [] : ['issuers']),
  ];
  return [`${out.style('bold', `config ${config.fileName}`)}: ${brings.join('; ') || 'nothing in it'}`];
}

/** The files of the config's emitters. Those of kubepki's own stand with what they hold. */
export function configBlock({ config, files }: Planned & { readonly kind: 'plan' }, out: Out): readonly string[] {
  return (config?.adds.emitters ?? []).flatMap((name) => {
    const paths = files.filter(({ emitter }) => emitter.name === name).map(({ file }) => file.path);
    const title = out.style('bold', `files of emitter ${name}`);
    return paths.length === 0 ? [] : [`${title}\n  ${listed(paths)}`];
  });
}

/** The config as JSON. */
export function configJson({ config, fileName }: Pick<Planned, 'config' | 'fileName'>) {
  if (config === undefined) return {};
  const { adds, policies, issuers } = config;
  const { components, emitters } = adds;
  return {
    config: {
      file: config.fileName,
      cluster: fileName,
      components,
      emitters,
      policies: policies.length,
      issuers: issuers !== undefined,
    },
  };
}

function plugins(one: string, names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`${one}${names.length === 1 ? '' : 's'} ${listed(names)}`];
}
