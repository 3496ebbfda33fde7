/**
 * The machine, as one argument. Only this folder implements it with `Deno.*` and `node:`; tests have a fake of plain values.
 * File operations are synchronous: the tool does one thing at a time, and a run starts faster so.
 */

export type OperatingSystem =
  | "linux"
  | "darwin"
  | "windows"
  | "freebsd"
  | "netbsd"
  | "openbsd"
  | "solaris"
  | "aix"
  | "android";
export type Signal = "SIGINT" | "SIGTERM" | "SIGHUP" | "SIGQUIT" | "SIGABRT" | "SIGKILL";

export interface World {
  readonly os: OperatingSystem;
  /** As Go names it: `amd64`, `arm64`. */
  readonly arch: string;
  readonly pid: number;
  /** The running program; links not resolved. */
  readonly executable: string;
  /** Working folder when the program started: `$PWD` if that names the same folder, else the real path. */
  readonly startDir: string;
  /** The environment the program was started with. */
  readonly env: Readonly<Record<string, string>>;
  readonly files: Files;
  readonly console: Console;

  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds that only go forward, for durations. */
  elapsed(): number;
  /** Rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  hostname(): string;
  /** 16 bytes; not for security. */
  md5(data: Uint8Array): Uint8Array;
  /** Account name of the user, not `$USER`; undefined if unknown. */
  userName(): string | undefined;
  /** What the user database says: of the user of the process, or of the number; undefined if unknown, and on Windows. */
  account(uid?: number): Account | undefined;
  /** Home folder: of the user of the process, or of the named one; undefined without one. */
  homeDir(user?: string): string | undefined;
  /**
   * Private folder for temporary files, made at the first call.
   * @throws {FileError} when no place for it is writable
   */
  tempDir(): string;
  /** The program's own folder for what can be made again; it need not exist. Undefined where there is no place for it. */
  cacheDir(): string | undefined;
  /** The program's own folder for what must outlive its runs; it need not exist. Undefined where there is no place for it. */
  stateDir(): string | undefined;
  /** Something to be done by `end()`, unless the returned function is called before. */
  atEnd(action: () => void): () => void;
  /** The last act of the program, whatever the end: children that still run are killed, the folder of `tempDir()` is removed. */
  end(): void;

  /** @throws {SpawnError} when the program cannot be started */
  spawn(command: ChildCommand): Child;
  /** @throws {HttpError} for everything but a reply */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpReply>;
  /** @throws {SocketError} without a listener, as far as that can be known */
  connect(address: SocketAddress): Promise<Socket>;
  /** Calls back for SIGINT, SIGTERM, SIGABRT, SIGHUP and SIGQUIT; the returned function ends that. */
  onSignal(listener: (signal: Signal) => void): () => void;
  /** Calls back for an uncaught error, which ends the program only without a listener. The latest listener gets it alone. */
  onCrash(listener: (error: unknown) => void): () => void;
  /** Sends a signal, or asks (`undefined`) whether a process of that number exists. */
  signal(pid: number, signal: Signal | undefined): boolean;
}

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

/** All paths absolute or relative to `startDir`; all calls throw {@linkcode FileError} but where they say otherwise. */
export interface Files {
  read(path: string): Uint8Array;
  readText(path: string): string;
  /** The first bytes; fewer if the file is shorter. */
  readStart(path: string, bytes: number): Uint8Array;
  /** The same, but fails for what may have no end: a pipe, a device, a file of more than `longest` bytes. */
  readRegular(path: string, longest: number): string;
  /** @param options `mode`: permission bits of a new file, less the umask; `append`; `createNew`: fail if it exists */
  write(
    path: string,
    data: string | Uint8Array,
    options?: { mode?: number; append?: boolean; createNew?: boolean },
  ): void;
  /** Undefined if there is nothing of that name; links followed. */
  stat(path: string): FileInfo | undefined;
  /** Links not followed. */
  lstat(path: string): FileInfo | undefined;
  realPath(path: string): string;
  /** Names in a folder, unsorted. */
  list(path: string): string[];
  /** The same with what is known of them without a look at each. */
  entries(path: string): FolderEntry[];
  /** With all parents; no error if it exists. @param mode 0o755 unless given */
  makeDir(path: string, mode?: number): void;
  /** No error if it is not there. */
  remove(path: string, options?: { recursive?: boolean }): void;
  rename(from: string, to: string): void;
  /** Hard link; fails if `to` exists. */
  link(from: string, to: string): void;
  chmod(path: string, mode: number): void;
  chown(path: string, owner: { readonly uid: number; readonly gid: number }): void;
  isExecutable(path: string): boolean;
  /**
   * Holds the advisory lock of an existing file until the returned function is called; waits while another process has it,
   * and begins anew when that one has replaced the file. The system releases it when the process ends.
   */
  lock(path: string): () => void;
  /** The same without waiting for long. @returns undefined when another process has the lock and does not let go in a moment */
  tryLock(path: string): (() => void) | undefined;
  /**
   * Holds the advisory lock of a file that no other process knows yet, until the returned function is called or the process ends,
   * however it ends. Others read and write the file as before.
   * @returns undefined where there is no such lock
   */
  hold(path: string): (() => void) | undefined;
  /** Whether a process holds it, of this system whatever its container; never waits. Undefined if the system does not tell. */
  isHeld(path: string): boolean | undefined;
}

