/** Messages for people, on the console: `2026/11/23 12:34:56 message`, coloured by level where a terminal shows them. */
import type { LogLevel } from "../model/invocation.ts";
import type { Console, World } from "../platform/world.ts";
import { logStamp } from "../model/local_time.ts";
import type { Lines } from "./log_sink.ts";

export interface ConsoleStyle {
  /** Messages go to standard error. */
  readonly stderr: boolean;
  readonly colours: boolean;
  /** The journal of systemd reads it: each line begins with its level, as sd-daemon(3) has it. */
  readonly journal?: boolean;
  /** `light`, `dark`; any other is `none`: warnings and errors in bold, nothing else. */
  readonly theme: string;
}

/** The parameters of the terminal's colour sequences. */
const THEMES: Readonly<Record<string, Readonly<Partial<Record<LogLevel, string>>>>> = {
  light: { trace: "2", debug: "32", info: "36", warning: "35;1", error: "31;1" },
  dark: { trace: "2", debug: "92", info: "96", warning: "95;1", error: "91;1" },
  none: { warning: "1", error: "1" },
};

export function consoleLines(style: ConsoleStyle, console: Console): Lines {
  const stream = style.stderr ? "stderr" : "stdout";
  const terminal = style.stderr ? console.stderrIsTerminal : console.stdoutIsTerminal;
  const theme = terminal && style.colours ? THEMES[style.theme] ?? THEMES["none"]! : {};
  const write = (line: string) => console.write(stream, `${line}\n`);
  return {
    message(at, level, text) {
      const line = `${logStamp(at)} ${coloured(text, theme[level])}`;
      write(style.journal ? line.replace(/^/gm, PRIORITIES[level]) : line);
    },
    raw: (_at, _level, line) => write(line),
  };
}

const PRIORITIES: Readonly<Record<LogLevel, string>> = {
  trace: "<7>",
  debug: "<7>",
  info: "<6>",
  warning: "<4>",
  error: "<3>",
};

const LINE_FEED = 0x0a;

/**
 * For what restic and hooks write to standard error: the journal would take it for information, and who asks it for warnings
 * would not learn why a job failed.
 * @returns the next bytes, with the level of a warning at the beginning of each line
 */
export function journalWarnings(): (bytes: Uint8Array) => Uint8Array {
  const prefix = new TextEncoder().encode(PRIORITIES.warning);
  let atStart = true;
  return (bytes) => {
    const marked: number[] = [];
    for (const byte of bytes) {
      if (atStart && byte !== LINE_FEED) marked.push(...prefix);
      marked.push(byte);
      atStart = byte === LINE_FEED;
    }
    return Uint8Array.from(marked);
  };
}

/** Whether the journal reads the stream, as `JOURNAL_STREAM` tells: it may have been redirected since. */
export function isReadByJournal(stderr: boolean, { env, files, os }: World): boolean {
  if (!env.JOURNAL_STREAM || os !== "linux") return false;
  const { device, inode } = files.stat(`/proc/self/fd/${stderr ? 2 : 1}`) ?? {};
  return env.JOURNAL_STREAM === `${device}:${inode}`;
}

function coloured(text: string, colour: string | undefined): string {
  return colour === undefined ? text : `\x1b[${colour}m${text}\x1b[0m`;
}
