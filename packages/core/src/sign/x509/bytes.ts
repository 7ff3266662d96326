// For the few bytes of a field both are faster than `Buffer.compare`, and need no view.

/** Whether bytes are the same. */
export function sameBytes(bytes: Uint8Array, others: Uint8Array): boolean {
  return bytes.length === others.length && holdsAt(bytes, 0, others);
}

/** Whether some bytes stand at a place of others. */
export function holdsAt(bytes: Uint8Array, at: number, others: Uint8Array): boolean {
  for (let index = 0; index < others.length; index++) {
    if (bytes[at + index] !== others[index]) return false;
  }
  return true;
}
