/** Does what adaptors decide. */
import { formatCommandLine } from "../model/command_line.ts";
import { HIDDEN } from "../model/secret.ts";
import { folderOf } from "../model/path.ts";
import { checkWritten, putInPlace } from "../platform/replace_file.ts";
import { FileError, type FileInfo, SpawnError, type World } from "../platform/world.ts";
import {
  type Action,
  type FileOwner,
  type RemoveAction,
  type RunAction,
  ScheduleError,
  type WriteAction,
} from "./action.ts";

export interface ActionListener {
  warn(text: string): void;
  /** Text of programs for the user. */
  show(text: string): void;
}

/**
 * Performs the actions in order. When one fails, files are again what they were before.
 * @throws {ScheduleError}
 */
export async function applyActions(actions: readonly Action[], world: World, listener: ActionListener): Promise<void> {
  const undo: (() => void)[] = [];
  try {
    for (const action of actions) {
      if (action.kind === "run") await runProgram(action, world, listener);
      else if (action.kind === "edit") await action.edit(listener.warn);
      else {
        undo.push(...restorers(action.path, world));
        changeFile(action, world);
      }
    }
  } catch (error) {
    undo.reverse().forEach((restore) => restore());
    if (error instanceof FileError) throw new ScheduleError(`Cannot change ${error.path}: ${error.message}`);
    throw error;
  }
}

function changeFile(action: WriteAction | RemoveAction, world: World): void {
  if (action.kind === "remove") world.files.remove(action.path, { recursive: true });
  else writeFile(action, world);
}

/** A new file takes the place of the old one, whose mode may let everybody read what is a secret now. */
function writeFile({ path, text, mode, folderMode = 0o755, owner }: WriteAction, { files }: World): void {
  makeFolders(folderOf(path), folderMode, owner, files);
  const found = checkWritten(files, path);
  const rights = { mode: mode ?? found?.mode ?? 0o644, owner: owner ?? found?.owner };
  putInPlace(files, found ? files.realPath(path) : path, text, rights);
  if (owner !== undefined) files.chown(path, owner); // a job that its user cannot read would not run
}

function makeFolders(path: string, mode: number, owner: FileOwner | undefined, files: World["files"]): void {
  if (files.stat(path) !== undefined) return;
  if (folderOf(path) !== path) makeFolders(folderOf(path), mode, owner, files);
  files.makeDir(path, mode);
  if (owner !== undefined) files.chown(path, owner);
}

/** What puts a file, or a folder with its files, back as it is now. */
function restorers(path: string, { files }: World): (() => void)[] {
  const found = files.stat(path);
  switch (found?.kind) {
    case undefined:
      return [() => files.remove(path, { recursive: true })];
    case "directory":
      return [...files.list(path).flatMap((name) => restoreFile(`${path}/${name}`, files)), () => files.makeDir(path)];
    default:
      return restoreFile(path, files, found);
  }
}

function restoreFile(path: string, files: World["files"], found: FileInfo | undefined = files.stat(path)) {
  if (found?.kind !== "file") return [];
  const bytes = files.read(path);
  return [() => putInPlace(files, files.stat(path) ? files.realPath(path) : path, bytes, found)];
}

async function runProgram(action: RunAction, world: World, listener: ActionListener): Promise<void> {
  const { program, args, onFailure, meanings, show, hint, secrets = [] } = action;
  const outcome = await programOutcome(action, world);
  const text = show?.(outcome.stdout) ?? "";
  if (text !== "") listener.show(text);
  action.warnings?.(outcome.stdout).forEach(listener.warn);
  for (const more of action.next?.(outcome.stdout) ?? []) await runProgram(more, world, listener);
  if (outcome.code === 0 || onFailure === "ignore") return;
  const reason = meanings?.[outcome.code] ?? (outcome.stderr.trim() || `exit status ${outcome.code}`);
  const words = [program, ...args].map((word) => secrets.includes(word) ? HIDDEN : word);
  const problem = `Cannot run "${formatCommandLine(words)}": ${reason}`;
  if (onFailure === "fail") throw new ScheduleError(hint === undefined ? problem : `${problem}\n  ${hint}`);
  listener.warn(problem);
}

export interface ActionOutcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as it came. */
  readonly bytes: Uint8Array;
}

/** @returns status 127 and the reason as `stderr` when the program cannot be started */
export async function programOutcome(
  { program, args, input }: Pick<RunAction, "program" | "args" | "input">,
  world: World,
): Promise<ActionOutcome> {
  try {
    const child = world.spawn({
      program,
      args,
      cwd: world.startDir,
      env: world.env,
      stdin: input === undefined ? "null" : "piped",
      stdout: "piped",
      stderr: "piped",
    });
    const [bytes, stderr] = await Promise.all([
      new Response(child.stdout).bytes(),
      new Response(child.stderr).text(),
      feed(child.stdin, input),
    ]);
    return { code: (await child.status).code, stdout: new TextDecoder().decode(bytes), stderr, bytes };
  } catch (error) {
    if (!(error instanceof SpawnError)) throw error;
    return { code: 127, stdout: "", stderr: error.message, bytes: new Uint8Array() };
  }
}

/** A program may end without reading all of it: its exit status tells. */
async function feed(stdin: WritableStream<Uint8Array> | undefined, input: string | Uint8Array = ""): Promise<void> {
  if (stdin === undefined) return;
  const writer = stdin.getWriter();
  const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
  await writer.write(bytes).then(() => writer.close()).catch(() => {});
}
