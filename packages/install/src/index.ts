export { type FromTree, wantedFrom } from './from-tree.ts';
export { type KubeletRules, kubeletRules } from './kubelet.ts';
export type { Rules } from './outlook.ts';
export { type Owners, ownersOn } from './owners.ts';
export { openPlace, type Place, type PlaceOptions, type Put } from './place.ts';
export type { Wanted, WantedFile } from './wanted.ts';
