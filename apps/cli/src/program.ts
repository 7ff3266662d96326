import { watchStreams } from './output/broken.ts';
import { outTo } from './output/out.ts';
import { end, run } from './run.ts';
import { dieSoon, stopOnSignals } from './session.ts';

const { argv, env, stdin, stdout, stderr } = process;
const out = outTo({ stdout, stderr, env });
const bug = (error: unknown) => process.exit(end(error, { out, json: false, debug: env.KUBEPKI_DEBUG === '1' }));
process.on('uncaughtException', bug);
watchStreams({ stdout, stderr });

const session = { env, stdin, stdout, stderr, signal: stopOnSignals(), now: () => new Date() };
process.exitCode = await run(argv.slice(2), { session, out });
if (session.signal.aborted) dieSoon(session.signal);
