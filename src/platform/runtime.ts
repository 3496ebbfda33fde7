/** What the program runs on, as metrics and `version` name it: `deno2.9.6`. */
export const RUNTIME = `deno${Deno.version.deno}`;

/** What is known of a binary. */
export interface Build {
  /** Of the sources; `unknown` when they did not come from git. */
  readonly commit: string;
  /** RFC 3339. */
  readonly date: string;
  /** `deno2.9.6` */
  readonly builder: string;
}

/** Undefined when the sources run as they are; `scripts/build/compile.ts` puts it into what it compiles, as a global of this name. */
export function build(): Build | undefined {
  return (globalThis as { readonly RESTICPROFILE_BUILD?: Build }).RESTICPROFILE_BUILD;
}
