import type { VerifiedTree } from '../commands/verify.ts';

/** What was verified as one JSON document. */
export function verifiedJson(verified: VerifiedTree) {
  const { cluster, folder, generation, files, connections, problems } = verified;
  const { counts, rows, servers, untried } = connections;
  return {
    cluster,
    output: folder,
    generation,
    verified: problems.length === 0,
    files: {
      checked: files.files,
      certificates: files.certificates,
      keysAway: files.keysAway,
      unread: files.unread,
    },
    connections: { ...counts, servers, clients: rows, missing: untried },
    problems: problems.map(({ check, where, message, hint }) => ({
      check,
      where,
      message,
      ...(hint === undefined ? {} : { hint }),
    })),
  };
}
