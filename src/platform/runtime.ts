/** What the program runs on, as metrics and `version` name it: `deno2.9.6`. */
export const RUNTIME = `deno${Deno.version.deno}`;
