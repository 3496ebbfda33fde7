/** What every part of planning looks at. */
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Facts } from "../model/facts.ts";
import type { FlagValues, GlobalOptions, Profile } from "../schema/profile.ts";
import type { ResticRelease } from "../schema/restic_flags.ts";
import type { SectionPlan } from "./command_section.ts";
import type { UserArguments } from "./user_arguments.ts";

export interface Planning {
  readonly profile: Profile;
  readonly global: GlobalOptions;
  readonly facts: Facts;
  readonly release: ResticRelease;
  /** The command as the user wrote it: `backup`, `retention`, `repair`. */
  readonly word: string;
  /** What restic runs for it: `forget` for `retention`, `repair snapshots`. */
  readonly command: string;
  /** Of the command; undefined when the profile lacks it. */
  readonly section: SectionPlan | undefined;
  readonly user: UserArguments;
  /** Standard output of the command is for programs: nothing else may be printed there. */
  readonly printsData: boolean;
  /** The user asked restic for a dry run. */
  readonly isResticDryRun: boolean;
  /** Flags of the profile, those of the tool's `-q` and `-v` among them. */
  readonly common: FlagValues;
  /** `--trace` shows what was left out. */
  readonly isTraced: boolean;
  /** Budget of waiting for locks in milliseconds; 0 with `--no-lock`. */
  readonly lockWaitMs: number;
  /** Reported once, however often it is said. */
  readonly note: (diagnostic: Diagnostic) => void;
}
