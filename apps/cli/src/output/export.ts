import { join } from 'node:path';
import type { Exported } from '../commands/export.ts';
import { shown } from '../shell.ts';
import type { Out } from './out.ts';
import { listed } from './words.ts';

export function printExport({ folder, nodes, leftOut }: Exported, out: Out): void {
  for (const { node, leftOut: paths } of leftOut) {
    out.note(
      `${out.noteStyle('yellow', 'left out')} of ${node}: ${paths.map((path) => `/${path}`).join(', ')}, since authorities' keys lie elsewhere`,
    );
  }
  if (leftOut.length > 0) out.note('  name their folder with --authority-keys DIR');
  if (folder !== undefined) out.print(`wrote ${listed(nodes.map((node) => shown(join(folder, node))))}`);
}
