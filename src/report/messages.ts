/**
 * Messages and output, to where people read them: the console, or a log target in its place. All is written when `tell`
 * returns, as a hook may look at the log; only a syslog takes its time.
 */
import type { RunEvent, Tell } from "../model/event.ts";
import type { LogLevel } from "../model/invocation.ts";
import type { Job } from "../model/plan.ts";
import { reasonOf } from "../model/reason.ts";
import type { JobId, RunId } from "../model/run_id.ts";
import type { World } from "../platform/world.ts";
import { outputRoute } from "./command_output.ts";
import { consoleLines, type ConsoleStyle, isReadByJournal, journalWarnings } from "./console.ts";
import { diagnosticText, loggedDiagnostic } from "./diagnostic_text.ts";
import { linesOf } from "./run_sentences.ts";
import type { Sentence } from "./sentence.ts";
import { openLogTarget } from "./log_target.ts";
import type { Lines, LogTarget } from "./log_sink.ts";
import { jsonWriter, type LineEvent, textWriter, type Writer } from "./writers.ts";

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

/** Events of which a log of data has a line, whatever the level is. */
const ALWAYS_TOLD: ReadonlySet<RunEvent["type"]> = new Set(
  [
    "plan-started",
    "plan-ended",
    "run-started",
    "run-failed",
    "run-ended",
    "step-started",
    "step-ended",
    "restic-started",
    "restic-ended",
    "hook-ended",
  ] as const,
);

/** How the messages of one job are shown, or those outside of all jobs. */
interface View {
  /** Undefined outside of jobs. */
  readonly job: Job | undefined;
  /** The least level that is shown. */
  readonly level: LogLevel;
  /** The console. */
  readonly screen: Lines;
}

/** @param run that warnings about the log itself belong to */
export async function openMessages(settings: MessageSettings, world: World, run: RunId): Promise<Messages> {
  const { commandOutput } = settings;
  const views = jobViews(settings, world);
  const log = guarded(await openTarget(settings.target, views.outside.screen, world), (reason, screen) => {
    const text = `Cannot write the log "${settings.target}", the console is used: ${reason}`;
    screen.message(world.now(), "error", text);
  });
  const route = outputRoute(commandOutput, log.isOpen(), world.console.stdoutIsTerminal);
  const writer = settings.format === "json" ? jsonWriter() : textWriter();

  // a console that is not a terminal is a log as well: of cron, of the journal
  const isWatched = settings.format === "text" && world.console.stdoutIsTerminal;
  const screenText = isWatched ? diagnosticText : loggedDiagnostic;
  const same = (bytes: Uint8Array) => bytes;
  // whichever job writes there: the journal sees one stream of lines
  const marked = { stdout: same, stderr: isReadByJournal(true, world) ? journalWarnings() : same };

  const tell: Tell = (event) => {
    const view = views.enter(event);
    if (event.type === "output") {
      const logged = route.toLog && log.write((target) => writer.output(target, event), view.screen);
      const lost = !log.isOpen() && !logged;
      if (route.toConsole || lost) world.console.write(event.stream, marked[event.stream](event.bytes));
    } else {
      tellLines(event, view, screenText, writer, log, views.isOver);
    }
    views.leave(event);
  };
  if (route.unknown) {
    tell({ at: world.now(), run, type: "message", level: "warning", text: unknownRoute(commandOutput) });
  }
  const settle = () => {
    log.write((target) => writer.flush(target, world.now(), () => true), views.outside.screen);
    return log.settle(views.outside.screen);
  };
  return { tell, outputIsLogged: route.toLog, outputIsShown: route.toConsole, settle, close: log.close };
}

/** A line of output that has not ended is written first: of the event's own job, and of jobs that are over. */
function tellLines(
  event: LineEvent,
  { job, level, screen }: View,
  screenText: typeof diagnosticText,
  writer: Writer,
  log: Guarded,
  isOver: (job: JobId) => boolean,
): void {
  const isShown = (line: Sentence) => LEVELS.indexOf(line.level) >= LEVELS.indexOf(level);
  const shown = linesOf(event, job?.profile ?? "").filter(isShown);
  if (shown.length === 0 && !ALWAYS_TOLD.has(event.type)) return;
  const isDue = (other: JobId) => event.job === undefined || other === event.job || isOver(other);
  const write = (target: LogTarget) => {
    writer.flush(target, event.at, isDue);
    writer.line(target, event, shown, job);
  };
  if (log.write(write, screen)) return;
  const onScreen = linesOf(event, job?.profile ?? "", screenText).filter(isShown);
  writer.line(screen, event, onScreen, job);
}

interface JobViews {
  readonly outside: View;
  /** That of the event's job, from its beginning on. */
  enter(event: RunEvent): View;
  /** To be called when the event has been told. */
  leave(event: RunEvent): void;
  isOver(job: JobId): boolean;
}

/** Each job has a level of its own, and its own stream: messages of one whose standard output is data go to standard error. */
function jobViews({ level, style }: MessageSettings, world: World): JobViews {
  const onStream = (stderr: boolean) =>
    consoleLines({ ...style, stderr, journal: isReadByJournal(stderr, world) }, world.console);
  const outside: View = { job: undefined, level, screen: onStream(style.stderr) };
  const views = new Map<JobId, View>();
  return {
    outside,
    enter(event) {
      if (event.job === undefined) return outside;
      if (event.type === "run-started") {
        const { planned } = event;
        const screen = planned.hookStdout === "stderr" ? onStream(true) : outside.screen;
        views.set(event.job, { job: planned, level: planned.level, screen });
      }
      return views.get(event.job) ?? outside;
    },
    leave(event) {
      if (event.type === "run-ended" && event.job !== undefined) views.delete(event.job);
    },
    isOver: (job) => !views.has(job),
  };
}

function unknownRoute(words: string): string {
  return `Cannot use command-output "${words}": it is auto, log, console or all; the console is used`;
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
  /**
   * @param screen where it is said that the log breaks
   * @returns false if there is no log (any more): then the console has to do
   */
  write(use: (log: LogTarget) => void, screen: Lines): boolean;
  settle(screen: Lines): Promise<void>;
  close(): void;
}

/** A log that breaks, on a full disk for example, must not break the run: it is given up, with a message. */
function guarded(opened: LogTarget | undefined, giveUp: (reason: string, screen: Lines) => void): Guarded {
  let log = opened;
  return {
    isOpen: () => log !== undefined,
    write(use, screen) {
      if (!log) return false;
      try {
        use(log);
        return true;
      } catch (error) {
        log = undefined;
        giveUp(reasonOf(error), screen);
        return false;
      }
    },
    async settle(screen) {
      try {
        await log?.settle();
      } catch (error) {
        log = undefined;
        giveUp(reasonOf(error), screen);
      }
    },
    close: () => opened?.close(),
  };
}
