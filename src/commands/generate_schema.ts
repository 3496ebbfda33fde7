/** `generate --json-schema [--version RESTIC] v1|v2|global`: to standard output. */
import { operandsOf } from "../cli/options.ts";
import { EXIT } from "../model/exit_status.ts";
import type { World } from "../platform/world.ts";
import { OWN_COMMANDS } from "../schema/own_commands.ts";
import { BASE_URL, choosingSchema, configurationSchema } from "../schema/json_schema/document.ts";
import type { Schema } from "../schema/json_schema/values.ts";
import type { KnownRelease } from "../schema/known_release.ts";
import { fail } from "./fail.ts";
import { wantedRelease } from "../cli/restic_release_option.ts";

type Maker = (release: KnownRelease | undefined, base: string) => Schema;

const SCHEMAS: ReadonlyMap<string | undefined, Maker> = new Map<string, Maker>([
  ["v1", (release, base) => configurationSchema(1, release, base)],
  ["v2", (release, base) => configurationSchema(2, release, base)],
  ["global", (_, base) => choosingSchema(base)],
]);

export function generateSchema(args: readonly string[], world: World): number {
  const release = wantedRelease(args);
  if (release.problem !== undefined) return fail(release.problem, world);
  const [kind = inOption(args), ...others] = operandsOf(args, OWN_COMMANDS.generate.options);
  const make = SCHEMAS.get(kind);
  if (make === undefined || others.length > 0) {
    const found = kind === undefined ? "missing kind" : `"${[kind, ...others].join(" ")}" is not a kind of schema`;
    return fail(`Cannot make a JSON schema: ${found}; write v1, v2 or global`, world);
  }
  const base = (world.env.SCHEMA_BASE_URL || BASE_URL).replace(/\/?$/, "/");
  world.console.print(`${JSON.stringify(make(release.known, base), undefined, 2)}\n`);
  return EXIT.success;
}

/** `--json-schema=v1` is as clear. */
function inOption(args: readonly string[]): string | undefined {
  const prefix = "--json-schema=";
  return args.find((arg) => arg.startsWith(prefix))?.slice(prefix.length);
}
