/** Which proxy a request goes through, by the variables that all tools know. */
import { HookError } from "./hook_context.ts";

type Environment = Readonly<Record<string, string>>;

/**
 * `HTTP_PROXY` or `HTTPS_PROXY` by the scheme of the URL, unless `NO_PROXY` names the host, or the host is this machine.
 * Each in upper or lower case; a proxy without a scheme is `http://`.
 *
 * @throws {HookError} when the variable holds no URL
 */
export function proxyFor(url: string, env: Environment): string | undefined {
  const { protocol, hostname, port } = new URL(url);
  const name = protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
  const proxy = variable(name, env);
  if (proxy === "" || isThisMachine(hostname)) return undefined;
  const host = { name: bare(hostname), port: port || (protocol === "https:" ? "443" : "80") };
  const exceptions = variable("NO_PROXY", env).split(",").map((entry) => entry.trim().toLowerCase()).filter(Boolean);
  if (exceptions.some((entry) => isNamedBy(entry, host))) return undefined;
  const whole = proxy.includes("://") ? proxy : `http://${proxy}`;
  if (!URL.canParse(whole)) throw new HookError(`the proxy in ${name} is not a URL`);
  return whole;
}

function variable(name: string, env: Environment): string {
  return env[name] || env[name.toLowerCase()] || "";
}

function isThisMachine(hostname: string): boolean {
  return hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "[::1]" || /^127\./.test(hostname);
}

interface Host {
  readonly name: string;
  readonly port: string;
}

/** `*`, `host`, `.domain`, `*.domain`, `host:port`, an address or a network (`10.0.0.0/8`). A domain names all below it. */
function isNamedBy(entry: string, { name, port }: Host): boolean {
  if (entry === "*") return true;
  const [, written = "", wantedPort] = /^(\[.*\]|[^:]*|.*:.*:.*?)(?::(\d+))?$/.exec(entry) ?? [];
  if (wantedPort !== undefined && wantedPort !== port) return false;
  const wanted = bare(written);
  if (wanted.includes("/")) return isInNetwork(name, wanted);
  if (wanted.startsWith(".") || wanted.startsWith("*.")) return name.endsWith(wanted.replace(/^\*/, ""));
  return wanted !== "" && (name === wanted || name.endsWith(`.${wanted}`));
}

function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, "$1");
}

function isInNetwork(address: string, network: string): boolean {
  const [base = "", length = ""] = network.split("/");
  const [one, other] = [bitsOf(address), bitsOf(base)];
  return one !== undefined && other?.length === one.length && one.startsWith(other.slice(0, Number(length)));
}

/** An address as a text of 32 or 128 binary digits; undefined for names. */
function bitsOf(address: string): string | undefined {
  if (/^\d+(\.\d+){3}$/.test(address)) return address.split(".").map((part) => binary(Number(part), 8)).join("");
  const url = `http://[${address}]`;
  if (!address.includes(":") || !URL.canParse(url)) return undefined;
  const [left = "", right] = bare(new URL(url).hostname).split("::"); // the one way in which it is written
  const [head, tail] = [left, right ?? ""].map((part) => part.split(":").filter(Boolean));
  const zeros = Array(8 - head!.length - tail!.length).fill("0");
  return [...head!, ...zeros, ...tail!].map((part) => binary(parseInt(part, 16), 16)).join("");
}

function binary(value: number, digits: number): string {
  return value.toString(2).padStart(digits, "0");
}
