import type { Layout } from '@kubepki/core';
import { type FileNames, isPairPart, pairFile } from '../layouts/names.ts';
import { nodesLayout } from '../layouts/nodes.ts';

/** A folder, and what in it is called otherwise than its authority or key pair; null: there is no such file. */
export type FileTable = {
  readonly folder: string;
  readonly files?: Readonly<Record<string, { readonly [part in 'certificate' | 'key' | 'public']?: string | null }>>;
};

/** Authorities and key pairs in one folder under the names of a distribution, and people as ever. */
export function tableLayout({ folder, files = {} }: FileTable): (options: { readonly names: FileNames }) => Layout {
  return ({ names }) => {
    const others = nodesLayout({ names });
    return {
      ...others,
      path(artifact, plan) {
        const { spec, part } = artifact;
        if (spec.kind === 'leaf' || !isPairPart(part)) return others.path(artifact, plan);
        const named = files[spec.name]?.[part];
        if (named === null) return undefined;
        return `${folder}/${named ?? pairFile(spec.name, { part, names: 'crt' })}`;
      },
    };
  };
}
