/** The system's log, or another machine's: one message per line, in the form of RFC 3164 that most read, or of RFC 5424. */
import type { LogLevel } from "../model/invocation.ts";
import type { Socket, SocketAddress, World } from "../platform/world.ts";
import { rfc3339, syslogStamp } from "../model/local_time.ts";
import type { LogTarget } from "./log_target.ts";

export type Journal =
  | { readonly kind: "local" }
  | {
    readonly kind: "udp" | "tcp";
    readonly host: string;
    readonly port: number;
    /** In the form of RFC 5424, which some receivers want; in a stream each message has its length before it (RFC 6587). */
    readonly isNewForm?: boolean;
  };

const LOCAL_SOCKETS = ["/dev/log", "/var/run/syslog", "/var/run/log"] as const;
const FACILITY_USER = 1;
const NOTICE = 5;
const PATIENCE_MS = 10_000;
const SEVERITIES: Readonly<Record<LogLevel, number>> = { trace: 7, debug: 7, info: 6, warning: 4, error: 3 };

/** @throws {SocketError} when it cannot be reached */
export async function openSyslog(journal: Journal, world: World): Promise<LogTarget> {
  const socket = journal.kind === "local" ? await localSocket(world) : await inTime(world.connect(journal), world);
  const frame = frameOf(journal, world);
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  let sending: Promise<void> = Promise.resolve();
  let unfinished = "";
  /** Lost messages are not told of: the log is the place where that would be written. */
  const send = (at: number, severity: number, text: string) => {
    for (const line of text.split(/[\r\n]+/)) {
      if (line.trim() === "") continue;
      const data = encoder.encode(frame(at, severity, line));
      sending = sending.then(() => socket.send(data)).catch(() => {});
    }
  };
  const finish = (at: number) => {
    send(at, NOTICE, unfinished);
    unfinished = "";
  };
  return {
    message(at, level, text) {
      finish(at);
      send(at, SEVERITIES[level], text);
    },
    output(at, bytes) {
      const text = unfinished + decoder.decode(bytes, { stream: true });
      const end = text.lastIndexOf("\n") + 1;
      unfinished = text.slice(end);
      send(at, NOTICE, text.slice(0, end));
    },
    raw: (at, level, line) => send(at, SEVERITIES[level], line),
    settle() {
      finish(world.now());
      return inTime(sending, world).catch(() => {});
    },
    close: () => socket.close(),
  };
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

/** The first socket that somebody reads from, by datagrams if it takes them. */
async function localSocket(world: World): Promise<Socket> {
  const kinds = ["unix-datagram", "unix-stream"] as const;
  const addresses: SocketAddress[] = LOCAL_SOCKETS.flatMap((path) => kinds.map((kind) => ({ kind, path })));
  for (const address of addresses) {
    const socket = await world.connect(address).catch(() => undefined);
    if (socket) return socket;
  }
  throw new Error("this system has no local syslog");
}

/** The local one has no host's name, and an older form of time. The line feed ends a message in a stream. */
function frameOf(journal: Journal, world: World): (at: number, severity: number, text: string) => string {
  const tag = `resticprofile[${world.pid}]`;
  const priority = (severity: number) => FACILITY_USER * 8 + severity;
  if (journal.kind === "local") {
    return (at, severity, text) => `<${priority(severity)}>${syslogStamp(at)} ${tag}: ${text}\n`;
  }
  const host = world.hostname();
  if (journal.isNewForm) {
    return (at, severity, text) => {
      const header = `<${priority(severity)}>1 ${rfc3339(at, true)} ${host || "-"} resticprofile ${world.pid} - - `;
      const message = `${header}${text}`;
      return journal.kind === "tcp" ? `${new TextEncoder().encode(message).length} ${message}` : message;
    };
  }
  return (at, severity, text) => `<${priority(severity)}>${rfc3339(at, false)} ${host} ${tag}: ${text}\n`;
}
