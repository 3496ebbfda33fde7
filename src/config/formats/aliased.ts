/** Which tables and lists of YAML an alias stands for, so that what is written for its anchor is not taken for something else. */

const aliased = new WeakSet<object>();

export function markAliased(value: unknown): void {
  if (typeof value === "object" && value !== null) aliased.add(value);
}

export function isAliased(value: unknown): boolean {
  return typeof value === "object" && value !== null && aliased.has(value);
}
