import { type Component, kindOf, type SpecInput } from '@kubepki/core';
import { type ComponentMaker, isMaker } from '../catalog.ts';
import { type Blame, blame, blaming } from './blame.ts';

/** A component whose faults are told by its name. What it yields is checked by core. */
export function guardComponent(plugin: Component | ComponentMaker): Component | ComponentMaker {
  if (!isMaker(plugin)) return guarded(plugin.name, plugin);
  const { component: name, options } = plugin;
  return { component: name, options, from: (input) => guarded(name, made(plugin, input)) };
}

/** Whether a value has the form of a component. */
export function isComponent(value: unknown): value is Component {
  return typeof value === 'object' && value !== null && 'plan' in value && typeof value.plan === 'function';
}

function made(maker: ComponentMaker, input: unknown): Component {
  const component: unknown = blaming(() => maker.from(input), whose(maker.component));
  if (isComponent(component)) return component;
  throw blame(`makes ${kindOf(component)}, where a component is expected`, whose(maker.component));
}

function guarded(name: string, component: Component): Component {
  return { name, plan: (cluster) => blaming(() => listOf(name, component.plan(cluster)), whose(name)) };
}

function listOf(name: string, specs: unknown): readonly SpecInput[] {
  if (typeof specs === 'object' && specs !== null && Symbol.iterator in specs)
    return [...yielded(name, specs as Iterable<SpecInput>)];
  throw blame(`plans ${kindOf(specs)}, where specs are expected`, { ...whose(name), hint });
}

/** What a generator returns gets lost. */
function* yielded(name: string, specs: Iterable<SpecInput>): Generator<SpecInput> {
  const returned: unknown = yield* specs;
  if (returned !== undefined) throw blame('returns what it is to yield', { ...whose(name), hint });
}

const hint = 'its plan is to be a generator: *plan(cluster, options) { yield server({…}); }';

function whose(name: string): Blame {
  return { code: 'COMPONENT_FAILED', who: `component ${name}` };
}
