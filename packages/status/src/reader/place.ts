/** Where a certificate stands. */
export type Place = {
  readonly file: string;
  /** In a kubeconfig: the entry that holds it. */
  readonly entry?: string;
  /** Of several in a file or an entry which one, counted from 1. */
  readonly number?: number;
};

/** A certificate that was found, unread. */
export type Found = { readonly place: Place; readonly der: Uint8Array };

/** A file that a kubeconfig names instead of holding its certificate. */
export type Reference = {
  /** The kubeconfig and its entry. */
  readonly place: Place;
  /** The file, as it is found from where the program runs. */
  readonly path: string;
};

/** A place as a person would point to it. */
export function formatPlace({ file, entry, number }: Place): string {
  return [file, ...(entry === undefined ? [] : [entry]), ...(number === undefined ? [] : [`#${number}`])].join(' ');
}
