/** What a certificate does in a row: it answers, it calls, or both. */
export type Direction = 'serves' | 'calls' | 'both' | 'none';

/** A line of a box: one kind of credential, of one process on nodes that are alike. */
export type Row = {
  readonly key: string;
  /** The name in the plan. */
  readonly label: string;
  /** The ids of the credentials that it stands for; none for a server elsewhere. */
  readonly ids: readonly string[];
  /** The name of the authority that signs it; undefined where nobody can check it. */
  readonly authority: string | undefined;
  readonly does: Direction;
  readonly port: number | undefined;
  /** It may do everything. */
  readonly masters: boolean;
};

/** A process, a person, or what else holds credentials. */
export type Box = {
  readonly key: string;
  readonly title: string;
  readonly rows: readonly Row[];
  /** Several people of the same groups are one. */
  readonly people: number;
};

/** What lies together: the people, a kind of nodes, what runs in the cluster, servers elsewhere. */
export type Frame = {
  readonly key: string;
  readonly kind: 'people' | 'nodes' | 'cluster' | 'elsewhere';
  readonly title: string;
  readonly subtitle: string;
  /** How many there are of it. */
  readonly size: number;
  readonly names: readonly string[];
  readonly boxes: readonly Box[];
};

/** Clients of a row that reach servers of another. */
export type Line = {
  readonly from: string;
  readonly to: string;
  readonly at: 'endpoint' | 'local' | 'each';
  /** The authority that signs the clients, by which servers know them. */
  readonly authority: string | undefined;
  /** The authorities by which the clients know the servers; none: they cannot check them. */
  readonly checksBy: readonly string[];
  /** Where the servers are reached; each once, in plan order, the first of many. */
  readonly urls: readonly string[];
  readonly urlCount: number;
  readonly clients: number;
};

/** The topology of a cluster, with what is alike folded. */
export type Drawing = {
  readonly frames: readonly Frame[];
  readonly lines: readonly Line[];
  /** Where clients reach the control plane as a whole, where that is not simply its only node. */
  readonly endpoint: { readonly key: string; readonly label: string } | undefined;
};
