import type { Planned } from '../commands/plan.ts';
import type { Args } from '../options.ts';
import { connectionsJson, connectionsText } from './connections.ts';
import { printWarnings } from './failure.ts';
import { flagsJson, flagsText } from './flags.ts';
import type { Out } from './out.ts';
import { planJson } from './plan-json.ts';
import { planText } from './plan-text.ts';

export function printPlan(planned: Planned, out: Out, { json }: Args): void {
  if (!(json && planned.kind === 'plan')) printWarnings(planned.warnings, out);
  if (planned.kind === 'drawing') out.print(planned.text);
  else if (json) out.json(jsonOf(planned));
  else out.print(textOf(planned, out));
}

type Told = Exclude<Planned, { readonly kind: 'drawing' }>;

function jsonOf(planned: Told): unknown {
  if (planned.kind === 'flags') return flagsJson(planned);
  return planned.kind === 'connections' ? connectionsJson(planned) : planJson(planned);
}

function textOf(planned: Told, out: Out): string {
  if (planned.kind === 'flags') return flagsText(planned, out);
  return planned.kind === 'connections' ? connectionsText(planned, out) : planText(planned, out);
}
