import type { Need } from '../plan/needs.ts';
import type { Plan } from '../plan/plan.ts';
import type { Spec } from '../plan/spec.ts';
import type { Random } from '../sign/serial.ts';

/** What a file holds: a part of a credential. */
export type Holding = { readonly id: string; readonly part: 'certificate' | 'key' | 'public' };

/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A file that is to be, as plain data, known before a key exists. Paths have `/` and are relative to the tree. */
export type ContentFile = {
  readonly path: string;
  readonly mode: number;
  readonly owner?: string;
  readonly group?: string;
  /** Whether it holds a private key. */
  readonly secret: boolean;
  /** What it holds is encrypted in it, so it may lie where an authority's key may not. */
  readonly encrypted?: true;
  readonly holds: readonly Holding[];
  /** What the emitter needs to render it beside what it holds. Two files are alike only where this is equal. */
  readonly content?: Json;
};
/** A symbolic link at `path`; `link` is where it leads, from its own folder. */
export type LinkFile = { readonly path: string; readonly link: string };
/** What an emitter writes: a file, or a link to one. */
export type File = ContentFile | LinkFile;

/** A run of specs that is emitted together: the cluster's own (without a node), or one node's. */
export type Part = { readonly node?: string; readonly specs: readonly Spec[] };

/** What a layout is asked for. `pem` is certificate and key in one file; `link` is a link to that. */
export type Artifact = {
  readonly spec: Exclude<Spec, { kind: 'elsewhere' }>;
  readonly part: 'certificate' | 'key' | 'public' | 'kubeconfig' | 'pem' | 'link';
};

/** A file that processes share: what is trusted or signed with under a use, on a node or for the cluster's own. */
export type SharedArtifact = Need & { readonly node: string | undefined };

/** Where files go. Pure functions; the paths are relative to the tree and have `/`. */
export type Layout = {
  /** The place of a credential's file; undefined: there is no such file. */
  path(artifact: Artifact, plan: Plan): string | undefined;
  /** The place of a file that processes share; undefined: there is no such file. */
  shared(artifact: SharedArtifact, plan: Plan): string | undefined;
  /** Where a file of the tree lies on its node, as an absolute path; undefined where the tree is not laid out as nodes are. */
  installed(path: string): string | undefined;
  /** The mode of a folder (relative to the tree). */
  folderMode(path: string): number;
};

/** Gives the PEM of what a file holds, certificate chain or key, with a newline at its end. */
export type Get = (holding: Holding) => string;

/** Writes files of one kind. A pure plan of files first, then their text, then the way back. */
export type Emitter = {
  readonly name: string;
  files(part: Part, context: { readonly plan: Plan; readonly layout: Layout }): Iterable<File>;
  /** All that is random in the text, as the nonces of what is encrypted, comes from `random`. */
  render(file: ContentFile, get: Get, random: Random): string;
  /** The inverse of `render`: what the text holds, as PEM, in the order of `file.holds`. */
  read?(text: string, file: ContentFile): readonly string[];
};

/** A line of the manifest. */
export type Entry = {
  readonly path: string;
  readonly emitter: string;
  /** SHA-256 over the file's own fields as JSON. */
  readonly fields: string;
  /** SHA-256 over the bytes. Missing before they are written, and where the file is kept apart. */
  readonly sha256?: string;
  /** It holds an authority's key, and lies in a folder of its own outside the tree. */
  readonly apart?: true;
  readonly mode: number;
  /** Whose it is to be on its node, where its emitter says so. */
  readonly owner?: string;
  readonly group?: string;
  readonly secret: boolean;
  readonly holds: readonly (Holding & {
    /** SHA-256 over the certificate's DER, or over the public key's for a key. */
    readonly fingerprint: string;
    readonly serial?: string;
    /** ISO 8601. */
    readonly notAfter?: string;
  })[];
};
