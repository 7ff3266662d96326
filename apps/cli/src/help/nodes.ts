/** The help of the commands for bringing a node its files. */
export const nodes = {
  export: `kubepki export NODE… [DIR] [--format tar|cloud-init|ignition] [-o DIR]
               [--authority-keys DIR]

Writes one node's files and links as a tar on stdout, owned by root, laid out
as on the node's /. Folders that a machine has anyway (/, /etc, /var/lib,
/etc/kubernetes, /var/lib/kubelet) are not in it, so their modes stay.
With DIR, which must be empty or not there yet, each node's files go to
DIR/NODE/… instead. The last word is DIR unless it is the name of a node.

  --format FORMAT         a tar, or what a machine reads when it first boots:
                          user data of cloud-init, or an Ignition config
  -o, --output DIR        the folder of the PKI (pki)
  --authority-keys DIR    where the authorities' keys are, if not in the tree

examples:
  kubepki export cp-1 | ssh root@cp-1 tar -xpC /
  kubepki export w-1 --format cloud-init >w-1.yaml
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
} as const;
