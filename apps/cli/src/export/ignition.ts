import type { Contents } from './contents.ts';
import { ownFolders } from './standing.ts';

/** A node's contents as an Ignition config, version 3.4: https://coreos.github.io/ignition/configuration-v3_4/. */
export function ignitionOf({ items }: Contents): string {
  const root = whose('root', 'root');
  const config = {
    ignition: { version: '3.4.0' },
    storage: {
      directories: ownFolders(items).map(({ path, mode }) => ({ path: `/${path}`, mode, ...root })),
      files: items.flatMap((item) => {
        if (item.kind !== 'file') return [];
        const { path, mode, owner = 'root', group = 'root', text } = item;
        const source = `data:;base64,${Buffer.from(text).toString('base64')}`;
        return [{ path: `/${path}`, overwrite: true, mode, ...whose(owner, group), contents: { source } }];
      }),
      links: items.flatMap((item) =>
        item.kind === 'link' ? [{ path: `/${item.path}`, overwrite: true, target: item.target }] : [],
      ),
    },
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

/** Users and groups by name, or by number where they are given so. */
function whose(owner: string, group: string): { readonly user: object; readonly group: object } {
  return { user: ofName(owner), group: ofName(group) };
}

function ofName(name: string): object {
  return /^\d+$/.test(name) ? { id: Number(name) } : { name };
}
