/** The name in an id: things of one name are told of together. */
export function nameIn(id: string): string {
  return id.replace(/@.*$/, '');
}
