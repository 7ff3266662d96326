import type { CommandName } from './commands.ts';
import { keep } from './help/keep.ts';
import { make } from './help/make.ts';
import { nodes } from './help/nodes.ts';
import { prove } from './help/prove.ts';
import { shell } from './help/shell.ts';

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
  report [DIR]            draw who connects to whom, as a page or a picture
  status [PATH…]          what ends when, here or in files of others
  lint FILE…              judge certificates that are there, whoever made them
  export NODE… [DIR]      one node's files as a tar, or several in a folder
  install --node NAME     put a node's files where they belong, on that node
  log [DIR]               list the generations that are kept
  rollback [N]            make an earlier generation current again
  completion SHELL        let bash, zsh or fish complete what you type

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

const texts: Readonly<Record<CommandName, string>> = { ...make, ...keep, ...prove, ...nodes, ...shell };
