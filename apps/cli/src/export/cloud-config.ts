import { yamlString } from '@kubepki/core';
import type { Contents } from './contents.ts';
import { ownFolders } from './standing.ts';

/**
 * A node's contents as user data of cloud-init: https://cloudinit.readthedocs.io/en/latest/reference/modules.html.
 * Folders are made first, so that no file is ever in one that is more open; a file of another user than root waits until
 * users are made; links, which `write_files` has not, come last.
 */
export function cloudConfigOf({ items }: Contents): string {
  const files = items.filter((item) => item.kind === 'file');
  const links = items.filter((item) => item.kind === 'link');
  const folders = ownFolders(items);
  return [
    '#cloud-config',
    ...(folders.length > 0 ? ['bootcmd:'] : []),
    ...folders.map(({ path, mode }) => command('install', '-d', '-m', octal(mode), `/${path}`)),
    ...(files.length > 0 ? ['write_files:'] : []),
    ...files.flatMap(({ path, mode, owner = 'root', group = 'root', text }) => [
      `- path: ${yamlString(`/${path}`)}`,
      `  permissions: ${yamlString(octal(mode))}`,
      `  owner: ${yamlString(`${owner}:${group}`)}`,
      ...(owner === 'root' && group === 'root' ? [] : ['  defer: true']),
      '  encoding: b64',
      `  content: ${Buffer.from(text).toString('base64')}`,
    ]),
    ...(links.length > 0 ? ['runcmd:'] : []),
    ...links.map(({ path, target }) => command('ln', '-sfn', target, `/${path}`)),
    '',
  ].join('\n');
}

function command(...words: readonly string[]): string {
  return `- [${words.map(yamlString).join(', ')}]`;
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}
