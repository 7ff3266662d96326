import { inspect } from 'node:util';

const hidden = '[secret]';

/** A text that does not print itself: not by String(), JSON, inspect or an error. Only `reveal` gives it. */
export class Secret {
  readonly #reveal: () => string;

  /** @param text the secret, or how to get it; it is asked for at each `reveal`. */
  constructor(text: string | (() => string)) {
    this.#reveal = typeof text === 'string' ? () => text : text;
  }

  reveal(): string {
    return this.#reveal();
  }

  toString(): string {
    return hidden;
  }

  toJSON(): string {
    return hidden;
  }

  [inspect.custom](): string {
    return hidden;
  }
}
