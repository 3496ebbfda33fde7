/** A resolved configuration: what the key tables describe, converted, merged, inherited, paths resolved. */
import type { Position } from "../model/diagnostic.ts";
import type { Scalar } from "../model/value.ts";
import type { GLOBAL_KEYS } from "./global_keys.ts";
import type { Options, Schedule } from "./key.ts";
import type { PROFILE_KEYS } from "./profile_keys.ts";
import type { SectionTable } from "./section_keys.ts";

/** Of the layout that the files are written in. */
export type LayoutVersion = 1 | 2;

export type GlobalOptions = Options<typeof GLOBAL_KEYS>;
export type ProfileOptions = Options<typeof PROFILE_KEYS>;
export type SectionOptions = Partial<Options<SectionTable>>;

/** A flag of restic as configured, by its name in lower case. In a list null is nothing, and a boolean the text of it. */
export type FlagValue = Scalar | readonly Exclude<Scalar, null | boolean>[];
export type FlagValues = ReadonlyMap<string, FlagValue>;

export interface Profile {
  /** As the user (or the group's list) wrote it. */
  readonly name: string;
  readonly version: LayoutVersion;
  readonly options: ProfileOptions;
  /** Everything that is not a key of the tool; names of typed flags (`repository`, `password-file`, …) are in `options`. */
  readonly flags: FlagValues;
  /** By name in lower case; present even when empty. */
  readonly sections: ReadonlyMap<string, Section>;
  /** Absolute folder of the main configuration file. */
  readonly configDir: string;
  /** Absolute: `base-dir`, else the folder the tool was started in. */
  readonly workingDir: string;
  /** Paths that were written relative to it. */
  readonly madeAbsolute: ReadonlySet<string>;
  /** Paths that may name something else than in the original: no repository is made there unasked. */
  readonly doubtful: ReadonlySet<string>;
  /** The file of the template function `env`, if the configuration uses it. */
  readonly dotenv: string | undefined;
  /** Where a value is in the files; keys in lower case, list indexes from 0. */
  at(path: readonly (string | number)[]): Position | undefined;
}

export interface Section {
  readonly name: string;
  readonly options: SectionOptions;
  readonly flags: FlagValues;
}

export interface Group {
  readonly name: string;
  readonly description: string | undefined;
  readonly profiles: readonly string[];
  readonly continueOnError: boolean | undefined;
  /** By command; version 2 only. */
  readonly schedules: ReadonlyMap<string, Schedule>;
}
