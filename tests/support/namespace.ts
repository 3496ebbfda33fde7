/** Programs that see another machine than the tests do: `unshare` gives them a part of the system of their own. */

const PARTS = {
  mount: ["--mount"],
  uts: ["--uts"],
  /** Processes with numbers of their own, that end with the first of them, and a host name. */
  container: ["--uts", "--pid", "--fork", "--kill-child", "--mount-proc"],
};

/**
 * What stands before a program so that a shell script prepares the part and starts it by `"$@"`. Who is not root gets the right
 * to that in a namespace of users.
 */
export function inNamespace(part: keyof typeof PARTS, script: string): string[] {
  const user = Deno.uid() === 0 ? [] : ["--map-root-user"];
  return ["unshare", ...PARTS[part], ...user, "sh", "-c", script, "sh"];
}
