/** A machine of plain values: files in memory, programs that follow a script, a clock that runs when somebody waits. */
import { createHash } from "node:crypto";
import type {
  Account,
  ChildCommand,
  Console,
  Files,
  HttpReply,
  HttpRequest,
  OperatingSystem,
  Signal,
  SocketAddress,
  World,
} from "../../src/platform/world.ts";
import { HttpError, SocketError } from "../../src/platform/world.ts";
import { cacheFolder, type FolderOwner, stateFolder } from "../../src/platform/own_folders.ts";
import { type FakeClock, fakeClock } from "./fake_clock.ts";
import { type FakeFile, fakeFiles } from "./fake_files.ts";
import { type FakeProgram, type Ran, startFake } from "./fake_programs.ts";

export interface FakeReply {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
  readonly afterMs?: number;
  /** It fails so instead of replying. */
  readonly error?: HttpError;
}

export interface FakeOptions {
  /** By path; `/bin/sh`, `/bin/bash` and `/usr/bin/restic` are there beside, `/bin` and `/usr/bin` are the PATH. */
  readonly files?: Readonly<Record<string, FakeFile>>;
  /**
   * By command line, program and arguments separated by blanks, or its beginning (whole words; the longest one counts). A path
   * of the program may be left away up to its last `/`, and `SHELL -c` before a shell's text. A list answers the 1st, 2nd, …
   * start, its last entry all further ones. What is not there ends at once with status 0.
   */
  readonly programs?: Readonly<Record<string, FakeProgram | readonly FakeProgram[]>>;
  /** @default { PATH: "/usr/bin:/bin", HOME: "/home/user" } */
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch at the start. @default 2026-01-02T03:04:05Z */
  readonly now?: number;
  readonly os?: OperatingSystem;
  readonly pid?: number;
  /** Of the process: 0 is root, 1000 "user"; others have no account. @default 1000 */
  readonly uid?: number;
  /** @default "/work" */
  readonly startDir?: string;
  readonly stdin?: string;
  /** Whether each stream is a terminal. @default false */
  readonly terminal?: boolean;
  /** Standard output is a pipe whose reader stops reading, or quits, before the tool writes. @default neither */
  readonly reader?: "stopped" | "quit";
  /** Other processes that live. */
  readonly processes?: readonly number[];
  /** Signals that other processes live on after; of all others they die. */
  readonly survives?: Readonly<Record<number, readonly Signal[]>>;
  /** Whether somebody listens at an address. @default nobody */
  readonly listens?: (address: SocketAddress) => boolean;
  readonly reply?: (request: HttpRequest, index: number) => FakeReply;
  /** Another process of the same machine: its files, clock and processes are shared. */
  readonly beside?: FakeWorld;
}

export interface FakeWorld extends World {
  /** The programs that were started, in order. */
  readonly ran: readonly Ran[];
  /** The requests that were sent, in order. */
  readonly sent: readonly { readonly request: HttpRequest; readonly at: number }[];
  /** What was sent to sockets, in order. */
  readonly messages: readonly { readonly to: SocketAddress; readonly text: string }[];
  /** What was written to the console. */
  readonly printed: { stdout: string; stderr: string };
  readonly clock: FakeClock;
  /** Somebody sets the clock of the machine, by milliseconds; the time that passes goes on as before. */
  setClock(byMs: number): void;
  /** Numbers of the processes that live: this one, its children, others. */
  readonly alive: Set<number>;
  /** `PID SIGNAL`: what the tool gave to processes that are not its own children. */
  readonly signalled: readonly string[];
  /** Gives the tool a signal, now. */
  raise(signal: Signal): void;
  /** Something that nobody waits for throws. */
  crash(error: unknown): void;
}

const START = Date.UTC(2026, 0, 2, 3, 4, 5);
const PROGRAM = { text: "", mode: 0o755 };
const PROGRAMS = { "/bin/sh": PROGRAM, "/bin/bash": PROGRAM, "/usr/bin/restic": PROGRAM };

const accounts: readonly Account[] = [
  { name: "root", uid: 0, gid: 0, home: "/root" },
  { name: "user", uid: 1000, gid: 1000, home: "/home/user" },
];

