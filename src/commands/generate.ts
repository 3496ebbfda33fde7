/** `generate`: files for other programs, on standard output, which has nothing else. */
import { hasOption, operandsOf, optionValue, unknownOptions } from "../cli/options.ts";
import { EXIT } from "../model/exit_status.ts";
import type { Invocation } from "../model/invocation.ts";
import type { World } from "../platform/world.ts";
import { OWN_COMMANDS } from "../schema/own_commands.ts";
import { flag, type FlagName, FLAGS } from "../schema/own_flags.ts";
import { fail } from "./fail.ts";

const { options: OPTIONS } = OWN_COMMANDS.generate;

type Maker = (args: readonly string[], world: World) => number | Promise<number>;

/** What each option makes; the first that is present counts. */
const MAKERS: readonly (readonly [option: keyof typeof OPTIONS, make: Maker])[] = [
  ["bash-completion", async (_, world) => {
    const { bashCompletion } = await import("../cli/completion_scripts/bash.ts");
    return print(bashCompletion(valueFlags().join(" | ")), world);
  }],
  ["config-reference", async (args, world) => {
    const { generateReference } = await import("./generate_reference.ts");
    return generateReference(args, world);
  }],
  ["json-schema", async (args, world) => {
    const { generateSchema } = await import("./generate_schema.ts");
    return generateSchema(args, world);
  }],
  ["random-key", (args, world) => printRandomKey(optionValue(args, "random-key"), world)],
  ["zsh-completion", async (_, world) => {
    const { zshCompletion } = await import("../cli/completion_scripts/zsh.ts");
    return print(zshCompletion(), world);
  }],
  ["fish-completion", async (_, world) => {
    const { fishCompletion } = await import("../cli/completion_scripts/fish.ts");
    return print(fishCompletion(valueFlags().join(" ")), world);
  }],
];

/** Makers that check their operands themselves. */
const READ_WORDS: ReadonlySet<string> = new Set(["json-schema", "config-reference"]);

export async function generate({ args }: Invocation, world: World): Promise<number> {
  const [unknown] = unknownOptions(args, OPTIONS, true);
  if (unknown !== undefined) return fail(`Cannot understand "${unknown}": generate has no such option`, world);
  const [option, make] = MAKERS.find(([option]) => hasOption(args, option)) ?? [];
  if (!make) return fail(`Nothing to generate: choose one of ${makerNames()}`, world);
  const [word] = READ_WORDS.has(option!) ? [] : operandsOf(args, OPTIONS);
  if (word !== undefined) return fail(`Cannot use "${word}" with generate --${option}`, world);
  return await make(args, world);
}

function print(text: string, world: World): number {
  world.console.print(text);
  return EXIT.success;
}

function makerNames(): string {
  return MAKERS.map(([option]) => `--${option}`).join(", ");
}

/** Flags whose value is the word after them, as they are typed. */
function valueFlags(): string[] {
  const names = (Object.keys(FLAGS) as FlagName[]).filter((name) => {
    const { type, bare } = flag(name);
    return type !== "boolean" && bare === undefined;
  });
  return names.flatMap((name) => {
    const { short, aliases = [] } = flag(name);
    return [...short === undefined ? [] : [`-${short}`], ...[name, ...aliases].map((long) => `--${long}`)];
  });
}

const DEFAULT_SIZE = 1_024;
/** A multiple of three, so that base64 has no padding in the middle; the system gives no more than 64 KiB at once. */
const CHUNK = 48 * 1_024;

/** @param size number of random bytes, as typed */
function printRandomKey(size: string | undefined, world: World): number {
  const bytes = Number(size ?? DEFAULT_SIZE);
  if (!/^\d+$/.test(size ?? String(DEFAULT_SIZE)) || bytes < 1 || !Number.isSafeInteger(bytes)) {
    return fail(`Cannot make a key of size "${size}": it must be a number of bytes, 1 or more`, world);
  }
  for (let left = bytes; left > 0; left -= CHUNK) {
    const chunk = crypto.getRandomValues(new Uint8Array(Math.min(left, CHUNK)));
    world.console.print(chunk.toBase64());
  }
  world.console.print("\n");
  return EXIT.success;
}

/** The old form: `random-key [SIZE]`. */
export function randomKey({ args }: Invocation, world: World): number {
  return printRandomKey(args[0], world);
}
