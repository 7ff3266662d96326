import { authorityOf, type PlannedFile, template } from '@kubepki/core';
import type { Planned } from '../commands/plan.ts';
import { filesById } from '../files-by-id.ts';
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
