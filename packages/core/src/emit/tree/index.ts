export { type ListingTree, listingTree } from './listing.ts';
export { type Manifest, manifestSchema } from './manifest.ts';
export { type MemoryTree, memoryTree } from './memory.ts';
export { type NewFolder, newFolder } from './new-folder.ts';
export { type Output, openOutput } from './output.ts';
export { foldersOf, manifestFile, planFile } from './path.ts';
export { type StagedTreeOptions, stagedTree } from './staged.ts';
