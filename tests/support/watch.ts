/** Waits for what a running program does to files. The system tells of changes: nothing polls, and no time is too short. */

/**
 * Settles once the condition holds, which is asked at first and after each change below the folder.
 *
 * @param ended settles when the program ends
 * @throws {Error} when the program ends before
 */
export async function until(condition: () => boolean, folder: string, ended: Promise<unknown>): Promise<void> {
  const watcher = Deno.watchFs(folder);
  let watching = true;
  const stop = () => {
    if (watching) watcher.close();
    watching = false;
  };
  void ended.then(stop);
  if (condition()) return stop();
  for await (const _change of watcher) {
    if (!condition()) continue;
    watching = false; // leaving the loop closes the watcher
    return;
  }
  throw new Error("Cannot go on waiting: the program has ended");
}
