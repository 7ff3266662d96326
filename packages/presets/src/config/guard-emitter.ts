import { type Emitter, type EmitterHost, type File, type Get, kindOf, PkiError } from '@kubepki/core';
import { type EmitterMaker, isMaker } from '../catalog.ts';
import { type Blame, blame, blaming } from './blame.ts';
import { checkFile } from './check-file.ts';
import { samePaths } from './same-paths.ts';

/** An emitter whose faults are told by its name, before they reach a file. Nothing that it throws over a key is repeated. */
export function guardEmitter(plugin: Emitter | EmitterMaker): Emitter | EmitterMaker {
  if (!isMaker(plugin)) return guarded(plugin.name, plugin);
  const { emitter: name, options } = plugin;
  return { emitter: name, options, from: (input, host) => guarded(name, made(plugin, input, host)) };
}

/** Whether a value has the form of an emitter. */
export function isEmitter(value: unknown): value is Emitter {
  if (typeof value !== 'object' || value === null || !('files' in value) || !('render' in value)) return false;
  return typeof value.files === 'function' && typeof value.render === 'function';
}

function made(maker: EmitterMaker, input: unknown, host: EmitterHost | undefined): Emitter {
  const emitter: unknown = blaming(() => maker.from(input, host), whose(maker.emitter));
  if (isEmitter(emitter)) return emitter;
  throw blame(`makes ${kindOf(emitter)}, where an emitter is expected`, whose(maker.emitter));
}

function guarded(name: string, emitter: Emitter): Emitter {
  const { read } = emitter;
  const checkSame = samePaths(whose(name));
  return {
    name,
    files: (part, context) => {
      const { plan } = context;
      const named = blaming(() => listOf(name, emitter.files(part, context)), whose(name));
      const files = named.map((file) => checkFile(file, { part, plan, whose: whose(name) }));
      checkSame(files, { part, plan });
      return files;
    },
    render: (file, get, random) => {
      const text = overKeys(`render ${file.path}`, name, (watched) => emitter.render(file, watched, random), get);
      if (typeof text === 'string') return text;
      throw blame(`renders ${kindOf(text)} for ${file.path}, where a text is expected`, whose(name));
    },
    ...(read === undefined
      ? {}
      : {
          read: (text, file) => {
            const held = overKeys(`read ${file.path} back`, name, () => read.call(emitter, text, file));
            if (Array.isArray(held) && held.every((one) => typeof one === 'string')) return held;
            throw blame(`reads something else than texts from ${file.path}`, whose(name));
          },
        }),
  };
}

function listOf(name: string, files: unknown): readonly File[] {
  if (typeof files === 'object' && files !== null && Symbol.iterator in files) return [...(files as Iterable<File>)];
  const hint = 'its files are to be a generator: *files(part, context) { yield {…}; }';
  throw blame(`names ${kindOf(files)}, where files are expected`, { ...whose(name), hint });
}

/** Runs code that sees keys: what it throws may hold one, so only its kind is told. What `get` throws is core's own. */
function overKeys(what: string, name: string, action: (get: Get) => unknown, get: Get = () => ''): unknown {
  let own: unknown;
  const watched: Get = (holding) => {
    try {
      return get(holding);
    } catch (error) {
      own = error;
      throw error;
    }
  };
  try {
    return action(watched);
  } catch (error) {
    const { hint = fault } = own instanceof PkiError && own === error ? own : {};
    const reason = own instanceof PkiError && own === error ? own.message : kindOfError(error);
    throw blame(`failed to ${what}: ${reason}`, { ...whose(name), hint });
  }
}

const fault = 'its message is not repeated, since it may hold a key; tell its authors, or leave it out';

function kindOfError(error: unknown): string {
  return error instanceof Error && /^\w+$/.test(error.name) ? error.name : 'it threw';
}

function whose(name: string): Blame {
  return { code: 'EMITTER_FAILED', who: `emitter ${name}` };
}
