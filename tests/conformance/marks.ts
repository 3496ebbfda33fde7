/** Marks of cases, `{{DIR}}` and the like: what they stand for differs with each run. */

export interface Marks {
  /** Puts in what they stand for. */
  fill(text: string): string;
  /** Puts the marks back. */
  hide(text: string): string;
}

/** @param values by name, without braces; of two that are alike, the later is put back */
export function marks(values: Readonly<Record<string, string>>): Marks {
  const pairs = Object.entries(values).map(([name, value]) => [`{{${name}}}`, value] as const);
  return {
    fill: (text) => pairs.reduce((filled, [mark, value]) => filled.replaceAll(mark, value), text),
    hide: (text) => pairs.reduceRight((hidden, [mark, value]) => hidden.replaceAll(value, mark), text),
  };
}
