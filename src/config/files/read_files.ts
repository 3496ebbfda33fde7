/** All files of a configuration: read once, expanded and parsed for each profile. */
import { ConfigError, type Diagnostic } from "../../model/diagnostic.ts";
import { absoluteFrom, baseName, cleanPath, folderOf } from "../../model/path.ts";
import type { World } from "../../platform/world.ts";
import { type Expander, type Expansion, isTemplate, plainExpander, type Reader, type Stage } from "./expansion.ts";
import { findConfiguration, type Folders, type WantedFile } from "./find_file.ts";
import { type Format, type Language, loadLanguage } from "../formats/format.ts";
import { includedFiles } from "./includes.ts";
import { collecting } from "../nodes/collected_problems.ts";
import { type ConfigSource, type Expanded, parseSource, readSource, type SourceFile } from "../nodes/source.ts";
import { type Trace, traceTexts } from "./template_trace.ts";

export interface Parsed {
  /** The main file first. */
  readonly sources: readonly ConfigSource[];
  /** The file of the template function `env`, if the texts name it. */
  readonly dotenv: string | undefined;
}

export interface SourceSet {
  readonly main: SourceFile;
  readonly isPipe: boolean;
  readonly folders: Folders;
  /** What is of no single profile: expanded for the profile `default`. */
  readonly start: Parsed;
  /** @throws {ConfigError} */
  parse(reader: Omit<Reader, "schedule">): Parsed;
  variesBy: Expander["variesBy"];
}

export interface WantedSources extends WantedFile {
  /** `COMMAND@NAME` of a scheduled run, for templates. */
  readonly schedule?: string | undefined;
}

export interface Listeners {
  readonly report: (problem: Diagnostic) => void;
  /** Called for every file after its templates, once for each execution. */
  readonly trace?: Trace | undefined;
}

/** @throws {ConfigError} when a file cannot be found, read, expanded or parsed */
export async function openSources(world: World, wanted: WantedSources, listeners: Listeners): Promise<SourceSet> {
  const { report, trace } = listeners;
  const found = findConfiguration(world, wanted);
  if (found.path !== wanted.name) {
    report({ code: "found-file", severity: "info", message: `Using configuration file ${found.path}` });
  }
  const main = readSource(world, found.path, found.format);
  const folders = foldersOf(found.isPipe ? baseName(main.path) : main.path, world);
  const expanderOf = (files: readonly SourceFile[]) => openExpander(files, world, folders, report);
  const parser: Parser = { languages: new Map(), report, parsed: new Map() };

  const { schedule = "" } = wanted;
  const reader = { profile: "default", currentDir: world.startDir, schedule };
  const alone = await expanderOf([main]);
  const included = await readIncludes(main, alone.expand(reader, "includes"), { parser, folders, world, trace });
  const files = [main, ...included];
  const expander = included.length === 0 ? alone : await expanderOf(files);
  const parse = (reader: Reader, stage: Stage): Parsed => {
    const { texts, dotenv } = expander.expand(reader, stage);
    if (trace) traceTexts(files, texts, reader.profile, trace);
    return { sources: parseAll(parser, files, texts), dotenv };
  };
  return {
    main,
    isPipe: found.isPipe,
    folders,
    start: parse(reader, "start"),
    parse: (reader) => parse({ ...reader, schedule }, "profile"),
    variesBy: expander.variesBy,
  };
}

interface Surroundings {
  readonly parser: Parser;
  readonly folders: Folders;
  readonly world: World;
  readonly trace: Listeners["trace"];
}

async function readIncludes(
  main: SourceFile,
  { texts }: Expansion,
  { parser, folders, world, trace }: Surroundings,
): Promise<SourceFile[]> {
  const { languages, report } = parser;
  languages.set(main.format, await loadLanguage(main.format));
  const source = tracedIfWrong(() => parseAll(parser, [main], texts)[0]!, () => {
    if (trace) traceTexts([main], texts, "default", trace);
  });
  const included = includedFiles(source, folders.configDir, world, report);
  for (const { format } of included) languages.set(format, await loadLanguage(format));
  return each(included, ({ path, format }) => readSource(world, path, format));
}

/** The text is shown when the files are complete; this one will not get so far. */
function tracedIfWrong<T>(work: () => T, trace: () => void): T {
  try {
    return work();
  } catch (error) {
    trace();
    throw error;
  }
}

function foldersOf(path: string, { os, startDir }: World): Folders {
  const configDir = folderOf(os === "windows" ? path.replaceAll("\\", "/") : path);
  const absolute = cleanPath(absoluteFrom(startDir, configDir, os));
  return { configDir, configDirAbsolute: absolute, startDir };
}

async function openExpander(
  files: readonly SourceFile[],
  world: World,
  folders: Folders,
  report: Listeners["report"],
): Promise<Expander> {
  if (!files.some(isTemplate)) return plainExpander(files);
  const { templateExpander } = await import("./file_templates.ts");
  return await templateExpander(files, world, folders, report);
}

interface Parser {
  /** Of the formats in use. */
  readonly languages: Map<Format, Language>;
  readonly report: Listeners["report"];
  /** Files without templates: they are the same for every profile. */
  readonly parsed: Map<SourceFile, ConfigSource>;
}

function parseAll(
  { languages, report, parsed }: Parser,
  files: readonly SourceFile[],
  texts: readonly Expanded[],
): ConfigSource[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return each(files, (file, index) => {
    const known = parsed.get(file);
    if (known) return known;
    const source = parseSource(file, texts[index]!, languages.get(file.format)!, byPath, report);
    if (!isTemplate(file)) parsed.set(file, source);
    return source;
  });
}

/**
 * Does all of the work before it gives up: a user wants to know of every broken file.
 * @throws {ConfigError}
 */
function each<T, R>(items: readonly T[], work: (item: T, index: number) => R): R[] {
  const problems: Diagnostic[] = [];
  const results = items.flatMap((item, index) => {
    const result = collecting((problem) => void problems.push(problem), () => work(item, index));
    return result === undefined ? [] : [result];
  });
  if (problems.length > 0) throw new ConfigError(problems);
  return results;
}
