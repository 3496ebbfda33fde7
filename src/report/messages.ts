/**
 * Messages and output, to where people read them: the console, or a log target in its place. All is written when `tell`
 * returns, as a hook may look at the log; only a syslog takes its time.
 */
import type { Tell } from "../model/event.ts";
import type { LogLevel } from "../model/invocation.ts";
import { reasonOf } from "../model/reason.ts";
import type { World } from "../platform/world.ts";
import { outputRoute } from "./command_output.ts";
import { consoleLines, type ConsoleStyle, isReadByJournal, journalWarnings } from "./console.ts";
import { type Lines, type LogTarget, openLogTarget } from "./log_target.ts";
import { jsonWriter, type LineEvent, type OutputEvent, textWriter } from "./writers.ts";

export interface MessageSettings {
  /** The least level that is shown outside of a job, which has its own. */
  readonly level: LogLevel;
  readonly style: ConsoleStyle;
  /** As `--log` has it; undefined or `-`: the console. */
  readonly target: string | undefined;
  /** As `--command-output` has it. */
  readonly commandOutput: string;
  readonly format: "text" | "json";
}

export interface Messages {
  readonly tell: Tell;
  /** The log gets the output of restic and hooks. */
  readonly outputIsLogged: boolean;
  /** The console gets it. */
  readonly outputIsShown: boolean;
  settle(): Promise<void>;
  close(): void;
}

const LEVELS: readonly LogLevel[] = ["trace", "debug", "info", "warning", "error"];

export async function openMessages(settings: MessageSettings, world: World): Promise<Messages> {
  const { commandOutput } = settings;
  const screen = messageScreen(settings.style, world);
  const log = guarded(await openTarget(settings.target, screen, world), (reason) => {
    const text = `Cannot write the log "${settings.target}", the console is used: ${reason}`;
    screen.message(world.now(), "error", text);
  });
  const route = outputRoute(commandOutput, log.isOpen(), world.console.stdoutIsTerminal);
  const writer = settings.format === "json" ? jsonWriter() : textWriter();

  const same = (bytes: Uint8Array) => bytes;
  const marked = { stdout: same, stderr: isReadByJournal(true, world) ? journalWarnings() : same };

  const line = (event: LineEvent) => {
    const write = (target: LogTarget) => {
      writer.flush(target, event.at);
      writer.line(target, event);
    };
    if (!log.write(write)) writer.line(screen, event);
  };
  const output = (event: OutputEvent) => {
    const logged = route.toLog && log.write((target) => writer.output(target, event));
    const lost = !log.isOpen() && !logged;
    if (route.toConsole || lost) world.console.write(event.stream, marked[event.stream](event.bytes));
  };
  const tell = atLevel(settings.level, (event) => screen.during(event, line), output);
  if (route.unknown) tell({ type: "message", at: world.now(), level: "warning", text: unknownRoute(commandOutput) });
  const settle = () => {
    log.write((target) => writer.flush(target, world.now()));
    return log.settle();
  };
  return { tell, outputIsLogged: route.toLog, outputIsShown: route.toConsole, settle, close: log.close };
}

/** The console; of a job whose standard output is data, that is standard error. */
function messageScreen(
  style: ConsoleStyle,
  world: World,
): Lines & { during(event: LineEvent, line: (event: LineEvent) => void): void } {
  const onStream = (stderr: boolean) =>
    consoleLines({ ...style, stderr, journal: isReadByJournal(stderr, world) }, world.console);
  const usual = onStream(style.stderr);
  let lines = usual;
  return {
    message: (at, level, text) => lines.message(at, level, text),
    raw: (at, level, line) => lines.raw(at, level, line),
    during(event, line) {
      const isData = event.type === "run-started" && event.job.hookStdout === "stderr";
      if (isData) lines = onStream(true);
      line(event);
      if (event.type === "run-ended") lines = usual;
    },
  };
}

function unknownRoute(words: string): string {
  return `Cannot use command-output "${words}": it is auto, log, console or all; the console is used`;
}

/** Each job has a level of its own: that of one member of a group is none of the next one's. */
function atLevel(
  outside: LogLevel,
  line: (event: LineEvent) => void,
  output: (event: OutputEvent) => void,
): Tell {
  let level = outside;
  return (event) => {
    if (event.type === "run-started") level = event.job.level;
    if (event.type === "output") output(event);
    else if (event.type !== "message" || LEVELS.indexOf(event.level) >= LEVELS.indexOf(level)) line(event);
    if (event.type === "run-ended") level = outside;
  };
}

async function openTarget(target: string | undefined, screen: Lines, world: World): Promise<LogTarget | undefined> {
  if (target === undefined || target === "" || target === "-") return undefined;
  try {
    return await openLogTarget(target, world);
  } catch (error) {
    screen.message(world.now(), "error", `Cannot log to "${target}", the console is used: ${reasonOf(error)}`);
    return undefined;
  }
}

interface Guarded {
  isOpen(): boolean;
  /** @returns false if there is no log (any more): then the console has to do */
  write(use: (log: LogTarget) => void): boolean;
  settle(): Promise<void>;
  close(): void;
}

/** A log that breaks, on a full disk for example, must not break the run: it is given up, with a message. */
function guarded(opened: LogTarget | undefined, giveUp: (reason: string) => void): Guarded {
  let log = opened;
  return {
    isOpen: () => log !== undefined,
    write(use) {
      if (!log) return false;
      try {
        use(log);
        return true;
      } catch (error) {
        log = undefined;
        giveUp(reasonOf(error));
        return false;
      }
    },
    async settle() {
      try {
        await log?.settle();
      } catch (error) {
        log = undefined;
        giveUp(reasonOf(error));
      }
    },
    close: () => opened?.close(),
  };
}
