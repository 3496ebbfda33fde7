/** Commands of the original that are not part of this program, and what to say: restic shall not be asked to run them. */
export const REFUSED_COMMANDS: ReadonlyMap<string, string> = new Map([
  ["elevation", "start this program with the rights of an administrator"],
  ["self-update", "use the package manager, or the way by which the program was installed"],
  ["send", "profiles cannot be run on other machines from here"],
  ["serve", "profiles cannot be served to other machines"],
]);
