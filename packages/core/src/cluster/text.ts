import { z } from 'zod';

/** What a reader of text gives: the value, or what is wrong with the text and what to write instead. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string; readonly hint?: string };

/** The text is right and means this. */
export function read<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

/** The text is wrong. Neither the message nor the hint repeats a text that was not understood. */
export function wrong(message: string, hint?: string): Parsed<never> {
  return hint === undefined ? { ok: false, message } : { ok: false, message, hint };
}

/** A field of a schema that holds a text and gives what it means; the issue's `params.hint` says what to write. */
export function textField<T>(parse: (text: string) => Parsed<T>) {
  return z.string().transform((text, context): T => {
    const parsed = parse(text);
    if (parsed.ok) return parsed.value;
    const params = parsed.hint === undefined ? {} : { hint: parsed.hint };
    context.issues.push({ code: 'custom', message: parsed.message, input: text, params });
    return z.NEVER;
  });
}
