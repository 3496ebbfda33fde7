/** Finding the main configuration file. */
import { configError } from "../../model/diagnostic.ts";
import { baseName, folderOf, isAbsolutePath, joinPath } from "../../model/path.ts";
import { kindAt } from "../../platform/kind_at.ts";
import { FileError, type World } from "../../platform/world.ts";
import { type Format, formatOfExtension, formatOfName } from "../formats/format.ts";

/** Where things are, before any profile is looked at. */
export interface Folders {
  /** Of the main file, as the configuration was given: `.`, `../conf`, `/etc/restic`. */
  readonly configDir: string;
  readonly configDirAbsolute: string;
  readonly startDir: string;
}

export interface WantedFile {
  /** As `--config` gives it: with or without folder and extension. */
  readonly name: string;
  /** As `--format` gives it; undefined: the extension decides. */
  readonly format: string | undefined;
}

export interface FoundFile {
  /** Relative if the name was relative and exists as it is. */
  readonly path: string;
  readonly format: Format;
  /** It is a pipe, such as `/dev/stdin`: it can be read once, and where it is means nothing. */
  readonly isPipe: boolean;
}

/** In the order of their preference: the first that is found in any place wins. */
const EXTENSIONS = ["conf", "yaml", "toml", "json", "hcl", "yml"];

/** @throws {ConfigError} when there is no such file, or its format is not known */
export function findConfiguration(world: World, { name, format }: WantedFile): FoundFile {
  const given = format === undefined ? undefined : formatOfName(format);
  if (format !== undefined && given === undefined) {
    throw configError("format", `Cannot read format "${format}": use toml (conf), yaml (yml), json or hcl`);
  }
  const places = searchPlaces(name, world);
  const hasExtension = namesExtension(name);
  const names = hasExtension ? [name] : [...(given ? [name] : []), ...configurationNames(name)];
  const obstacles = new Set<string>();
  for (const candidate of names) {
    if (isPipe(candidate, world)) return { path: candidate, format: given ?? formatOf(candidate), isPipe: true };
    const path = places.map((place) => place === "" ? candidate : joinPath(place, candidate)).find((file) =>
      isFile(file, world, obstacles)
    );
    if (path !== undefined) return { path, format: given ?? formatOf(path), isPipe: false };
  }
  if (!hasExtension && !given && (isPipe(name, world) || isFile(name, world, new Set()))) {
    obstacles.add(`"${name}" exists but has no extension: choose its format with --format toml, yaml, json or hcl`);
  }
  const extensions = hasExtension ? "" : ` (.${EXTENSIONS.join(", .")})`;
  const first = isAbsolutePath(name, world.os) ? folderOf(name) : world.startDir;
  const folders = ["Looked in:", first, ...places.filter((place) => place !== "")].join("\n  ");
  throw configError("unreadable-file", `Cannot find configuration "${name}"${extensions}`, undefined, {
    hint: [...obstacles, folders].join("\n"),
  });
}

function namesExtension(name: string): boolean {
  return /\.[^.]+$/.test(baseName(name));
}

/** The files that a name can stand for, in the order of their preference. */
export function configurationNames(name: string): string[] {
  return namesExtension(name) ? [name] : EXTENSIONS.map((extension) => `${name}.${extension}`);
}

/** `<(…)` of a shell, `/dev/stdin`: only if it is named as it is: the search never looks into pipes. */
function isPipe(path: string, { files }: World): boolean {
  return ["stream", "other"].includes(kindAt(path, files) ?? "");
}

/** Where this user may not look, others may have a configuration: not a reason to stop, but worth a message. */
function isFile(path: string, { files }: World, obstacles: Set<string>): boolean {
  try {
    const kind = files.stat(path)?.kind;
    if (kind !== undefined && kind !== "file") {
      obstacles.add(`"${path}" is ${kind === "directory" ? "a folder" : "no file"}`);
    }
    return kind === "file";
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const place = error.reason === "denied" ? folderOf(path) : path;
    obstacles.add(`Cannot access "${place}": ${error.message}`);
    return false;
  }
}

/** @throws {ConfigError} */
function formatOf(path: string): Format {
  const format = formatOfExtension(path);
  if (format === undefined) {
    throw configError("format", `Cannot tell the format of "${path}": name it with --format toml, yaml, json or hcl`);
  }
  return format;
}

/** Folders to look in, in order; the empty one is the name as it is. */
export function searchPlaces(name: string, world: World): string[] {
  if (isAbsolutePath(name, world.os)) return [""];
  const home = world.homeDir();
  const folders = world.os === "windows" ? windowsPlaces(world, home) : unixPlaces(world, home);
  return ["", ...new Set(folders.map((folder) => folder.replaceAll("\\", "/")))];
}

function unixPlaces(world: World, home: string | undefined): string[] {
  const below = (...folders: string[]) => home === undefined ? [] : folders.map((folder) => joinPath(home, folder));
  const mac = world.os === "darwin";
  const user = xdg(world, "XDG_CONFIG_HOME") ?? below(mac ? "Library/Application Support" : ".config");
  const preferences = [...below("Library/Preferences"), "/Library/Application Support", "/Library/Preferences"];
  const system = xdg(world, "XDG_CONFIG_DIRS") ?? (mac ? [...preferences, ...below(".config")] : ["/etc/xdg"]);
  const fixed = ["/usr/local/etc", "/etc", "/opt/local/etc"].flatMap((folder) => [
    folder,
    `${folder}/restic`,
    `${folder}/resticprofile`,
  ]);
  return [
    ...[...user, ...system].map((folder) => joinPath(folder, "resticprofile")),
    ...fixed,
    ...(mac ? below(".config/resticprofile") : []),
    ...below(""),
  ];
}

function windowsPlaces(world: World, home: string | undefined): string[] {
  const variable = (name: string) => world.env[name] === undefined ? [] : [world.env[name]];
  const user = xdg(world, "XDG_CONFIG_HOME") ?? variable("LOCALAPPDATA");
  const system = xdg(world, "XDG_CONFIG_DIRS") ?? [...variable("ProgramData"), ...variable("APPDATA")];
  return [
    ...[...user, ...system].map((folder) => `${folder}/resticprofile`),
    "c:/restic",
    "c:/resticprofile",
    ...(home === undefined ? [] : [home]),
    folderOf(world.executable.replaceAll("\\", "/")),
  ];
}

/** The absolute folders in a variable; undefined without any. */
function xdg(world: World, variable: string): string[] | undefined {
  const separator = world.os === "windows" ? ";" : ":";
  const folders = (world.env[variable] ?? "").split(separator).filter((folder) => isAbsolutePath(folder, world.os));
  return folders.length > 0 ? folders : undefined;
}
