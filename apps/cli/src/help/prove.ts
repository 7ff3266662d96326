/** The help of the commands for judging what is there. */
export const prove = {
  verify: `kubepki verify [DIR] [-o DIR] [--authority-keys DIR] [--all] [--json]

Proves that a PKI is what its plan says: first the files (keys, certificates,
chains, modes, bundles, kubeconfigs, and what each node has), then, by a TLS
handshake in memory, every client with every server. It needs the folder alone,
not the cluster file; it writes nothing, and connects to no machine. It ends
with 2 where anything is not as planned, and says all of it.

  DIR, -o, --output DIR   the folder of the PKI (pki)
  --authority-keys DIR    where the authorities' keys are, if not in the tree
  --all                   try every connection; otherwise, with many nodes,
                          those of the first and the last of each kind
  --config FILE           the config whose emitters wrote files; --no-config
                          takes none
  --json                  the result as one JSON document

examples:
  kubepki verify
  kubepki verify --json | jq -r '.problems[] | "\\(.where): \\(.message)"'`,

  report: `kubepki report [DIR] [-o DIR] [--format FORMAT] [--no-verify]
               [--authority-keys DIR] [--all]

Draws what is there, on stdout, as one page that needs nothing beside itself: who
connects to whom with which certificate under which authority, when what ends,
the authorities, what can be done with each credential until when, what verify
and lint find, and every credential in a table. Nodes that are alike are drawn
once. No key and no other secret is in it. kubepki plan --html draws the same
before anything is made.

  DIR, -o, --output DIR   the folder of the PKI (pki)
  --format FORMAT         html (the default); or the drawing alone, for other
                          pages: svg, mermaid for Markdown, dot for Graphviz
  --no-verify             leave out what verify and lint find
  --authority-keys DIR    where the authorities' keys are, if not in the tree
  --all                   verify tries every connection
  --config FILE           the config whose emitters wrote files; --no-config
                          takes none

examples:
  kubepki report > report.html
  kubepki report --format mermaid > docs/pki.mmd
  kubepki report --format dot | dot -Tpdf > pki.pdf`,

  lint: `kubepki lint FILE… [--profile PROFILE] [--json]

Holds certificates against the rules that kubepki keeps for its own: what the
RFCs, Go and OpenSSL refuse, and what Kubernetes and etcd ask for. It takes
PEM (bundles, and files with a key, which is not read), DER, kubeconfigs with
certificates inside, and folders; - is stdin. Who issued what is found among
them. It writes nothing, and asks nobody.

  --profile PROFILE       strict (the default), or kubeadm: what kubeadm does
                          otherwise is shown, with the reason, and not counted
  --json                  the whole as one JSON document

It exits with 2 where an error is left, and with 65 where a file cannot be
read or holds no certificate. Warnings alone are 0.

examples:
  kubepki lint pki/current
  kubepki lint --profile kubeadm /etc/kubernetes
  kubepki lint --json ca.crt apiserver.crt`,
} as const;
