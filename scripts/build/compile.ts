/**
 * Builds the one-file program: `deno task compile [--target TARGET]`.
 *
 * The sources are bundled first, so that the binary carries just the code it runs (a package as a whole would be embedded otherwise)
 * and reads few modules at its start; dynamic imports stay files of their own, read when they are needed. Deno's code cache stays off:
 * it would be a file of a guessable name in the temporary folder. The binary carries its own (`code_cache.ts`).
 */

import { parseArgs } from "@std/cli/parse-args";
import { basename } from "node:path";
import type { Plugin } from "rollup";
import { addCodeCaches } from "./code_cache.ts";
import { RECOVERED_VERSION, recoveredDenort } from "./denort.ts";
import { mergeChunks, MERGED } from "./merge_chunks.ts";
import { captured, denoDir, outcome, ROOT } from "../programs.ts";
import { scriptsOfChunks } from "./scripts_of_chunks.ts";
import type { Build } from "../../src/platform/runtime.ts";

const TARGETS = [
  "x86_64-unknown-linux-gnu",
  "aarch64-unknown-linux-gnu",
  "x86_64-apple-darwin",
  "aarch64-apple-darwin",
  "x86_64-pc-windows-msvc",
];

/** V8's spaces for new objects, in MB: with its own limit, large configurations take a quarter more memory and are no faster. */
const NEW_SPACE = "--v8-flags=--max-semi-space-size=8";

/** A Deno to compile with, and the denort it shall take if not the one that it downloads. */
export interface Compiler {
  readonly version: string;
  readonly deno: string;
  readonly denort: string | undefined;
}

if (import.meta.main) {
  const { target }: { target: string } = parseArgs(Deno.args, {
    string: ["target"],
    default: { target: Deno.build.target },
  });
  if (!TARGETS.includes(target)) {
    console.error(`Cannot build for "${target}": targets are\n  ${TARGETS.join("\n  ")}`);
    Deno.exit(2);
  }
  const file = target === Deno.build.target ? "resticprofile" : `resticprofile-${target}`;
  const output = `${ROOT}/dist/${file}${target.includes("windows") ? ".exe" : ""}`;
  try {
    const compiler = await findCompiler(target);
    await buildTool(compiler, target, output);
    const megabytes = (Deno.statSync(output).size / 1e6).toFixed(1);
    console.log(`${output}: for ${target}, with Deno ${compiler.version}, ${megabytes} MB`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}

/**
 * The running Deno where its denort can be had, else an older one with a recovered denort.
 *
 * @throws {Error} when there is neither for the target
 */
export async function findCompiler(target: string): Promise<Compiler> {
  const { deno: version } = Deno.version;
  if (await canDownload(version, target)) return { version, deno: Deno.execPath(), denort: undefined };
  const denort = await recoveredDenort(target);
  if (denort === undefined) {
    throw new Error(`Cannot build for ${target}: Deno's download site, which has its denort, cannot be reached`);
  }
  console.log(`Cannot reach the denort of Deno ${version}: Deno ${RECOVERED_VERSION} builds instead`);
  const deno = await captured("sh", ["scripts/deno", "eval", "console.log(Deno.execPath())"], {
    DENO_EXACTLY: RECOVERED_VERSION,
  });
  return { version: RECOVERED_VERSION, deno, denort };
}

/** Whether `deno compile` will get its denort: it has it already, or the site answers (asked here, as it would try for minutes). */
async function canDownload(version: string, target: string): Promise<boolean> {
  const archive = `release/v${version}/denort-${target}.zip`;
  if (await Deno.stat(`${await denoDir()}/dl/${archive}`).then(() => true, () => false)) return true;
  const question = fetch(`https://dl.deno.land/${archive}`, { method: "HEAD", signal: AbortSignal.timeout(10_000) });
  return await question.then(({ ok }) => ok, () => false);
}

/** Makes a binary of a module and all that it imports. @param entry path of a `.ts` file */
export async function build(compiler: Compiler, target: string, entry: string, output: string): Promise<void> {
  await inFolder(async (folder) => {
    await bundle(entry, folder, []);
    await compile(compiler, target, `${folder}/${basename(entry, ".ts")}.js`, output);
  });
}

/** Makes the binary of the tool. Code caches can be made only where the binary runs; without them it starts more slowly. */
async function buildTool(compiler: Compiler, target: string, output: string): Promise<void> {
  await inFolder(async (folder) => {
    await bundle(`${ROOT}/src/main.ts`, folder, [scriptsOfChunks(MERGED)]);
    await Deno.copyFile(`${ROOT}/scripts/build/embedded_script.js`, `${folder}/embedded_script.js`);
    const compileAll = (entry: string, program: string) => compile(compiler, target, entry, program, [folder]);
    if (target === Deno.build.target) await addCodeCaches(folder, compileAll);
    await Deno.writeTextFile(`${folder}/start.js`, await start(compiler));
    await compileAll(`${folder}/start.js`, output);
  });
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "resticprofile-bundle-" });
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Writes a module and all it needs into a folder, in few files; what is imported dynamically and seldom stays in files of its own. */
async function bundle(entry: string, folder: string, plugins: readonly Plugin[]): Promise<void> {
  const parts = `${folder}/parts`;
  const options = ["--quiet", "--platform=deno", "--code-splitting", `--outdir=${parts}`];
  await captured(Deno.execPath(), ["bundle", ...options, entry]);
  for (const { name } of Deno.readDirSync(parts)) await giveNodeTimers(`${parts}/${name}`);
  await mergeChunks(parts, basename(entry, ".ts"), folder, plugins);
  await Deno.remove(parts, { recursive: true });
}

/**
 * The module that the binary starts with: tells what `build()` of `src/platform/runtime.ts` gives, then runs the program. `Deno.exit` would
 * take a tenth of the time of an empty program for events that nobody listens to.
 */
async function start({ version }: Compiler): Promise<string> {
  const git = await outcome("git", ["rev-parse", "--short=12", "HEAD"]).catch(() => undefined);
  const build: Build = {
    commit: git?.code === 0 ? git.stdout.trim() : "unknown",
    date: new Date().toISOString().replace(/\.\d+/, ""),
    builder: `deno${version}`,
  };
  return [
    'import { main } from "./main.js";',
    `globalThis.RESTICPROFILE_BUILD = ${JSON.stringify(build)};`,
    "process.reallyExit(await main(Deno.args));",
  ].join("\n");
}

/** Deno gives packages Node's timers (objects, with `unref`) as globals, but not code of our own, which undici has become here. */
async function giveNodeTimers(path: string): Promise<void> {
  const text = await Deno.readTextFile(path);
  if (!/^\/\/ .*\/undici\//m.test(text)) return;
  const timers = "setTimeout, clearTimeout, setInterval, clearInterval";
  await Deno.writeTextFile(path, `import { ${timers} } from "node:timers";\n${text}`);
}

/**
 * Makes a binary of a module whose imports are all files beside it.
 *
 * @param include files and folders that the program reads, or imports by names that it makes up
 */
export async function compile(
  compiler: Compiler,
  target: string,
  entry: string,
  output: string,
  include: readonly string[] = [],
): Promise<void> {
  const plain = ["--quiet", "--no-check", "--no-config", "--no-lock", "--no-code-cache", NEW_SPACE];
  const files = [...include.map((path) => `--include=${path}`), `--target=${target}`, `--output=${output}`];
  const env = compiler.denort === undefined ? {} : { DENORT_BIN: compiler.denort };
  await captured(compiler.deno, ["compile", ...plain, "-A", ...files, entry], env);
}
