/** Real restics of several releases, as `scripts/restic` finds them. */

/** Path of that restic, fetched if need be. */
export async function resticOf(release: string): Promise<string> {
  const script = new URL("../../scripts/restic", import.meta.url).pathname;
  const { success, stdout, stderr } = await new Deno.Command("sh", { args: [script, release] }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout).trim();
}
