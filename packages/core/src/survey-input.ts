import type { Existing } from './changes/existing.ts';
import type { Renewal } from './changes/renewal.ts';
import type { Emitter, Layout } from './emit/file.ts';
import type { Output } from './emit/tree/output.ts';
import type { TreeView } from './emit/tree/tree.ts';
import type { Plan } from './plan/plan.ts';

/** What a survey compares: what a run would write, and what is there. */
export type SurveyInput = {
  readonly plan: Plan;
  readonly emitters: readonly Emitter[];
  readonly layout: Layout;
  readonly existing: Existing;
  /** An output folder, or a tree as it is read again from wherever its files were put. */
  readonly output: TreeView & Partial<Pick<Output, 'cluster' | 'folder' | 'templates'>>;
  readonly now?: Date;
  /** Authorities' keys lie in a folder of their own. */
  readonly apart?: boolean;
  /** What is to be made again though it fits. */
  readonly renewal?: Renewal | undefined;
  /** The files that somebody changed, where that was looked at already. */
  readonly edits?: readonly string[];
};

/** What a run would do, in the order of the plan. */
export type Survey = {
  /** Whether there is no generation yet. */
  readonly first: boolean;
  /** What is to be made, and why. */
  readonly makes: readonly { readonly id: string; readonly reasons: readonly string[] }[];
  /** How many credentials are kept as they are. */
  readonly keeps: number;
  /** The paths that are to be written, the number of those that stay, and the paths that are not wanted any longer. */
  readonly writes: readonly string[];
  readonly stays: number;
  readonly drops: readonly string[];
  /** Whether the plan is the one that was written. */
  readonly samePlan: boolean;
  /** Whether there is nothing to do at all. */
  readonly idle: boolean;
};
