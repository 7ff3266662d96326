/** The help of the commands for looking after one over the years. */
export const keep = {
  diff: `kubepki diff [-f FILE] [-o DIR] [--authority-keys DIR] [--json]

Shows what generate would do, and writes nothing: + what is new, ~ what is made
again and why, - what the cluster file has no longer. Beside that it says what
is due (renew makes it again, generate does not), which files somebody edited,
and what has to be restarted. It exits with 2 where generate would do anything.

  -f, --file FILE         the cluster file (cluster.yaml; - is stdin)
  -o, --output DIR        the folder of the PKI (pki)
  --authority-keys DIR    where the authorities' keys are, if not in the tree
  --config FILE           the config; --no-config takes none
  --json                  the whole as one JSON document

examples:
  kubepki diff
  kubepki diff --json | jq -r '.changes[] | "\\(.mark) \\(.id)"'`,

  renew: `kubepki renew [ID…] [--keep-keys] [--same-key] [-f FILE] [-o DIR]
              [--authority-keys DIR] [--dry-run] [--discard-edits]
              [--no-verify] [--keep N] [--in-place DIR] [--json]

Makes certificates again as the plan says, with new keys, and the kubeconfigs
with them. Without ID that is what is due: what ends within 30 days (renewBefore
in the cluster file), what is in the last third of its life where that is
shorter, and what has ended. A person in system:masters is renewed by name
alone. What changed in the cluster file meanwhile is for generate; renew says so.

  ID                      apiserver (all of that name), apiserver@cp-1 (one),
                          @cp-1 (what is on a node), admin, ca
  --keep-keys             keep the keys, and make certificates alone
  --same-key              let authorities be named: each gets a certificate of
                          the same name and key, so that all it signed stays
                          good, and only the files of those who trust it change
  --dry-run               say what would be renewed; write nothing
  --discard-edits         as for generate
  --no-verify             do not verify before it becomes current
  --keep N, --in-place DIR
                          as for generate
  --config FILE           the config; --no-config takes none
  --json                  the result as one JSON document

examples:
  kubepki renew
  kubepki renew apiserver@cp-1 super-admin
  kubepki renew ca --same-key`,

  status: `kubepki status [PATH…] [-o DIR] [--fail-under TIME] [--metrics FILE]
               [--all] [--fingerprints] [--json]

Shows every certificate, the one that ends first first. A certificate ends when
it does itself, or when an authority above it does. PATH is a PKI of kubepki
(pki), of which the plan and the manifest are read and no key is; or any file
or folder of others: PEM, DER, kubeconfigs, and the files that these name.

  PATH, -o, --output DIR  what to look at (pki)
  --fail-under TIME       end with 2 where anything ends within TIME (30d, 12h,
                          1y), and say what. Not counted: what its process
                          renews itself, as a kubelet does, and what the plan
                          gives a person for no longer than TIME
  --metrics FILE          write FILE (….prom) for node_exporter's textfile collector
                          instead of the table
  --all                   a line for each, however many there are
  --fingerprints          show them on a terminal too, as X509SHA256=… in the
                          API server's audit log
  --json                  the whole as one JSON document

It ends with 65 where a file cannot be read, and shows the others.

examples:
  kubepki status
  kubepki status --fail-under 30d
  kubepki status /etc/kubernetes /var/lib/kubelet/pki
  kubepki status --metrics /var/lib/node_exporter/textfile/kubepki.prom`,

  log: `kubepki log [DIR] [-o DIR] [--json]

Lists the generations that are kept, the latest first: when each was made, what
it holds, and what it changed against the one before: + made, ~ made again,
- dropped. The current one has a *. It writes nothing.

example:
  kubepki log`,

  rollback: `kubepki rollback [N] [-o DIR] [--in-place DIR] [--json]

Makes generation N current again; without N the one before the current. First it
is seen to be whole: every file as it was written. It says which credentials
come back, which of them have ended meanwhile, and whether an authority is
another one. The next generate compares with that generation. No generation is
lost: rollback with the higher number goes forward again.

  --in-place DIR          then put its files into this folder, as generate does;
                          --discard-edits replaces what was edited there

examples:
  kubepki rollback
  kubepki rollback 2`,
} as const;
