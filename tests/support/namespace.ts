/** Programs that see another machine than the tests do: `unshare` gives them a part of the system of their own. */

/**
 * What stands before a program so that a shell script prepares the part and starts it by `"$@"`. Who is not root gets the right
 * to that in a namespace of users.
 */
export function inNamespace(part: "mount" | "uts", script: string): string[] {
  const user = Deno.uid() === 0 ? [] : ["--map-root-user"];
  return ["unshare", `--${part}`, ...user, "sh", "-c", script, "sh"];
}
