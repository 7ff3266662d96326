import { type Component, kindOf, type SpecInput } from '@kubepki/core';
import { type ComponentMaker, isMaker } from '../catalog.ts';
import { type Blame, blame, blamed, blaming } from './blame.ts';

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
  return { name, plan: (cluster) => relayed(() => component.plan(cluster), name) };
}

/** All that a component yields and returns, of which core makes what it can; what it throws is told by its name. */
function* relayed(plan: () => unknown, name: string): Generator<SpecInput, unknown> {
  try {
    const specs = plan();
    if (typeof specs === 'object' && specs !== null && Symbol.iterator in specs)
      return yield* specs as Iterable<SpecInput, unknown>;
    throw blame(`plans ${kindOf(specs)}, where specs are expected`, { ...whose(name), hint });
  } catch (error) {
    throw blamed(error, whose(name));
  }
}

const hint = 'its plan is to be a generator: *plan(cluster, options) { yield server({…}); }';

function whose(name: string): Blame {
  return { code: 'COMPONENT_FAILED', who: `component ${name}` };
}
