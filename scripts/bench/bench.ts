/**
 * Measures the compiled program: `deno task bench`. Figures are ratios against something that ran in the same minute (an empty compiled
 * program, the same pipe without the tool), so that they hold on every machine. Prints a table; the same goes to `dist/bench.json`.
 * `--against BINARY` compares `dist/resticprofile` with another build instead; `--only WORD` picks rows of that.
 */

import { type Folder, makeFolder } from "../../tests/support/folder.ts";
import { standInRestic } from "../../tests/support/restic.ts";
import { startReceiver } from "../../tests/support/receiver.ts";
import { parseArgs } from "@std/cli/parse-args";
import { figuresAgainst } from "./against.ts";
import { configurationFigures } from "./large_configurations.ts";
import { resticFigures } from "./restic_overhead.ts";
import { compile, findCompiler } from "../build/compile.ts";
import { type Command, type Figure, medians, peakMemory, seconds, table, TOOL } from "./measure.ts";
import { captured, ROOT } from "../programs.ts";

const SILENT_HOOKS = 20;

/** @param receiver answers every path but `/silent` */
function profiles(receiver: string): string {
  const silent = Array.from({ length: SILENT_HOOKS }, () => `  { url = "${receiver}/silent" },`).join("\n");
  return `version = "2"

[global]
send-timeout = "2s"

[profiles.default]
repository = "local:/repository"

[profiles.default.backup]
source = "/documents"
run-before = "true"
send-after = { url = "${receiver}/success" }

[profiles.default.check]
send-before = [
${silent}
]
`;
}

async function startUp(folder: Folder, empty: string): Promise<Figure[]> {
  const commands: Command[] = [[empty], [TOOL, "version"], [TOOL, "backup"]];
  const [nothing = 0, version = 0, backup = 0] = await medians(folder, 31, commands);
  return [
    { what: "`version`, against an empty compiled program", value: version / nothing, limit: 1.25, unit: "×" },
    {
      what: "run with a shell and an HTTP hook, stand-in restic, against the same",
      value: backup / nothing,
      limit: 1.8,
      unit: "×",
    },
  ];
}

async function silentHooks(folder: Folder): Promise<Figure> {
  const value = await seconds(folder, [TOOL, "check"]);
  const what = `phase of ${SILENT_HOOKS} hooks that never answer, send-timeout 2 s`;
  return { what, value, limit: 2 + SILENT_HOOKS, unit: "s" };
}

async function waitingMemory(folder: Folder): Promise<Figure> {
  const value = await peakMemory(folder, [TOOL, "mount", "/mnt"]);
  return { what: "peak memory of a waiting run", value, limit: 65, unit: "MB" };
}

function size(empty: string): Figure {
  const value = (Deno.statSync(TOOL).size - Deno.statSync(empty).size) / 1e6;
  return { what: "binary, beyond an empty compiled program", value, limit: 3, unit: "MB" };
}

/** Builds the tool, and beside it a program that does nothing, with the same Deno. */
async function build(folder: Folder): Promise<string> {
  console.log(await captured(Deno.execPath(), ["run", "-A", `${ROOT}/scripts/build/compile.ts`]));
  const empty = `${folder.path}/empty`;
  folder.write({ "empty.js": "" });
  await compile(await findCompiler(Deno.build.target), Deno.build.target, `${folder.path}/empty.js`, empty);
  return empty;
}

async function allFigures(): Promise<Figure[]> {
  await using receiver = startReceiver({ "/silent": { silent: true } });
  using folder = makeFolder({ "profiles.toml": profiles(receiver.url) });
  standInRestic(folder, { mount: { run: "sleep 2" } });
  const empty = await build(folder);
  return [
    ...await startUp(folder, empty),
    ...await resticFigures(await captured("sh", ["scripts/restic"])),
    await silentHooks(folder),
    await waitingMemory(folder),
    ...await configurationFigures(),
    size(empty),
  ];
}

const { against, only } = parseArgs(Deno.args, { string: ["against", "only"], default: { only: "" } });
const figures = against === undefined ? await allFigures() : await figuresAgainst(against, only);
if (against === undefined) {
  await Deno.writeTextFile(`${ROOT}/dist/bench.json`, `${JSON.stringify(figures, undefined, 2)}\n`);
}
console.log(`\n${table(figures)}`);
Deno.exitCode = figures.some(({ value, limit }) => value > limit) ? 1 : 0;
