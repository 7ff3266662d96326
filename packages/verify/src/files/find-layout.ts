import { type Emitter, type Layout, type Plan, planFiles, type TreeView } from '@kubepki/core';
import { fits } from './check-planned.ts';

/** So many files tell one layout from another. */
const enough = 300;

/**
 * The layout by which a tree was written: the one under which most of what these emitters want has the place that the
 * manifest names. Undefined where that is less than half of it, for none of them wrote the tree.
 */
export function findLayout(
  view: TreeView,
  {
    plan,
    emitters,
    layouts,
  }: { readonly plan: Plan; readonly emitters: readonly Emitter[]; readonly layouts: readonly Layout[] },
): Layout | undefined {
  let best: { readonly layout: Layout; readonly share: number } | undefined;
  for (const layout of layouts) {
    let all = 0;
    let fitting = 0;
    for (const planned of planFiles({ plan, emitters, layout })) {
      all += 1;
      if (fits(planned, { view })) fitting += 1;
      if (all === enough) break;
    }
    const share = all === 0 ? 0 : fitting / all;
    if (share > (best?.share ?? 0.5)) best = { layout, share };
  }
  return best?.layout;
}
