/** The option `--version` of `generate`: which restic is meant. */
import { hasOption, optionValue } from "./options.ts";
import { type KnownRelease, knownRelease } from "../schema/known_release.ts";
import { RELEASES } from "../schema/restic_flags.ts";

export interface WantedRelease {
  /** Undefined: the option is not there, all releases are meant. */
  readonly known?: KnownRelease | undefined;
  /** Why there is no answer. */
  readonly problem?: string;
}

export function wantedRelease(args: readonly string[]): WantedRelease {
  if (!hasOption(args, "version")) return {};
  const text = optionValue(args, "version");
  const range = `write one from ${RELEASES[0]} to ${RELEASES.at(-1)}, as 0.14 or 0.16.4`;
  if (text === undefined || text.startsWith("-")) return { problem: `Cannot use --version without a value: ${range}` };
  const known = knownRelease(text);
  return known === undefined
    ? { problem: `Cannot use version "${text}": no known restic has it; ${range}` }
    : { known };
}
