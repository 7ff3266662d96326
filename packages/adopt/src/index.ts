export { type Adoption, adopt } from './adopt/adopt.ts';
export type { AdoptInput } from './adopt/input.ts';
export type { Anew, Fault, Note } from './adopt/verdict.ts';
export { type ClusterText, clusterTextOf } from './describe/describe.ts';
export { type KubeadmText, kubeadmTextOf } from './describe/from-kubeadm.ts';
export { limits as oldLimits, type OldFiles } from './old/files.ts';
export { oldFolder } from './old/folder.ts';
export { type OldPlace, oldPlace } from './old/place.ts';
export { oldTar } from './old/tar.ts';
