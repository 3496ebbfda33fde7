/** The system's log, or another machine's: one message per line, in the form of RFC 3164 that most read, or of RFC 5424. */
import type { LogLevel } from "../model/invocation.ts";
import type { JobId } from "../model/run_id.ts";
import type { Socket, SocketAddress, World } from "../platform/world.ts";
import { rfc3339, syslogStamp } from "../model/local_time.ts";
import type { LogTarget } from "./log_sink.ts";
import { syslogQueue } from "./syslog_queue.ts";

export type Journal =
  & (
    | { readonly kind: "local" }
    | { readonly kind: "udp" | "tcp"; readonly host: string; readonly port: number }
  )
  & {
    /** In the form of RFC 5424, which some receivers want; in TCP each message has its length before it (RFC 6587). */
    readonly isNewForm?: boolean;
  };

const LOCAL_SOCKETS = ["/dev/log", "/var/run/syslog", "/var/run/log"] as const;
const FACILITY_USER = 1;
const NOTICE = 5;
const PATIENCE_MS = 10_000;
const LONGEST_LINE = 8 * 1024;
const LINE_ENDS = /[\r\n]+/;
const SEVERITIES: Readonly<Record<LogLevel, number>> = { trace: 7, debug: 7, info: 6, warning: 4, error: 3 };

/** @throws {SocketError} when it cannot be reached */
export async function openSyslog(journal: Journal, world: World): Promise<LogTarget> {
  const socket = journal.kind === "local" ? await localSocket(world) : await inTime(world.connect(journal), world);
  const frame = frameOf(journal, world);
  const encoder = new TextEncoder();
  const messageOf = (at: number, severity: number, line: string) => encoder.encode(frame(at, severity, cutLine(line)));
  const queue = syslogQueue(socket, (lost) => {
    return messageOf(
      world.now(),
      SEVERITIES.warning,
      `${lost} messages were lost: they came faster than they were read`,
    );
  });
  /** What programs have begun to write, by their job: lines of two jobs must not become one. */
  const begun = new Map<JobId | undefined, { readonly decoder: TextDecoder; line: string }>();
  const send = (at: number, severity: number, text: string) => {
    for (const line of text.split(LINE_ENDS)) if (line.trim() !== "") queue.add(messageOf(at, severity, line));
  };
  const finish = (at: number) => {
    for (const each of begun.values()) {
      send(at, NOTICE, each.line);
      each.line = "";
    }
  };
  return {
    message(at, level, text) {
      finish(at);
      send(at, SEVERITIES[level], text);
    },
    output(at, bytes, job) {
      const own = begun.get(job) ?? { decoder: new TextDecoder(), line: "" };
      begun.set(job, own);
      const [first = "", ...lines] = own.decoder.decode(bytes, { stream: true }).split(LINE_ENDS);
      own.line = (own.line + first).slice(0, LONGEST_LINE); // of a line without an end only the beginning is kept
      for (const line of lines) {
        send(at, NOTICE, own.line);
        own.line = line.slice(0, LONGEST_LINE);
      }
    },
    raw: (at, level, line) => send(at, SEVERITIES[level], line),
    async settle() {
      finish(world.now());
      await inTime(queue.sent(), world).catch(() => {
        throw new Error(`it takes no more messages, ${queue.missing()} are lost`);
      });
    },
    close: () => socket.close(),
  };
}

/** At most 8 KiB of UTF-8: receivers cut longer ones anyhow, and a datagram must not be too large to be sent. */
function cutLine(line: string): string {
  if (line.length * 3 <= LONGEST_LINE) return line;
  const bytes = new TextEncoder().encode(line);
  if (bytes.length <= LONGEST_LINE) return line;
  const { read } = new TextEncoder().encodeInto(line, new Uint8Array(LONGEST_LINE - 3));
  return `${line.slice(0, read)}…`;
}

/** A syslog that does not answer must not keep a run from its start, or its end. */
async function inTime<T>(action: Promise<T>, world: World): Promise<T> {
  const done = new AbortController();
  const limit = world.sleep(PATIENCE_MS, done.signal).then(() => {
    throw new Error("timed out");
  });
  try {
    return await Promise.race([action, limit]);
  } finally {
    done.abort();
  }
}

/** The first socket with a reader, by datagrams if it takes them. */
async function localSocket(world: World): Promise<Socket> {
  const kinds = ["unix-datagram", "unix-stream"] as const;
  const addresses: SocketAddress[] = LOCAL_SOCKETS.flatMap((path) => kinds.map((kind) => ({ kind, path })));
  for (const address of addresses) {
    const socket = await world.connect(address).catch(() => undefined);
    if (socket) return socket;
  }
  throw new Error("this system has no local syslog");
}

/** In the older form the local one has no host's name, and an older form of time. The line feed ends a message in a stream. */
function frameOf(journal: Journal, world: World): (at: number, severity: number, text: string) => string {
  const tag = `resticprofile[${world.pid}]`;
  const priority = (severity: number) => FACILITY_USER * 8 + severity;
  const host = world.hostname();
  if (journal.isNewForm) {
    return (at, severity, text) => {
      const header = `<${priority(severity)}>1 ${rfc3339(at, true)} ${host || "-"} resticprofile ${world.pid} - - `;
      const message = `${header}${text}`;
      if (journal.kind === "local") return `${message}\n`;
      return journal.kind === "tcp" ? `${new TextEncoder().encode(message).length} ${message}` : message;
    };
  }
  if (journal.kind === "local") {
    return (at, severity, text) => `<${priority(severity)}>${syslogStamp(at)} ${tag}: ${text}\n`;
  }
  return (at, severity, text) => `<${priority(severity)}>${rfc3339(at, false)} ${host} ${tag}: ${text}\n`;
}