export function fakeWorld(options: FakeOptions = {}): FakeWorld {
  const { startDir = "/work", pid = 1000, beside } = options;
  let start = options.now ?? beside?.now() ?? START;
  const clock = beside?.clock ?? fakeClock();
  const alive = beside?.alive ?? new Set(options.processes);
  const sent: { request: HttpRequest; at: number }[] = [];
  const ran: Ran[] = [];
  const messages: { to: SocketAddress; text: string }[] = [];
  const listeners = new Set<(signal: Signal) => void>();
  const console = fakeConsole(options);
  const now = () => start + clock.elapsed();
  const files: Files = beside?.files ??
    fakeFiles({ ...PROGRAMS, "/tmp/": "", ...options.files }, startDir, now, options.uid);
  const answer = answers(options.programs ?? {});
  const signalled: string[] = [];
  const lastActs = new Set<() => void>();
  const crashListeners: ((error: unknown) => void)[] = [];
  let temporary: string | undefined;
  const env = options.env ?? { PATH: "/usr/bin:/bin", HOME: "/home/user" };
  const owner: FolderOwner = { os: options.os ?? "linux", env, home: "/home/user", isRoot: options.uid === 0 };
  alive.add(pid);

  return {
    os: options.os ?? "linux",
    arch: "amd64",
    pid,
    executable: "/usr/bin/resticprofile",
    startDir,
    env,
    files,
    console,
    ran,
    sent,
    messages,
    clock,
    alive,
    printed: console.printed,
    now,
    setClock: (byMs) => void (start += byMs),
    elapsed: clock.elapsed,
    sleep: clock.sleep,
    hostname: () => "machine",
    md5: (data) => createHash("md5").update(data).digest(),
    userName: () => "user",
    account: (uid = options.uid ?? 1000) => accounts.find((account) => account.uid === uid),
    homeDir: (user = "user") => `/home/${user}`,
    tempDir() {
      if (temporary === undefined) files.makeDir(temporary = `/tmp/resticprofile-${pid}`, 0o700);
      return temporary;
    },
    cacheDir: () => cacheFolder(owner),
    stateDir: () => stateFolder(owner),
    atEnd(action) {
      lastActs.add(action);
      return () => void lastActs.delete(action);
    },
    end() {
      lastActs.forEach((action) => action());
      if (temporary !== undefined) files.remove(temporary, { recursive: true });
      temporary = undefined;
    },
    spawn(command) {
      const child = pid * 1_000 + ran.length + 1;
      const started: Ran = {
        line: lineOf(command),
        command,
        pid: child,
        startedAt: clock.elapsed(),
        endedAt: undefined,
        stdin: "",
        signals: [],
      };
      const running = startFake(answer(command), command, child, clock, started);
      ran.push(started);
      alive.add(child);
      running.status.then(() => alive.delete(child));
      return running;
    },
    async send(request, signal) {
      const reply = options.reply?.(request, sent.length) ?? {};
      sent.push({ request, at: clock.elapsed() });
      await clock.sleep(reply.afterMs ?? 0, signal).catch(() => {
        throw new HttpError("aborted", "aborted");
      });
      if (reply.error) throw reply.error;
      return fakeReply(reply);
    },
    connect(to) {
      if (!options.listens?.(to)) return Promise.reject(new SocketError("connection refused"));
      return Promise.resolve({
        send: (data) => Promise.resolve(void messages.push({ to, text: new TextDecoder().decode(data) })),
        close() {},
      });
    },
    onSignal(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onCrash(listener) {
      crashListeners.push(listener);
      return () => void crashListeners.splice(crashListeners.indexOf(listener), 1);
    },
    signalled,
    signal(other, signal) {
      if (!alive.has(other)) return false;
      if (signal !== undefined) {
        signalled.push(`${other} ${signal}`);
        if (!options.survives?.[other]?.includes(signal)) alive.delete(other);
      }
      return true;
    },
    crash: (error) => crashListeners.at(-1)?.(error),
    raise: (signal) => listeners.forEach((listener) => listener(signal)),
  };
}

function fakeReply({ status = 200, headers = [], body = "" }: FakeReply): HttpReply {
  return {
    status,
    headers,
    body: () => Promise.resolve(new TextEncoder().encode(body)),
    discard() {},
  };
}

function fakeConsole({ stdin = "", terminal = false, reader }: FakeOptions): Console & FakeWorld["console"] & {
  readonly printed: FakeWorld["printed"];
} {
  const printed = { stdout: "", stderr: "" };
  const lines = stdin === "" ? [] : stdin.replace(/\n$/, "").split("\n");
  let isBroken = false;
  let written: Promise<void> | undefined;
  const print: Console["write"] = (stream, data) =>
    void (printed[stream] += typeof data === "string" ? data : new TextDecoder().decode(data));
  const write: Console["write"] = (stream, data) => {
    if (stream === "stderr" || reader === undefined) return print(stream, data);
    if (reader === "quit") isBroken = true;
    else written ??= new Promise(() => {});
  };
  return {
    stdoutIsPipe: reader !== undefined,
    get stdoutIsBroken() {
      return isBroken;
    },
    stdoutHasReader: () => reader !== "quit",
    defer: () => () => {},
    written: () => written,
    stdinIsTerminal: terminal,
    stdoutIsTerminal: terminal,
    stderrIsTerminal: terminal,
    printed,
    write,
    print: (text) => write("stdout", text),
    readLine: () => lines.shift(),
    stdin: new Blob([stdin]).stream(),
  };
}

function lineOf({ program, args }: ChildCommand): string {
  return [program, ...args].join(" ");
}

function answers(programs: NonNullable<FakeOptions["programs"]>): (command: ChildCommand) => FakeProgram {
  const starts = new Map<string, number>();
  return (command) => {
    const names = [lineOf(command), lineOf({ ...command, program: command.program.replace(/.*\//, "") })];
    if (command.args[0] === "-c") names.push(command.args.slice(1).join(" "));
    const key = Object.keys(programs).filter((known) => names.some((name) => `${name} `.startsWith(`${known} `)))
      .reduce<string | undefined>((best, known) => best && best.length >= known.length ? best : known, undefined);
    if (key === undefined) return {};
    const scripted = programs[key] ?? {};
    const list: readonly FakeProgram[] = Array.isArray(scripted) ? scripted : [scripted];
    const start = starts.get(key) ?? 0;
    starts.set(key, start + 1);
    return list[Math.min(start, list.length - 1)] ?? {};
  };
}
