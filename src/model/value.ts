/**
 * What every configuration format is parsed to. Integers that a `number` cannot hold exactly are a `bigint`, so that
 * `--flag=9007199254740993` reaches restic as it was written; dates without quotes are their text.
 */
export type Scalar = string | number | bigint | boolean | null;
export type Value = Scalar | Table | readonly Value[];
export interface Table {
  readonly [key: string]: Value;
}

/** True for a table: neither a list nor a scalar. */
export function isTable(value: Value | undefined): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
