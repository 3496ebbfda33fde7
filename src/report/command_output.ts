/** `--command-output`: where the output of restic and hooks goes when there is a log target. */

export interface OutputRoute {
  readonly toConsole: boolean;
  readonly toLog: boolean;
  /** The words were not understood: the console is used. */
  readonly unknown: boolean;
}

/** @param words `auto`, `all`, `log`, `console`, or a comma list of the last two */
export function outputRoute(words: string, hasLog: boolean, stdoutIsTerminal: boolean): OutputRoute {
  const wanted = new Set(words.split(",").map((word) => word.trim().toLowerCase()));
  const unknown = [...wanted].some((word) => !["auto", "all", "log", "console"].includes(word));
  if (!hasLog || unknown) return { toConsole: true, toLog: false, unknown };
  const all = wanted.has("all");
  const auto = wanted.has("auto");
  return {
    toConsole: all || wanted.has("console") || (auto && stdoutIsTerminal),
    toLog: all || auto || wanted.has("log"),
    unknown,
  };
}
