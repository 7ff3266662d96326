import type { Plan, Policy, Spec } from '@kubepki/core';

const mark = 'TEST ONLY ';
const day = 86_400;
/** RFC 5280, appendix A: ub-common-name. */
const longest = 64;

/** A policy for test PKIs: authorities say TEST ONLY in their common name, and nothing lives longer than a day. */
export const testOnly: Policy = (plan: Plan): Plan => ({ ...plan, specs: plan.specs.map(limited) });

function limited(spec: Spec): Spec {
  if (spec.kind !== 'authority' && spec.kind !== 'leaf') return spec;
  const validity = Math.min(spec.validity, day);
  if (spec.kind === 'leaf') return { ...spec, validity };
  return { ...spec, validity, commonName: marked(spec.commonName) };
}

function marked(name: string): string {
  let text = name.startsWith(mark) ? name : `${mark}${name}`;
  while (Buffer.byteLength(text) > longest) text = [...text].slice(0, -1).join('');
  return text;
}
