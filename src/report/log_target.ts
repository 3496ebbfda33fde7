/** Where log lines go instead of the console: a file, a file of the session (`temp:`), or a syslog. */
import type { World } from "../platform/world.ts";
import { openLogFile } from "./log_file.ts";
import type { LogTarget } from "./log_sink.ts";
import { type Journal, openSyslog } from "./syslog.ts";

const SYSLOG_PORT = 514;
const LAST_PORT = 65_535;

/**
 * @param target a path relative to the start folder, `temp:PATH`, `syslog:`, `syslog://HOST[:PORT]` or `udp://…`, `syslog-tcp://…` or `tcp://…`, each with `+rfc5424` behind its name
 * @throws {Error} whose message is the reason alone
 */
export async function openLogTarget(target: string, world: World): Promise<LogTarget> {
  const [, scheme, rest] = /^([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/)?(.*)$/s.exec(target) ?? [];
  if (target.startsWith("temp:")) return openLogFile(`${world.tempDir()}/${target.slice("temp:".length)}`, world.files);
  const journal = scheme === undefined ? undefined : journalOf(scheme.toLowerCase(), rest ?? "");
  if (journal) return await openSyslog(journal, world);
  if (target.includes("://")) throw new Error(`unknown log target "${scheme}"`);
  return openLogFile(target, world.files);
}

/** @throws {Error} when the host is missing, or the port is invalid */
function journalOf(scheme: string, rest: string): Journal | undefined {
  const network = NETWORKS[scheme];
  if (!network) return undefined;
  const form = scheme.endsWith(NEW_FORM) ? { isNewForm: true } : {};
  if (scheme.replace(NEW_FORM, "") === "syslog" && rest === "") return { kind: "local", ...form };
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:/]*))(?::(\d+))?\/?$/.exec(rest) ?? [];
  const host = bracketed ?? plain;
  if (!host) throw new Error(`write it as ${scheme}://HOST or ${scheme}://HOST:PORT`);
  const number = Number(port ?? SYSLOG_PORT);
  if (number > LAST_PORT) throw new Error(`port ${number} is out of range`);
  return { kind: network, host, port: number, ...form };
}

const NETWORKS: Readonly<Record<string, "udp" | "tcp">> = {
  "syslog": "udp",
  "udp": "udp",
  "syslog-tcp": "tcp",
  "tcp": "tcp",
  "syslog+rfc5424": "udp",
  "udp+rfc5424": "udp",
  "syslog-tcp+rfc5424": "tcp",
  "tcp+rfc5424": "tcp",
};
const NEW_FORM = "+rfc5424";
