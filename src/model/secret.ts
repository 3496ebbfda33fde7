/**
 * A text that must not be shown. It prints as `×××` (three U+00D7, the mark of the original tool) wherever it is
 * printed by accident; `reveal()` stands only where an argument, an environment or a request is built.
 */
export class Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return HIDDEN;
  }
  toJSON(): string {
    return HIDDEN;
  }
  [Symbol.for("Deno.customInspect")](): string {
    return HIDDEN;
  }
}

/** Takes the place of a secret in every output. */
export const HIDDEN = "×××";
