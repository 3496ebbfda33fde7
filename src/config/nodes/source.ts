/** One configuration file: its bytes as text, the text as data, and the way back from a key to its line. */
import { configError, type Diagnostic, type Position } from "../../model/diagnostic.ts";
import { excerptFrom, type ExcerptReader } from "../../model/excerpt.ts";
import type { Table } from "../../model/value.ts";
import { FileError, type World } from "../../platform/world.ts";
import { decodeText } from "../../model/decode.ts";
import { type Format, type KeyPath, type KeyPlace, type Language, SyntaxFault } from "../formats/format.ts";
import { maskText } from "./mask_text.ts";
import { maskedExcerpt, maskedExcerpts } from "./masked_excerpt.ts";

/** A file as read; its path is the one that messages show: as given, or as found. */
export interface SourceFile {
  readonly path: string;
  readonly format: Format;
  readonly text: string;
}

/** The text after templates, with the way back: the line of which file gave a line of it. Lines count from 1. */
export interface Expanded {
  readonly text: string;
  sourceLine(line: number): { readonly name: string; readonly line: number };
}

export interface ConfigSource {
  readonly path: string;
  readonly format: Format;
  readonly value: Table;
  /** Line and column in the file as written, of a key or the nearest parent that is found. Reads the text again when first asked. */
  position(path: KeyPath): Position | undefined;
  /** Whether a template or a variable is on the line where the value was written. */
  isComputed(path: KeyPath): boolean;
  /** Before templates. */
  readonly text: string;
  /** The text at that place in the file as written, from the column to the end of the line and more lines after it. */
  written(at: Position, moreLines?: number): string;
}

/** @throws {ConfigError} when the file cannot be read */
export function readSource(world: World, path: string, format: Format): SourceFile {
  try {
    return { path, format, text: decodeText(world.files.read(path)) };
  } catch (error) {
    if (error instanceof FileError) {
      throw configError("unreadable-file", `Cannot read configuration file "${path}": ${error.message}`);
    }
    throw error;
  }
}

/** The text of a file without templates: every line is its own. */
export function unexpanded({ path, text }: SourceFile): Expanded {
  return { text, sourceLine: (line) => ({ name: path, line }) };
}

/**
 * @param files all files, by path: a line may come from a template that another one defines
 * @param report gets likely mistakes that are not errors, such as a key twice in JSON
 * @throws {ConfigError} for text that the format does not allow
 */
export function parseSource(
  file: SourceFile,
  expanded: Expanded,
  language: Language,
  files: ReadonlyMap<string, SourceFile>,
  report: (problem: Diagnostic) => void,
): ConfigSource {
  const lineOfFile = lineReader(files);
  const excerpts = excerptsOf(files);
  const back = (place: KeyPlace) => sourcePosition(place, expanded, lineOfFile);
  try {
    const { value, notes } = language.parse(expanded.text);
    for (const { message, place } of notes) {
      report({
        code: "syntax",
        severity: "warning",
        message,
        at: place ? back(place) : { path: file.path, line: 1, column: 1 },
      });
    }
    let find: ((path: KeyPath) => KeyPlace | undefined) | undefined;
    const position = (path: KeyPath) => {
      const place = (find ??= language.index(expanded.text))(path);
      if (place === undefined) return undefined;
      return mayBeShown(path) ? excerptFrom(excerpts, back(place)) : back(place);
    };
    const written = (at: Position, moreLines = 0) =>
      Array.from({ length: moreLines + 1 }, (_, index) => lineOfFile(at.path, at.line + index)).join("\n")
        .slice(at.column - 1);
    const isComputed = (path: KeyPath) => {
      const at = position(path);
      return at !== undefined && mayBeComputed(written(at));
    };
    return { path: file.path, format: file.format, value, position, isComputed, text: file.text, written };
  } catch (error) {
    if (error instanceof SyntaxFault) throw syntaxError(error, file, expanded, files);
    throw error;
  }
}

/** Values of variables may be secret, whatever their names are, and go on for lines. */
function mayBeShown(path: KeyPath): boolean {
  return !path.some((step) => String(step).toLowerCase() === "env");
}

/** The text of a file is masked once, however many sources and problems there are. */
const excerptReaders = new WeakMap<SourceFile, ExcerptReader>();

function excerptsOf(files: ReadonlyMap<string, SourceFile>): ExcerptReader {
  return (at) => {
    const file = files.get(at.path);
    if (file === undefined) return undefined;
    const read = excerptReaders.get(file) ?? maskedExcerpts(file.text);
    excerptReaders.set(file, read);
    return read(at);
  };
}

/** @param rest of a line, from a key or a value on: `tag: "{{ .Env.TAG }}"`; quotes with nothing in them are as they were written */
function mayBeComputed(rest: string): boolean {
  return /\{\{|\$/.test(rest) && !/^(?:["']?[\w .-]+["']?\s*[:=]\s*)?(?:""|'')/.test(rest);
}

/** The column is that of the result: exact for a line that the templates left alone. */
function sourcePosition(
  { line, column }: KeyPlace,
  expanded: Expanded,
  lineOfFile: LineTexts,
): Position {
  const { name, line: sourceLine } = expanded.sourceLine(line);
  return { path: name, line: sourceLine, column: Math.min(column, lineOfFile(name, sourceLine).length + 1) };
}

type LineTexts = (path: string, line: number) => string;

/** A file is divided into lines once, when the first is asked for: there may be ten thousand places to tell. */
function lineReader(files: ReadonlyMap<string, SourceFile>): LineTexts {
  const divided = new Map<string, readonly string[]>();
  return (path, line) => {
    const lines = divided.get(path) ?? (files.get(path)?.text ?? "").split(LINE_END);
    divided.set(path, lines);
    return lines[line - 1] ?? "";
  };
}

function syntaxError(
  fault: SyntaxFault,
  file: SourceFile,
  expanded: Expanded,
  files: ReadonlyMap<string, SourceFile>,
): Error {
  const at = sourcePosition(fault.place, expanded, lineReader(files));
  const text = files.get(at.path)?.text ?? "";
  const more = expanded.text === file.text ? {} : { hint: resultAround(expanded.text, fault.place.line) };
  return configError("syntax", fault.message, at, { excerpt: maskedExcerpt(text, at), ...more });
}

/** Lines of a template's result with their numbers: what the parser saw is not what the user wrote. */
function resultAround(text: string, line: number): string {
  const first = Math.max(line - 4, 0);
  const numbered = maskText(text).split("\n").slice(first, line + 3).map((shown, index) =>
    `${String(first + index + 1).padStart(4)}: ${shown}`
  );
  return ["The template gave:", ...numbered].join("\n");
}

const LINE_END = /\r\n|\n|\r/;
