/** A block of a PEM text. */
export type PemBlock = { readonly label: string; readonly encrypted: boolean; readonly der: Uint8Array };

/** A PEM text in the strict form of RFC 7468, section 3: 64 columns, LF, a newline at the end. */
export function writePem(label: string, der: Uint8Array): string {
  const base64 = Buffer.from(der.buffer, der.byteOffset, der.byteLength).toString('base64');
  let lines = '';
  // A regular expression takes twenty times as long.
  for (let at = 0; at < base64.length; at += 64) lines += `${base64.slice(at, at + 64)}\n`;
  return `-----BEGIN ${label}-----\n${lines || '\n'}-----END ${label}-----\n`;
}

/**
 * The blocks of a PEM text in their order. What stands between blocks is skipped (RFC 7468, section 2), and so are
 * headers of RFC 1421, but for whether they tell of encryption. A block whose base64 is broken has no bytes.
 */
export function readPem(text: string): readonly PemBlock[] {
  const blocks: PemBlock[] = [];
  let open: { readonly label: string; readonly lines: string[] } | undefined;
  for (const line of text.split('\n').map((each) => each.trimEnd())) {
    const begin = /^-----BEGIN ([A-Z0-9 ]+)-----$/.exec(line)?.[1];
    if (begin !== undefined) {
      open = { label: begin, lines: [] };
    } else if (open !== undefined && line === `-----END ${open.label}-----`) {
      blocks.push(blockOf(open));
      open = undefined;
    } else {
      open?.lines.push(line);
    }
  }
  return blocks;
}

function blockOf({ label, lines }: { readonly label: string; readonly lines: readonly string[] }): PemBlock {
  const base64 = lines.filter((line) => !line.includes(':')).join('');
  const sound = base64.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(base64);
  return {
    label,
    encrypted: label === 'ENCRYPTED PRIVATE KEY' || lines.some((line) => /^Proc-Type:.*ENCRYPTED/.test(line)),
    der: sound ? new Uint8Array(Buffer.from(base64, 'base64')) : new Uint8Array(),
  };
}
