import { cloudConfigOf } from './cloud-config.ts';
import type { Contents } from './contents.ts';
import { ignitionOf } from './ignition.ts';
import { tarOf } from './tar.ts';

/** What a node's contents can be written as, for one that takes them when it boots or is unpacked there. */
export const exportFormats: Readonly<
  Record<string, (contents: Contents, mtime: Date) => Uint8Array | string | Promise<Uint8Array>>
> = { tar: tarOf, 'cloud-init': cloudConfigOf, ignition: ignitionOf };
