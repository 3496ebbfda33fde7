/** What an adaptor wants done, as data: files to write or remove, programs to run, in order. */

export type Action = WriteAction | RemoveAction | EditAction | RunAction;

export interface FileOwner {
  readonly uid: number;
  readonly gid: number;
}

export interface WriteAction {
  readonly kind: "write";
  /** Absolute, or relative to the folder the program was started in. */
  readonly path: string;
  readonly text: string;
  /** Permission bits; undefined: 0644 for a new file, and an existing file keeps its own. */
  readonly mode?: number;
  /** Permission bits of folders that are missing. @default 0o755 */
  readonly folderMode?: number;
  /** Of the file and of folders that are made. */
  readonly owner?: FileOwner | undefined;
}

/** A file, or a folder with all that is in it; no error if it is not there. */
export interface RemoveAction {
  readonly kind: "remove";
  readonly path: string;
}

/** A change of something that others change too: it is read just before it is written. */
export interface EditAction {
  readonly kind: "edit";
  /**
   * @param warn gets what is worth knowing though the change is made
   * @throws {ScheduleError} and then nothing has changed
   */
  readonly edit: (warn: (text: string) => void) => Promise<void>;
  /** What it would change: lines with `+ ` or `- ` in front. @throws {ScheduleError} */
  readonly preview: () => Promise<readonly string[]>;
}

export interface RunAction {
  readonly kind: "run";
  readonly program: string;
  readonly args: readonly string[];
  /** Standard input. */
  readonly input?: string | Uint8Array;
  /** `fail`: an exit status other than 0 ends the actions, and what was written is taken back. */
  readonly onFailure: "fail" | "warn" | "ignore";
  /** Problems that its output tells. */
  readonly warnings?: (output: string) => readonly string[];
  /** What its output gives reason to run as well. */
  readonly next?: (output: string) => readonly RunAction[];
  /** What to do when it fails, for the error. */
  readonly hint?: string;
  /** Words that no message may show. */
  readonly secrets?: readonly string[];
  /** Meanings of exit statuses, for the warning. */
  readonly meanings?: Readonly<Record<number, string>>;
  /** What of its output is shown; undefined: nothing. @returns empty: nothing */
  readonly show?: (output: string) => string;
}

/** Something that cannot be scheduled; the message is whole. */
export class ScheduleError extends Error {
  override name = "ScheduleError";
}
