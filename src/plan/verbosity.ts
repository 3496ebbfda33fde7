/** How `-q`, `-v` and `--trace` of the tool change what profile and sections say about quiet and verbose. */
import type { Flags } from "../model/invocation.ts";
import type { FlagValue, FlagValues, Profile } from "../schema/profile.ts";

/** What of the tool's own flags restic gets too. */
export type Verbosity = Pick<Flags, "quiet" | "verbose" | "verboseCount" | "trace">;

/** restic's level for the tool's flags; 0: they ask for none. */
export function wantedLevel({ trace, verbose, verboseCount }: Verbosity): number {
  if (trace) return 3;
  return verbose ? verboseCount ?? 1 : 0;
}

/**
 * The profile with sections that agree with the tool's flags: those raise a lower verbose and never lower one, and what
 * contradicts them is taken out, for restic refuses quiet beside verbose.
 */
export function withVerbosity(profile: Profile, tool: Verbosity): Profile {
  if (!tool.quiet && wantedLevel(tool) === 0) return profile;
  const sections = new Map(
    [...profile.sections].map(([name, section]) => [name, { ...section, flags: agreeing(section.flags, tool) }]),
  );
  return { ...profile, sections };
}

function agreeing(flags: FlagValues, tool: Verbosity): FlagValues {
  const wanted = wantedLevel(tool);
  const agreed = new Map(flags);
  agreed.delete(wanted > 0 ? "quiet" : "verbose");
  const level = levelOf(agreed.get("verbose"));
  // one that is switched off stays so: it was written for this command alone
  return level > 0 && level < wanted ? agreed.set("verbose", wanted) : agreed;
}

function levelOf(value: FlagValue | undefined): number {
  return typeof value === "object" ? 0 : Number(value) || 0;
}
