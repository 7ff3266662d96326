/** All that is written together; a certificate that is larger has hundreds of names. */
const room = 64 * 1024;
const buffer = new Uint8Array(room);
let start = room;

/**
 * Writes DER from its last byte to its first, so that a length is known once it is to be written. There is one, and
 * who uses it begins, writes and takes without a pause.
 */
export const to = {
  begin(): void {
    start = room;
  },
  /** How many bytes there are so far. */
  length(): number {
    return room - start;
  },
  /** @throws RangeError where there is no room */
  bytes(bytes: Uint8Array): void {
    start -= bytes.length;
    buffer.set(bytes, start);
  },
  /** Characters of Latin-1. */
  text(text: string): void {
    start -= text.length;
    for (let index = 0; index < text.length; index++) buffer[start + index] = text.charCodeAt(index);
  },
  /** The header of an element whose content is all that was written since there were that many bytes. */
  header(tag: number, since: number): void {
    const length = room - start - since;
    const end = start;
    if (length >= 0x80) for (let rest = length; rest > 0; rest >>= 8) byte(rest & 0xff);
    byte(length < 0x80 ? length : 0x80 | (end - start));
    byte(tag);
  },
  /** What was written, as a copy. @throws RangeError where there was no room for it */
  take(): Uint8Array {
    if (start < 0) throw new RangeError('there is no room');
    return buffer.slice(start);
  },
};

function byte(value: number): void {
  start -= 1;
  buffer[start] = value;
}
