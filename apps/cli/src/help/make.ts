/** The help of the commands for making a PKI. */
export const make = {
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
kubepki plan [-f FILE] --html | --format FORMAT

Shows what the cluster file means. Reads that file and the config, where there
is one, and writes nothing. What a plugin of the config asks for bears its name.

  (no option)             every certificate, key and file that will be made
  --connections           who talks to whom, at which address, with which
                          certificate
  --flags                 each process's command-line flags, and the settings
                          of its configuration file
  --html                  a page that draws it, as report does of what is made
  --format FORMAT         the drawing alone: mermaid, dot or svg
  --node NODE             of one node only
  --config FILE           the config; --no-config takes none
  --json                  the whole as one JSON document

examples:
  kubepki plan
  kubepki plan --html > plan.html
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
} as const;
