/** The configuration is read before it is known where messages go: what `--trace` tells of it is held back until then. */

export interface HeldTrace {
  readonly tell: (text: string) => void;
  /** Passes on what was held back, and from now on everything. */
  passTo(target: (text: string) => void): void;
}

export function holdTrace(): HeldTrace {
  const held: string[] = [];
  let told: (text: string) => void = (text) => void held.push(text);
  return {
    tell: (text) => told(text),
    passTo(target) {
      told = target;
      held.splice(0).forEach(target);
    },
  };
}
