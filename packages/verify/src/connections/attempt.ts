/** Needed: the plan says that they talk. Possible: nobody needs it, and the rules let it. Refused: all else. */
export type State = 'needed' | 'possible' | 'refused';

/** Why one side refuses the other's certificate; `other` is what no attempt expects. */
export type Reason = 'authority' | 'usage' | 'expired' | 'early' | 'name' | 'absent' | 'other';

/** How a refusal comes about: the client leaves, the server ends the handshake, or it answers 401 afterwards. */
export type Refuser = 'client' | 'handshake' | '401';

/** What becomes of a connection: whom the server takes the client for, or who refuses whom. */
export type Verdict =
  /** `vouches`: it may also speak for anybody, as a front proxy does. */
  | { readonly as: 'user'; readonly name: string; readonly groups: readonly string[]; readonly vouches?: true }
  | { readonly as: 'front-proxy'; readonly name: string }
  | { readonly as: 'anonymous' }
  | { readonly as: 'refused'; readonly by: Refuser; readonly reason: Reason };

/** What is presented as a certificate: a leaf's, by its id, or one made for this run that is like a leaf's. */
export type Presented =
  | { readonly leaf: string }
  | { readonly made: 'stranger' | 'expired' | 'early'; readonly like: string };

/** One connection that is tried, and what is to become of it. Plain data. */
export type Attempt = {
  /** The client's id, or in words what a probe is. */
  readonly client: string;
  /** The server's id. */
  readonly server: string;
  readonly probe: boolean;
  readonly state: State;
  readonly why: string;
  readonly expected: Verdict;
  /** What the client presents; missing: nothing. */
  readonly presents?: Presented;
  /** The leaf that the server presents; missing: it is of no plan, and nothing can be tried. */
  readonly serves?: string;
  /** What the client checks the server by; where it is missing only the server judges. */
  readonly checks?: {
    /** A name or an address, at which nothing is sent anywhere. */
    readonly host: string;
    readonly port: number;
    /** The names of the authorities that the client trusts. */
    readonly trusts: readonly string[];
  };
};
