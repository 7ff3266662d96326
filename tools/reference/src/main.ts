// `npm run reference`: writes the pages of docs/reference anew, and says which were others.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder, reference, stale } from './reference.ts';

const { files } = await reference();
for (const file of stale(files)) {
  const text = files.get(file);
  mkdirSync(folder, { recursive: true });
  if (text === undefined) rmSync(join(folder, file));
  else writeFileSync(join(folder, file), text);
  console.log(`docs/reference/${file}`);
}
