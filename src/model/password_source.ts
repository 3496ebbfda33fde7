/** Where restic gets the password of a repository from; without any of it restic asks. */

const FLAGS = ["password-file", "password-command", "insecure-no-password"] as const;
const VARIABLES = ["PASSWORD", "PASSWORD_FILE", "PASSWORD_COMMAND"] as const;
/** restic's commands that open no repository. */
export const WITHOUT_REPOSITORY: ReadonlySet<string> = new Set([
  "cache",
  "features",
  "generate",
  "help",
  "options",
  "self-update",
  "version",
]);

export interface PasswordCall {
  /** restic's command. */
  readonly command: string;
  /** Its own words, and those that follow them. */
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** Whether restic will ask for the password of a repository, or for a new one. */
export function asksForPassword({ command, words, environment }: PasswordCall): boolean {
  if (WITHOUT_REPOSITORY.has(command.split(" ")[0]!)) return false;
  const has = (flag: string) => words.some((word) => word === `--${flag}` || word.startsWith(`--${flag}=`));
  const isNamed = (prefix: string, start: string) =>
    FLAGS.some((flag) => has(`${prefix}${flag}`)) || VARIABLES.some((name) => environment[`${start}${name}`]);
  if (!isNamed("", "RESTIC_") && !words.some((word) => /^-p./.test(word) || word === "-p")) return true;
  if (command === "copy" && !isNamed("from-", "RESTIC_FROM_")) return true;
  return makesKey(command, words) && !has("new-password-file") && !has("new-insecure-no-password");
}

/** `key add`, `key passwd`, with flags between the words. */
function makesKey(command: string, words: readonly string[]): boolean {
  return command.startsWith("key") &&
    [...command.split(" "), ...words].some((word) => word === "add" || word === "passwd");
}
