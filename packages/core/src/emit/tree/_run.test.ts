// A small run as a program of its own. Arguments: the folder, what to do, and the umask in octal.
import { generate, wholeText } from './_tree.test.ts';

const [, , folder = '', action = '', umask] = process.argv;
if (umask !== undefined) process.umask(Number.parseInt(umask, 8));
process.stdout.write('ready\n');
try {
  if (action === 'read') wholeText(folder);
  else await generate(folder, action, { folderMode: (path) => (path.startsWith('nodes') ? 0o755 : 0o700) });
} catch (error) {
  process.stdout.write(`${error}\n`);
  process.exitCode = 1;
}
