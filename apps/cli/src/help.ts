import type { CommandName } from './commands.ts';

/** The help of the program, or of one command. */
export function helpOf(command?: CommandName): string {
  return command === undefined ? program : texts[command];
}

const program = `kubepki makes every certificate, key and kubeconfig of a Kubernetes cluster.

usage: kubepki COMMAND [OPTIONS]

  init [FILE]             write a cluster file to start from
  schema                  print the JSON Schema of cluster files, for editors
  plan                    show what will be made, and who uses it
  generate                make what is missing, keep what fits
  diff                    show what generate would change, and why
  renew [ID…]             make again what ends soon, or what is named
  adopt DIR…              take over what kubeadm or somebody by hand has made
  verify [DIR]            prove that what is there is as planned, and connects
  status [PATH…]          what ends when, here or in files of others
  lint FILE…              judge certificates that are there, whoever made them
  export NODE… [DIR]      one node's files as a tar, or several in a folder
  install --node NAME     put a node's files where they belong, on that node
  log [DIR]               list the generations that are kept
  rollback [N]            make an earlier generation current again

  -f, --file FILE         the cluster file (cluster.yaml; - is stdin)
  --config FILE           the config: plugins and rules of your own, in code.
                          Without it a kubepki.config.ts (.mts, .js, .mjs)
                          beside the cluster file or here is taken
  --no-config             take none
  -o, --output DIR        the folder of the PKI (pki)
  --authority-keys DIR    keep authorities' keys in a folder of their own
                          (or the variable KUBEPKI_AUTHORITY_KEYS)
  --json                  one JSON document on stdout
  -h, --help              this, or with a command the help of that
  --version               the version

examples:
  kubepki init
  kubepki generate
  kubepki export cp-1 | ssh root@cp-1 tar -xpC /

exit codes: 0 fine, 2 the answer is no, 64 wrong usage, 65 bad input,
  74 the disk or the network failed, 75 busy, 130 and 143 stopped, 1 a bug`;

