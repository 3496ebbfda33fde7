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
  const changes = watcher[Symbol.asyncIterator](); // a loop that is left would close the watcher, on some releases of Deno
  while (!condition()) {
    if ((await changes.next()).done) throw new Error("Cannot go on waiting: the program has ended");
  }
  stop();
}
