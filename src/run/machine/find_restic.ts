/** Which restic runs, which version it is, and whether the table of its flags can be trusted. */
import { absoluteFrom, baseName } from "../../model/path.ts";
import { kindAt } from "../../platform/kind_at.ts";
import type { World } from "../../platform/world.ts";
import { findProgram, pathFolders } from "./find_program.ts";
import { askVersion } from "./ask_version.ts";

/** Of the `global` section. */
export interface ResticSettings {
  /** `restic-binary`, variables and `~` replaced; relative to the folder the tool was started in. */
  readonly binary: string | undefined;
  /** `restic-version`: two or three numbers, one is enough. */
  readonly version: string | undefined;
  /** `restic-arguments-filter` */
  readonly filter: boolean;
}

/** What there is to say about the search. */
export interface ResticWarning {
  readonly text: string;
  /** The key of the `global` section that it is about; undefined: none. */
  readonly key?: "restic-binary" | "restic-version";
}

export interface ResticProgram {
  /** Undefined: not found. */
  readonly path: string | undefined;
  /** Undefined: not known, the newest counts. */
  readonly version: string | undefined;
  /** Whether flags that this restic does not know are left out. */
  readonly filter: boolean;
  readonly warnings: readonly ResticWarning[];
  /** Why nothing can be done with it: it had to be ended when it was asked for its version. */
  readonly failure?: string;
}

/** Asks restic for its version only if the configuration does not say it. */
export async function findRestic(settings: ResticSettings, world: World): Promise<ResticProgram> {
  const { path, warnings } = locateRestic(settings.binary, world);
  const isRestic = path !== undefined && /^restic(\.[^.]*)?$/i.test(baseName(path.replaceAll("\\", "/")));
  const filter = settings.filter && isRestic;
  if (path === undefined) return { path, version: undefined, filter, warnings };
  if (settings.version) {
    if (/^v?\d+(\.\d+){0,2}$/.test(settings.version)) return { path, version: settings.version, filter, warnings };
    const text = `Cannot read restic-version "${settings.version}": write it as "0.18.1"; all flags are passed on`;
    return { path, version: undefined, filter: false, warnings: [...warnings, { text, key: "restic-version" }] };
  }
  const { version, problem } = await askVersion(path, world);
  if (problem !== undefined) return { path, version, filter, warnings, failure: noAnswer(path, problem) };
  const unknown = { text: `Cannot find out the version of ${path}: the newest known one is assumed` };
  return { path, version, filter, warnings: version === undefined ? [...warnings, unknown] : warnings };
}

function noAnswer(path: string, problem: string): string {
  return `Cannot find out the version with "${path} version": ${problem}; restic-version in the global section tells it`;
}

function locateRestic(
  binary: string | undefined,
  world: World,
): Pick<ResticProgram, "path" | "warnings"> {
  if (!binary) return { path: searchRestic(world), warnings: [] };
  const path = absoluteFrom(world.startDir, binary, world.os);
  if (kindAt(path, world.files) === "file") return { path, warnings: [] };
  const text = `Cannot find restic-binary "${binary}": restic is looked for on the PATH`;
  return { path: searchRestic(world), warnings: [{ text, key: "restic-binary" }] };
}

/** The PATH goes first: what the user calls as `restic` is what runs. */
function searchRestic(world: World): string | undefined {
  const home = world.homeDir();
  const usual = ["/usr/bin", "/bin", "/usr/local/bin", "/opt/local/bin"];
  const own = home === undefined ? [] : [`${home}/.local/bin`, `${home}/bin`];
  return findProgram("restic", [...pathFolders(world), ...usual, ...own], world);
}
