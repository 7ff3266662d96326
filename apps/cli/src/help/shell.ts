/** The help of the commands for whoever types. */
export const shell = {
  completion: `kubepki completion SHELL

Prints a script that lets a shell complete the commands and options of kubepki,
and the values that are known. It calls no program while you type.

  SHELL                   bash (from 3.2 on), zsh or fish

examples:
  kubepki completion bash > /etc/bash_completion.d/kubepki
  source <(kubepki completion bash)
  kubepki completion zsh > "\${fpath[1]}/_kubepki"
  kubepki completion fish > ~/.config/fish/completions/kubepki.fish`,
} as const;
