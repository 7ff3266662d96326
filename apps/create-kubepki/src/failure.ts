/** What a user did wrong, or what the machine would not do, with the exit code of it. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly exitCode: number;
  readonly hint: string | undefined;

  constructor(message: string, { exitCode, hint }: { readonly exitCode: 64 | 65 | 74; readonly hint?: string }) {
    super(message);
    this.exitCode = exitCode;
    this.hint = hint;
  }
}
