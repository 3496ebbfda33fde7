/**
 * What templates compute with. Whole numbers are exact (`bigint`, 64 bits), so 1 and 1.0 are different kinds as in Go;
 * `undefined` is *missing* (an absent key, no data), `null` the nil that a map or list holds.
 */

export type GoValue = undefined | null | boolean | bigint | number | string | Compound;
export type Compound = ListValue | MapValue | StructValue | TimeValue | NamedNumber | LocationValue;

export interface ListValue {
  readonly kind: "list";
  readonly items: readonly GoValue[];
  /** A list of strings only, as unit data has them: its text for `contains`, `hex`, … is `[a b]` instead of `[a,b]`. */
  readonly ofStrings?: true;
}
export interface MapValue {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, GoValue>;
  /** A map of strings, as `.Env` is: `index` gives "" for an absent key. */
  readonly ofStrings?: true;
}
/** Has exactly these fields, printed in this order; another name is an error. */
export interface StructValue {
  readonly kind: "struct";
  readonly fields: ReadonlyMap<string, GoValue>;
}
/** A time zone. */
export interface Zone {
  /** What `.Location` prints. */
  readonly name: string;
  /** @param seconds since 1970 UTC */
  at(seconds: number): Offset;
}

export interface Offset {
  /** East of UTC. */
  readonly seconds: number;
  /** `CET`; empty for a zone without names. */
  readonly abbreviation: string;
}

export interface TimeValue {
  readonly kind: "time";
  /** Seconds since 1970 UTC, whole. */
  readonly seconds: number;
  /** 0 to 999,999,999. */
  readonly nanoseconds: number;
  readonly zone: Zone;
  /** The zone that `.Local` goes back to. */
  readonly local: Zone;
}
/** A number that prints as its name; nanoseconds for a duration. Compares as a whole number. */
export interface NamedNumber {
  readonly kind: "month" | "weekday" | "duration";
  readonly number: bigint;
}
export interface LocationValue {
  readonly kind: "location";
  readonly name: string;
}

export function list(items: readonly GoValue[]): ListValue {
  return { kind: "list", items };
}

export function stringList(items: readonly string[]): ListValue {
  return { kind: "list", items, ofStrings: true };
}

export function struct(fields: Readonly<Record<string, GoValue>>): StructValue {
  return { kind: "struct", fields: new Map(Object.entries(fields)) };
}

export function stringMap(entries: Iterable<readonly [string, string]>): MapValue {
  return { kind: "map", entries: new Map(entries), ofStrings: true };
}

export function isNil(value: GoValue): value is undefined | null {
  return value === undefined || value === null;
}

export function isCompound(value: GoValue): value is Compound {
  return typeof value === "object" && value !== null;
}

/** Keeps the low 64 bits, with sign: whole numbers overflow as Go's do. */
export function int64(number: bigint): bigint {
  return BigInt.asIntN(64, number);
}

/** The whole number that the value counts as, `undefined` for every other kind. */
export function wholeNumber(value: GoValue): bigint | undefined {
  if (typeof value === "bigint") return value;
  return isCompound(value) && "number" in value ? value.number : undefined;
}

/** False are false, 0, 0.0, "", the empty list and map, nil and missing. */
export function isTrue(value: GoValue): boolean {
  if (!isCompound(value)) return Boolean(value);
  switch (value.kind) {
    case "list":
      return value.items.length > 0;
    case "map":
      return value.entries.size > 0;
    case "month":
    case "weekday":
    case "duration":
      return value.number !== 0n;
    case "struct":
    case "time":
    case "location":
      return true;
    default:
      return value satisfies never;
  }
}

/** The kind as messages name it. */
export function kindOf(value: GoValue): string {
  if (isNil(value)) return "nil";
  if (isCompound(value)) return value.kind;
  const names: Record<string, string> = { bigint: "int", number: "float", boolean: "bool", string: "string" };
  return names[typeof value]!;
}

/** The kind in Go's words, for `%T` and for the mistakes that printf prints. */
export function goType(value: GoValue): string {
  if (isNil(value)) return "<nil>";
  if (!isCompound(value)) {
    const names: Record<string, string> = { bigint: "int", number: "float64", boolean: "bool", string: "string" };
    return names[typeof value]!;
  }
  switch (value.kind) {
    case "list":
      return value.ofStrings ? "[]string" : "[]interface {}";
    case "map":
      return value.ofStrings ? "map[string]string" : "map[string]interface {}";
    case "struct":
      return "struct";
    case "time":
      return "time.Time";
    case "month":
      return "time.Month";
    case "weekday":
      return "time.Weekday";
    case "duration":
      return "time.Duration";
    case "location":
      return "*time.Location";
    default:
      return value satisfies never;
  }
}
