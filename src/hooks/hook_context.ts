/** What an HTTP hook knows of its run. */
import type { Failure } from "../model/outcome.ts";
import type { LogLevel } from "../model/invocation.ts";
import type { HttpSettings } from "../model/plan.ts";

export interface HookContext {
  readonly profile: string;
  /** What the user asked for. */
  readonly command: string;
  /** Undefined while nothing has failed. */
  readonly failure: Failure | undefined;
  /** What restic and shell hooks would get; without ERROR… variables, which come from the failure. */
  readonly environment: Readonly<Record<string, string>>;
  /** What restic printed so far, for `.Stdout`. */
  readonly stdout: string;
  /** The same object in all phases of a run: certificates are read once for it. */
  readonly http: HttpSettings;
  /** Absolute; `.CurrentDir` of templates. */
  readonly workingDir: string;
  /** Bodies of replies are read for `trace` alone. */
  readonly level: LogLevel;
}

/** A hook that cannot be sent as it is configured; another attempt would not help. */
export class HookError extends Error {
  override name = "HookError";
}
