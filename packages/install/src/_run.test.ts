// A small run as a program of its own. Arguments: the folder, whose files are put there, and the umask in octal.
import { put } from './_place.test.ts';

const [, , folder = '', name = '', umask] = process.argv;
if (umask !== undefined) process.umask(Number.parseInt(umask, 8));
process.stdout.write('ready\n');
try {
  put(folder, name);
} catch (error) {
  process.stdout.write(`${error}\n`);
  process.exitCode = 1;
}
