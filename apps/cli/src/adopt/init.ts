import { clusterTextOf, kubeadmTextOf } from '@kubepki/adopt';
import type { Problem } from '@kubepki/core';
import type { Session } from '../session.ts';
import { readInput, readStdin } from '../source.ts';
import { placesOf } from './places.ts';

/** The text of a cluster file, what it was made of, and what of that was not understood. */
type Text = { readonly text: string; readonly from: readonly string[]; readonly warnings: readonly Problem[] };

/** The cluster file that describes a PKI that is there. */
export async function fromFolders(words: readonly string[], session: Session): Promise<Text> {
  const { text } = clusterTextOf(await placesOf(words, session));
  return { text, from: words, warnings: [] };
}

/** The cluster file that means what kubeadm's configuration does. */
export function fromConfiguration(path: string): Text {
  const what = 'configuration of kubeadm';
  const { text, warnings } =
    path === '-' ? kubeadmTextOf(readStdin(what), 'stdin') : kubeadmTextOf(readInput(path, { what }), path);
  return { text, from: [path], warnings };
}
