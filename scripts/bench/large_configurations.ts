/** Measures large configurations: one profile must cost the parsing of its file, and all of them no more than time in proportion. */

import { type Folder, makeFolder } from "../../tests/support/folder.ts";
import { standInRestic } from "../../tests/support/restic.ts";
import { build, findCompiler } from "../build/compile.ts";
import { type Command, type Figure, medians, peakMemory, TOOL } from "./measure.ts";
import { ROOT } from "../programs.ts";

const MANY = 10_000;
const FEW = 1_000;
const FILES = 200;

/** One profile each, about 160 bytes. Its password file is not there, so that `validate` has something to say. */
function toml(count: number, first = 0): string {
  return numbers(count, first).map((n) =>
    `[profiles.p${n}]
repository = "local:/srv/p${n}"
password-file = "key"
[profiles.p${n}.backup]
source = ["/data/${n}", "/home/${n}"]
exclude = ["*.tmp"]
tag = "t${n}"
`
  ).join("");
}

function yaml(count: number): string {
  const profiles = numbers(count, 0).map((n) =>
    `  p${n}:
    repository: "local:/srv/p${n}"
    password-file: key
    backup:
      source: [/data/${n}, /home/${n}]
      exclude: ["*.tmp"]
      tag: t${n}
`
  );
  return `profiles:\n${profiles.join("")}`;
}

/** A configuration of so many profiles in YAML. */
export function manyProfiles(count: number): string {
  return `version: "2"\n${yaml(count)}`;
}

function numbers(count: number, first: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

const VERSION = 'version = "2"\n';

function configurations(): Record<string, string> {
  const included = numbers(FILES, 0).map((n) => [`parts/${n}.toml`, toml(MANY / FILES, n * MANY / FILES)]);
  return {
    "many.toml": VERSION + toml(MANY),
    "few.toml": VERSION + toml(FEW),
    "many.yaml": manyProfiles(MANY),
    "few.yaml": manyProfiles(FEW),
    "parts.toml": `${VERSION}includes = "parts/*.toml"\n`,
    ...Object.fromEntries(included),
  };
}

/** @returns figures of the compiled program, which is there already */
export async function configurationFigures(): Promise<Figure[]> {
  using folder = makeFolder(configurations());
  standInRestic(folder, {});
  const parser = `${folder.path}/parser`;
  await build(await findCompiler(Deno.build.target), Deno.build.target, `${ROOT}/scripts/bench/parse_alone.ts`, parser);
  return [
    ...await runs(folder, parser),
    ...await listings(folder),
    await memoryOf("a run", folder, runOf("many.yaml")),
    await memoryOf("`profiles`", folder, listing("many.yaml", "profiles")),
    await memoryOf("`validate`", folder, listing("many.yaml", "validate")),
  ];
}

function runOf(file: string): Command {
  return [TOOL, "-c", file, "-n", "p500", "backup"];
}

function listing(file: string, name: "profiles" | "validate"): Command {
  return [TOOL, "-c", file, name];
}

async function memoryOf(name: string, folder: Folder, command: Command): Promise<Figure> {
  const value = await peakMemory(folder, command);
  return { what: `peak memory of ${name}, ${MANY} profiles in YAML`, value, limit: 200, unit: "MB" };
}

async function runs(folder: Folder, parser: string): Promise<Figure[]> {
  const [tomlParsed = 0, tomlRun = 0, yamlParsed = 0, yamlRun = 0, parts = 0] = await medians(folder, 9, [
    [parser, "many.toml"],
    runOf("many.toml"),
    [parser, "many.yaml"],
    runOf("many.yaml"),
    runOf("parts.toml"),
  ]);
  const what = `run of one of ${MANY} profiles`;
  return [
    { what: `${what} in TOML, against the parser alone`, value: tomlRun / tomlParsed, limit: 2, unit: "×" },
    { what: `${what} in YAML, against the parser alone`, value: yamlRun / yamlParsed, limit: 2, unit: "×" },
    { what: `${what} in ${FILES} included files, against one file`, value: parts / tomlRun, limit: 1.3, unit: "×" },
  ];
}

async function listings(folder: Folder): Promise<Figure[]> {
  const [few = 0, many = 0, validated = 0, fewValidated = 0] = await medians(folder, 5, [
    listing("few.yaml", "profiles"),
    listing("many.yaml", "profiles"),
    listing("many.yaml", "validate"),
    listing("few.yaml", "validate"),
  ]);
  return [
    { what: `\`profiles\`, ${FEW} profiles`, value: few, limit: 0.15, unit: "s" },
    { what: `the same for ${MANY}, against that`, value: many / few, limit: 12, unit: "×" },
    { what: `\`validate\`, ${MANY} profiles, a warning for each`, value: validated, limit: 3, unit: "s" },
    { what: `the same, against ${FEW} profiles`, value: validated / fewValidated, limit: 12, unit: "×" },
  ];
}
