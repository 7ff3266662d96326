import { readFileSync } from 'node:fs';
import type { CommandName } from './commands.ts';

/** Set where the program is one file, which has no package.json beside it. */
declare const KUBEPKI_VERSION: string | undefined;

/** The version of this program, from its package.json. */
export function version(): string {
  if (typeof KUBEPKI_VERSION === 'string') return KUBEPKI_VERSION;
  const path = new URL('../package.json', import.meta.url);
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}

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
  verify [DIR]            prove that what is there is as planned, and connects
  lint FILE…              judge certificates that are there, whoever made them
  export NODE… [DIR]      one node's files as a tar, or several in a folder

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

Writes a commented cluster file to start from. FILE is cluster.yaml unless
it is given; - is stdout. A file that is there is never overwritten.

examples:
  kubepki init
  kubepki init clusters/prod.yaml`,

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
                 [--dry-run] [--no-verify] [--json]

Makes what the cluster file asks for and what is not there yet. What fits is
kept: a second run changes nothing, and time alone is no reason to make a
certificate again. Authorities and service-account keys are never made twice.
What was made is verified, as verify does, before it becomes current.

  --dry-run               say what would be made and why; write nothing
  --no-verify             leave that out
  --authority-keys DIR    authorities' keys go into this folder, outside of the
                          tree, which then holds certificates alone
  --config FILE           the config; --no-config takes none
  --json                  the result as one JSON document

examples:
  kubepki generate
  kubepki generate --dry-run
  kubepki generate -f prod.yaml -o prod-pki --authority-keys /media/stick`,

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
};
