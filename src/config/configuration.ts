/** What the commands get of the files: names, and profiles on demand. */
import type { Diagnostic } from "../model/diagnostic.ts";
import type { GlobalOptions, Group, Profile } from "../schema/profile.ts";
import type { Format } from "./formats/format.ts";
import type { Node, TableNode } from "./nodes/node.ts";

export interface LoadedProfile {
  readonly profile: Profile;
  /** Warnings about likely mistakes in this profile. */
  readonly diagnostics: readonly Diagnostic[];
  /** More warnings, for those who check a configuration. */
  readonly remarks: readonly Diagnostic[];
  /** The values as merged, before conversion: every one knows where it was written. */
  readonly node: TableNode;
}

export interface ExaminedProfile {
  /** Without what is wrong; undefined when there is nothing to read. */
  readonly loaded: LoadedProfile | undefined;
  /** Errors and warnings. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What a listing shows of a profile, which takes much less than all of it. */
export interface ProfileOutline {
  readonly name: string;
  /** Empty without one. */
  readonly description: string;
  /** Sections of restic's commands, sorted. */
  readonly sections: readonly string[];
}

export interface LoadedGroup {
  readonly group: Group;
  readonly diagnostics: readonly Diagnostic[];
  readonly node: Node;
}

export interface Configuration {
  /** The main file as it was given, or as found. */
  readonly path: string;
  readonly format: Format;
  /** It came from a pipe, and is not there any more. */
  readonly isPipe: boolean;
  /** Absolute folder of the main file. */
  readonly dir: string;
  readonly version: 1 | 2;
  /** Its paths are absolute: profiles run in different folders. */
  readonly global: GlobalOptions;
  /** The same, and the problems, without some keys of `global` that this run does not use. */
  globalWithout(keys: readonly string[]): Pick<Configuration, "global" | "diagnostics">;
  /** With paths relative if the configuration was given by a relative name. */
  shownGlobal(): GlobalOptions;
  /** As merged; undefined without a `global` section. */
  readonly globalNode: TableNode | undefined;
  /** Problems that are of no single profile, none of them an error. */
  readonly diagnostics: readonly Diagnostic[];
  /** In lower case, sorted. */
  profileNames(): string[];
  /** In lower case, sorted. */
  groupNames(): string[];
  /**
   * The group of that name in any case of letters.
   * @throws {ConfigError} when it has the wrong shape
   */
  loadedGroup(name: string): LoadedGroup | undefined;
  hasProfile(name: string): boolean;
  /** Whether a YAML alias refers to the table of that name: such a table may exist for its aliases only. */
  isAliased(name: string): boolean;
  /**
   * A profile with everything it inherits, ready to be planned.
   * @param command the restic command that will run, for `$PROFILE_COMMAND` in paths
   * @throws {ConfigError} with all its errors, and its warnings
   */
  profile(name: string, command?: string): Promise<LoadedProfile>;
  /**
   * A profile for a listing: values other than its description are not looked at.
   * @throws {ConfigError} when what it inherits from or uses is wrong
   */
  outline(name: string): ProfileOutline;
  /** The same for those who want to know of all problems. */
  examine(name: string): Promise<ExaminedProfile>;
}
