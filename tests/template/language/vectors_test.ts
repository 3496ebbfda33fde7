/** The vectors recorded from Go: engine, functions, time layouts, `$NAME`. Each one is a test. */
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { TemplateError } from "../../../src/template/values/template_error.ts";
import { formatTime } from "../../../src/template/formats/time_layout.ts";
import { NO_TEMPLATES, withTemplate } from "../../../src/template/language/template_set.ts";
import { timeAt } from "../../../src/template/formats/time.ts";
import {
  type GoValue,
  list,
  stringList,
  stringMap,
  struct,
  type TimeValue,
} from "../../../src/template/values/go_value.ts";
import { expandVariables } from "../../../src/template/expand_variables.ts";
import { fixedZone, UTC } from "../../../src/template/formats/zone.ts";
import { executeNow } from "../execute_now.ts";
import { noHost } from "../no_host.ts";

interface Vectors {
  readonly data: Readonly<Record<string, unknown>>;
  readonly templates: readonly TemplateVector[];
  readonly layouts: readonly { layout: string; time: string; zone?: string; output: string }[];
  readonly expansions: {
    readonly env: Readonly<Record<string, string>>;
    readonly vectors: readonly { text: string; only?: "requests"; output: string }[];
  };
}
interface TemplateVector {
  readonly name: string;
  readonly template: string;
  readonly more?: readonly [string, string][];
  readonly data?: unknown;
  readonly output?: string;
  readonly error?: readonly string[];
  readonly at?: string;
}

const VECTORS: Vectors = JSON.parse(
  Deno.readTextFileSync(new URL("../../conformance/template-vectors.json", import.meta.url)),
);

function timeOf(text: string, zone: string | undefined): TimeValue {
  const [, head, fraction = "", sign, hours, minutes] = /^(.{19})(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))$/.exec(
    text,
  ) as unknown as string[];
  const size = sign === undefined ? 0 : Number(hours) * 3600 + Number(minutes) * 60;
  const offset = sign === "-" ? -size : size;
  const seconds = BigInt(Date.parse(`${head}Z`) / 1000 - offset);
  const isUtc = sign === undefined && zone === undefined;
  return timeAt(
    seconds * 1_000_000_000n + BigInt(fraction.padEnd(9, "0")),
    isUtc ? UTC : fixedZone(zone ?? "", offset, zone ?? ""),
  );
}

function valueOf(data: unknown): GoValue {
  if (data === null || typeof data === "string" || typeof data === "boolean") return data;
  if (typeof data === "number") return BigInt(data);
  if (Array.isArray(data)) return list(data.map(valueOf));
  const table = data as Record<string, unknown>;
  const fields = (inner: unknown) => Object.entries(inner as Record<string, unknown>);
  if ("$int" in table) return BigInt(table.$int as string);
  if ("$float" in table) return Number(table.$float);
  if ("$time" in table) return timeOf(table.$time as string, table.zone as string | undefined);
  if ("$env" in table) return stringMap(fields(table.$env) as [string, string][]);
  if ("$strings" in table) return stringList(table.$strings as string[]);
  if ("$struct" in table) {
    return struct(Object.fromEntries(fields(table.$struct).map(([key, item]) => [key, valueOf(item)])));
  }
  return { kind: "map", entries: new Map(fields(table).map(([key, item]) => [key, valueOf(item)])) };
}

function dataOf({ data }: TemplateVector): GoValue {
  if (data === undefined) return undefined;
  return valueOf(typeof data === "string" && data in VECTORS.data ? VECTORS.data[data] : data);
}

function render(vector: TemplateVector): string {
  const files = [["main", vector.template] as const, ...vector.more ?? []];
  const set = files.reduce((before, [name, text]) => withTemplate(before, name, text), NO_TEMPLATES);
  return executeNow(set, "main", dataOf(vector), { host: noHost }).text;
}

for (const vector of VECTORS.templates) {
  Deno.test(`template ${vector.name}`, () => {
    if (vector.output !== undefined) return assertEquals(render(vector), vector.output);
    const { message } = assertThrows(() => render(vector), TemplateError);
    for (const fact of [...vector.error!, vector.at!]) assertStringIncludes(message.toLowerCase(), fact.toLowerCase());
  });
}

for (const { layout, time, zone, output } of VECTORS.layouts) {
  Deno.test(`layout ${JSON.stringify(layout)} of ${time}`, () => {
    assertEquals(formatTime(timeOf(time, zone), layout), output);
  });
}

for (const { text, only, output } of VECTORS.expansions.vectors) {
  const value = (name: string) => VECTORS.expansions.env[name];
  Deno.test(`variables of a request in ${JSON.stringify(text)}`, () => {
    assertEquals(expandVariables(text, "request", value), output);
  });
  if (only) continue;
  Deno.test(`variables of an option in ${JSON.stringify(text)}`, () => {
    assertEquals(expandVariables(text, "option", (name) => value(name) ?? ""), output);
  });
}
