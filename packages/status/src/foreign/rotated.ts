// A kubelet leaves every certificate that it has had beside the one that it has, as kubelet-client-TIME.pem, and lets
// kubelet-client-current.pem lead to that (client-go util/certificate/certificate_store.go).
const dated = /^(.+)-\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d\.pem$/;

/** The names in a folder without what a kubelet has replaced. */
export function withoutReplaced(names: readonly string[]): readonly string[] {
  const known = new Set(names);
  return names.filter((name) => {
    const [, pair] = dated.exec(name) ?? [];
    return pair === undefined || !known.has(`${pair}-current.pem`);
  });
}