export interface FolderEntry {
  readonly name: string;
  /** Links are not followed. */
  readonly kind: "file" | "directory" | "link";
  /** False: the name is not UTF-8. Nothing is found by what is shown of it. */
  readonly isText: boolean;
}

export interface FileInfo {
  /** `stream`: a pipe or a character device, as a terminal; `other`: a socket or a disk, and a link that was not followed. */
  readonly kind: "file" | "directory" | "stream" | "other";
  readonly size: number;
  /** Milliseconds since the epoch; 0 if unknown. */
  readonly modified: number;
  /** 0 where the system has no inodes. */
  readonly inode: number;
  readonly device: number;
  readonly mode: number;
  /** Undefined on Windows. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
  /** It belongs to the user of the process; on Windows always. */
  readonly isOwn: boolean;
}

/** Why a file operation failed; `message` is the reason alone: `permission denied`. */
export class FileError extends Error {
  override name = "FileError";
  constructor(readonly reason: "missing" | "exists" | "denied" | "other", readonly path: string, message: string) {
    super(message);
  }
}

export interface Console {
  readonly stdinIsTerminal: boolean;
  readonly stdoutIsTerminal: boolean;
  readonly stderrIsTerminal: boolean;
  /** It is a pipe or a socket: its reader may be slow, stop reading, or quit. */
  readonly stdoutIsPipe: boolean;
  /** Something could not be written to standard output, because its reader is gone. */
  readonly stdoutIsBroken: boolean;
  /** Asks the system, where it can tell, whether standard output may still have a reader. */
  stdoutHasReader(): boolean;
  /**
   * Writes a message, all of it before it returns, unless writes are deferred. One that cannot be written is lost: no run
   * fails for its messages.
   */
  write(stream: "stdout" | "stderr", data: string | Uint8Array): void;
  /**
   * Writes what a command was asked for, to standard output.
   * @throws {FileError} when it cannot be written, as on a full disk
   * @throws {ReaderQuit} when its reader is gone
   */
  print(text: string): void;
  /**
   * From now on what a pipe does not take at once is kept, and written while other things go on.
   * @returns ends that, unless something is still kept
   */
  defer(): () => void;
  /** Settles when all that was kept is written or lost; undefined when nothing is kept. */
  written(): Promise<void> | undefined;
  /** One line of standard input without its end; undefined at the end. */
  readLine(): string | undefined;
  /** Standard input of the tool. */
  readonly stdin: ReadableStream<Uint8Array>;
}

/** The reader of standard output is gone, as behind `| head -1`. */
export class ReaderQuit extends Error {
  override name = "ReaderQuit";
}

export interface ChildCommand {
  /** A path, or a name that is looked for on the PATH of `env`. */
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** All of it: nothing is inherited beside. */
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: "null" | "inherit" | "piped";
  readonly stdout: "null" | "inherit" | "piped";
  readonly stderr: "null" | "inherit" | "piped";
  /** -20…19, for the child alone. */
  readonly nice?: number | undefined;
}

export interface Child {
  readonly pid: number;
  readonly stdin: WritableStream<Uint8Array> | undefined;
  /** Byte streams: readers may bring their own buffers. */
  readonly stdout: ReadableStream<Uint8Array> | undefined;
  readonly stderr: ReadableStream<Uint8Array> | undefined;
  /** Settles when the child has ended; never rejects. */
  readonly status: Promise<ExitStatus>;
  /** Why `nice` could not be set: `permission denied`; the child runs nevertheless. */
  readonly niceProblem: string | undefined;
  /** No error if it has ended. */
  kill(signal: Signal): void;
}

export interface ExitStatus {
  /** The child's own, or 128 + N if signal N ended it. */
  readonly code: number;
  /** `SIGINT`, … if a signal ended it. */
  readonly signal: string | undefined;
}

/** A program that could not be started; `message` is the reason: `no such file`. */
export class SpawnError extends Error {
  override name = "SpawnError";
  constructor(readonly program: string, message: string) {
    super(message);
  }
}

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | Uint8Array<ArrayBuffer> | undefined;
  readonly skipTlsVerification: boolean;
  /** PEM texts, trusted in addition to the system's. */
  readonly caCertificates: readonly string[];
  /** `http://proxy:3128`; undefined: direct. */
  readonly proxy: string | undefined;
}

/** One reply; redirections are not followed. */
export interface HttpReply {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** At most the first 64 KiB; discards the rest. */
  body(): Promise<Uint8Array>;
  /** Drops the rest of the reply; must be called if `body()` is not. */
  discard(): void;
}

/** Why there is no reply; `message` never contains the URL. */
export class HttpError extends Error {
  override name = "HttpError";
  /** @param reason `authority`: the server presents the certificate of an authority as its own; `unsupported`: not by this client */
  constructor(
    readonly reason: "aborted" | "connection" | "certificate" | "authority" | "invalid" | "unsupported",
    message: string,
  ) {
    super(message);
  }
}

export type SocketAddress =
  | { readonly kind: "udp" | "tcp"; readonly host: string; readonly port: number }
  /** `@name` is an abstract address of Linux. */
  | { readonly kind: "unix-datagram" | "unix-stream"; readonly path: string };

export interface Socket {
  /** One datagram, or bytes of the stream; in the order of the calls. @throws {SocketError} */
  send(data: Uint8Array): Promise<void>;
  close(): void;
}

/** A socket that cannot be used; `message` is the reason: `connection refused`. */
export class SocketError extends Error {
  override name = "SocketError";
}
