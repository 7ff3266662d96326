import { authorityOf, isPublicAlone, type Plan, type Spec } from '@kubepki/core';
import { lifeText } from './words.ts';

type Context = {
  readonly spec: Spec;
  /** The paths of the files that are a spec's own, by its id. */
  readonly paths: ReadonlyMap<string, readonly string[]>;
  /** The names of the components that the config brings. */
  readonly foreign: ReadonlySet<string>;
  /** The lives of those that are shown by this one, by the spec's name. */
  readonly lives?: ReadonlyMap<string, readonly number[]>;
};

/** What will be made of one spec, as lines. A component of the config is named, since it is not of kubepki itself. */
export function specLines(plan: Plan, { spec, paths, foreign, lives }: Context): readonly string[] {
  if (spec.kind === 'elsewhere') return [];
  const files = paths.get(spec.id) ?? [];
  const plugin = foreign.has(spec.component) ? [`component ${spec.component}`] : [];
  const detail = (name: string, values: readonly string[]) =>
    values.length === 0 ? [] : [`      ${name}  ${values.join(', ')}`];
  if (spec.kind === 'keypair')
    return [
      `  ${spec.id}  ${spec.keys} ${isPublicAlone(spec) ? 'public key' : 'key pair'}, no end`,
      ...detail('plugin', plugin),
      ...detail('files', files),
    ];
  const by = authorityOf(plan, spec)?.name;
  const signed =
    spec.kind === 'authority' && spec.given
      ? 'made by somebody else'
      : by === undefined
        ? 'signs itself'
        : `signed by ${by}`;
  const organizations = spec.kind === 'leaf' ? spec.organizations.map((organization) => `O=${organization}`) : [];
  const usages = spec.kind === 'leaf' ? `${spec.usages.join(' and ')}, ` : '';
  const subject = [...organizations, `CN=${spec.commonName}`].join(', ');
  return [
    `  ${spec.id}  ${usages}${signed}, ${spec.keys}, ${lifeText(lives?.get(spec.name) ?? [spec.validity])}`,
    ...detail('plugin', plugin),
    ...detail('subject', [subject]),
    ...(spec.kind === 'leaf' ? detail('names', [...spec.sans.dns, ...spec.sans.ips]) : []),
    ...detail('files', files),
  ];
}
