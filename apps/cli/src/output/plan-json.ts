import { authorityOf, type PlannedFile, template } from '@kubepki/core';
import type { Planned } from '../commands/plan.ts';
import { configJson } from './plan-config.ts';

/** The plan as it is, and what follows from it: the certificates as JSON, and the files. */
export function planJson(planned: Planned & { readonly kind: 'plan' }) {
  const { plan, files, warnings, node } = planned;
  const byId = filesById(files);
  const certificates = plan.specs.flatMap((spec) => {
    if (spec.kind === 'elsewhere' || (node !== undefined && !(spec.kind === 'leaf' && spec.node === node))) return [];
    const its = { id: spec.id, kind: spec.kind, keys: spec.keys, files: byId.get(spec.id) ?? [] };
    if (spec.kind === 'keypair') return [its];
    return [{ ...its, authority: authorityOf(plan, spec)?.name ?? spec.name, template: template(spec, plan) }];
  });
  return { ...configJson(planned), plan, certificates, files: files.map(fileJson), warnings };
}

function fileJson({ file, emitter }: PlannedFile) {
  if ('link' in file) return { path: file.path, link: file.link };
  const { path, mode, secret, holds } = file;
  return { path, mode: mode.toString(8).padStart(4, '0'), secret, emitter: emitter.name, holds };
}

/** The files of each credential: what holds its own certificate or key. */
export function filesById(files: readonly PlannedFile[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { file } of files) {
    if ('link' in file) continue;
    for (const id of new Set(file.holds.map((holding) => holding.id))) {
      const known = found.get(id);
      if (known === undefined) found.set(id, [file.path]);
      else known.push(file.path);
    }
  }
  return found;
}
