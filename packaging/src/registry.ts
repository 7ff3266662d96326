import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { run } from './run.ts';

/**
 * Serves tarballs as a registry does, so that a program is installed from its own tarball and finds the others
 * under their names and ranges. Everything from elsewhere comes from where npm has it otherwise.
 */
export async function serve(tarballs: Readonly<Record<string, string>>) {
  const answers = new Map<string, string>();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').slice(1);
    const file = tarballs[path.replace(/\/-\.tgz$/, '')];
    if (file !== undefined && path.endsWith('.tgz')) createReadStream(file).pipe(response);
    else response.writeHead(answers.has(path) ? 200 : 404).end(answers.get(path));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const [name, path] of Object.entries(tarballs)) {
    const manifest = JSON.parse((await run('tar', ['-xzOf', path, 'package/package.json'])).stdout);
    const integrity = `sha512-${createHash('sha512').update(readFileSync(path)).digest('base64')}`;
    const version = { ...manifest, dist: { tarball: `${url}/${name}/-.tgz`, integrity } };
    const { version: latest } = manifest;
    answers.set(name, JSON.stringify({ name, 'dist-tags': { latest }, versions: { [latest]: version } }));
  }
  return { url, close: () => void server.close() };
}