const texts: Readonly<Record<CommandName, string>> = {
  init: `kubepki init [FILE]
kubepki init --from [NODE=]DIR… [-f FILE]
kubepki init --from-kubeadm CONFIG [FILE]

Writes a commented cluster file to start from, or one that describes what is
there already. FILE is cluster.yaml unless it is given; - is stdout. A file
that is there is never overwritten.

  --from DIR…             describe a PKI that is there: each node's
                          /etc/kubernetes, or a tar of it, as adopt takes them.
                          What the files do not tell is guessed, and said so
  --from-kubeadm CONFIG   of kubeadm's configuration (v1beta3, v1beta4), or of
                          the ConfigMap kubeadm-config; what concerns the PKI
                          and is not understood is a warning

examples:
  kubepki init
  kubepki init clusters/prod.yaml
  kubepki init --from cp-1.tar cp-2.tar w-1.tar
  kubectl -n kube-system get cm kubeadm-config -o yaml |
    kubepki init --from-kubeadm -`,

  schema: `kubepki schema [--config FILE | --no-config]

Prints the JSON Schema of cluster files, with the options of the config's
plugins. An editor that knows it completes and checks: put this line at the
top of a cluster file.

  # yaml-language-server: $schema=./cluster.schema.json

example:
  kubepki schema > cluster.schema.json`,

  plan: `kubepki plan [-f FILE] [--connections | --flags [--node NODE]] [--json]

Shows what the cluster file means. Reads that file and the config, where there
is one, and writes nothing. What a plugin of the config asks for bears its name.

  (no option)             every certificate, key and file that will be made
  --connections           who talks to whom, at which address, with which
                          certificate
  --flags                 each process's command-line flags, and the settings
                          of its configuration file
  --node NODE             of one node only
  --config FILE           the config; --no-config takes none
  --json                  the whole as one JSON document

examples:
  kubepki plan
  kubepki plan --flags --node cp-1
  kubepki plan --json | jq -r '.files[].path'`,

  generate: `kubepki generate [-f FILE] [-o DIR] [--authority-keys DIR]
                 [--dry-run] [--discard-edits] [--no-verify] [--keep N]
                 [--in-place DIR] [--json]

Makes what the cluster file asks for and what is not there yet. What fits is
kept: a second run changes nothing, and time alone is no reason to make a
certificate again. Authorities and service-account keys are never made twice.
What was made is verified, as verify does, before it becomes current.

  --dry-run               say what would be made and why; write nothing
  --discard-edits         where somebody changed files of the tree: write them
                          again, and make anew what they alone held
  --no-verify             leave that out
  --keep N                how many generations are kept, the current one counted
                          (3); older ones are removed once the new one is
                          current. \`all\` removes none
  --in-place DIR          afterwards put the files of the tree into this folder,
                          as plain files at fixed names, for what cannot follow
                          a link; only what changed is written, and a run that
                          was killed is finished or taken back by the next
  --authority-keys DIR    authorities' keys go into this folder, outside of the
                          tree, which then holds certificates alone
  --config FILE           the config; --no-config takes none
  --json                  the result as one JSON document

examples:
  kubepki generate
  kubepki generate --dry-run
  kubepki generate -f prod.yaml -o prod-pki --authority-keys /media/stick`,

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

  adopt: `kubepki adopt [NODE=]DIR… [-f FILE] [-o DIR] [--authority-keys DIR]
              [--dry-run] [--no-verify] [--json]

Takes over a PKI that kubeadm, a recipe or this program has made, as the first
generation of a new output folder: authorities, service-account keys, and every
certificate and kubeconfig that is still good and as the cluster file says. All
else is made anew, as generate would. It says of each what was taken over, or
what is missing, wrong or weak. Nothing is written into the old folders.

  DIR                     a node's /etc/kubernetes, its / or its pki folder, or
                          one folder with all files; or a tar of one of these,
                          also by gzip; - is a tar on stdin
  NODE=                   the node that it is of, where nothing in it tells
  -o, --output DIR        the folder of the new PKI (pki)
  --authority-keys DIR    authorities' keys go into this folder
  --dry-run               say what would be taken over; write nothing
  --no-verify             do not verify what was made
  --config FILE           the config; --no-config takes none
  --json                  the result as one JSON document

examples:
  kubepki adopt /etc/kubernetes
  ssh root@cp-1 tar -cC /etc/kubernetes . | kubepki adopt cp-1=-
  kubepki adopt cp-1.tar cp-2.tar w-1.tar`,

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

  export: `kubepki export NODE… [DIR] [-o DIR] [--authority-keys DIR]

Writes one node's files and links as a tar on stdout, owned by root, laid out
as on the node's /. Folders that a machine has anyway (/, /etc, /var/lib,
/etc/kubernetes, /var/lib/kubelet) are not in it, so their modes stay.
With DIR, which must be empty or not there yet, each node's files go to
DIR/NODE/… instead. The last word is DIR unless it is the name of a node.

  -o, --output DIR        the folder of the PKI (pki)
  --authority-keys DIR    where the authorities' keys are, if not in the tree

examples:
  kubepki export cp-1 | ssh root@cp-1 tar -xpC /
  kubepki export w-1 w-2 w-3 out/`,

  install: `kubepki install --node NAME [FROM] [-o DIR] [--authority-keys DIR]
                [--root DIR] [--dry-run] [--discard-edits] [--exec] [--json]

Puts a node's files where they belong, on that node: only what differs, with
owner and mode, all of it or none. Then it says which processes must be
restarted, and which read their new files by themselves. A run that was killed
is finished or taken back by the next. A kubelet's client certificate that the
kubelet renewed itself stays, while it is valid and of the same authority. What
it wrote is remembered in /var/lib/kubepki; a file that somebody changed since
stops it (65), and what is no longer planned goes.

  --node NAME             the node that this is
  FROM                    what export wrote: a folder with a folder for each
                          node, or - for a tar on stdin. Without it the current
                          generation of the output folder (-o) is taken
  --root DIR              a folder that stands for /, such as a mounted image
  --dry-run               say what would be written; write nothing
  --authority-keys DIR    where the authorities' keys are, if not in the tree
  --discard-edits         replace files that somebody else wrote or changed, but
                          no key of an authority
  --exec                  restart what must be: by systemctl, and for containers
                          by crictl stop, after which the kubelet starts them
  --json                  the result as one JSON document

It exits with 74 where a restart failed; the files are there then.

examples:
  kubepki install --node cp-1 --exec
  kubepki export cp-1 | ssh root@cp-1 kubepki install --node cp-1 -`,

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
};
