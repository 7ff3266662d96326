import { bashScript } from '../completion/bash.ts';
import { fishScript } from '../completion/fish.ts';
import { completionModel, type Model } from '../completion/model.ts';
import { type Shell, shells } from '../completion/takes.ts';
import { zshScript } from '../completion/zsh.ts';
import { usage } from '../failure.ts';
import type { Args } from '../options.ts';

const scripts: Readonly<Record<Shell, (model: Model) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/** The script by which a shell completes what is typed. @throws AppError where the shell is none of these */
export function completion({ words: [word] }: Args): string {
  const shell = shells.find((known) => known === word);
  if (shell !== undefined) return scripts[shell](completionModel());
  throw word === undefined
    ? usage('NO_SHELL', 'for which shell?', `kubepki completion ${shells.join(' | ')}`)
    : usage('UNKNOWN_SHELL', `there is no completion for ${JSON.stringify(word)}`, `there is for ${shells.join(', ')}`);
}
