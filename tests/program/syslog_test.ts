/** Logs of a run in a syslog: over the network with receivers of this test, and a local one on a machine that has just that. */

import { assertEquals } from "@std/assert";
import { createSocket } from "node:dgram";
import { type Folder, makeFolder } from "../support/folder.ts";
import { inNamespace } from "../support/namespace.ts";
import { standInRestic } from "../support/restic.ts";
import { parseSyslog, type SyslogMessage } from "../support/syslog_message.ts";
import { type Launch, runTool } from "../support/tool.ts";

const USER = 1;
const [ERROR, WARNING, NOTICE, INFO, DEBUG] = [3, 4, 5, 6, 7];
const LAST = "backup on profile 'default': exit status 1";

/** What the tool and its children have to say, in this order among others: severity and text. */
const SAID: readonly (readonly [severity: number, text: string])[] = [
  [WARNING, "Cannot read environment file"],
  [INFO, "profile 'default': starting 'backup'"],
  [NOTICE, "from a hook: é"],
  [DEBUG, "profile 'default': run-before[0]: printf"],
  [NOTICE, "from restic"],
  [NOTICE, "red"],
  [NOTICE, "no end"],
  [ERROR, LAST],
];

const PROFILE = `
[default]
env-file = "missing.env"
run-before = '''printf '\\n\\nfrom a hook: é\\r\\n' '''
[default.backup]
source = "/source"
`;

/** Runs a failing backup with that log. */
async function run(folder: Folder, target: string, launch: Launch = {}): Promise<void> {
  folder.write({ "profiles.toml": PROFILE });
  standInRestic(folder, {
    backup: { stdout: "from restic\n\n\n\x1b[31mred\x1b[0m\nno end", stderr: "trouble\n", exit: 1 },
  });
  const { code, stdout, stderr } = await runTool(folder, ["--verbose", "--log", target, "backup"], launch);
  assertEquals([code, stdout, stderr], [1, "", ""]);
}

/** Every message is well formed, is the tool's, and nothing of what was to be said is missing. */
function assertLogged(texts: readonly string[], form: "local" | "network"): void {
  const messages = texts.map((text) => parseSyslog(text, form));
  for (const { facility, tag, pid, host } of messages) {
    assertEquals([facility, tag, pid], [USER, "resticprofile", messages[0]?.pid]);
    assertEquals(host, form === "local" ? undefined : Deno.hostname());
  }
  for (const [severity, text] of SAID) assertEquals(countOf(messages, severity, text), 1, `${severity} ${text}`);
}

function countOf(messages: readonly SyslogMessage[], severity: number, text: string): number {
  return messages.filter((message) => message.severity === severity && message.text.includes(text)).length;
}

Deno.test("syslog over UDP: a message is a datagram", async () => {
  using folder = makeFolder();
  const receiver = createSocket("udp4");
  const datagrams: string[] = [];
  const { promise: complete, resolve } = Promise.withResolvers<void>();
  receiver.on("message", (data) => {
    datagrams.push(String(data));
    if (String(data).includes(LAST)) resolve();
  });
  await new Promise<void>((bound) => receiver.bind(0, "127.0.0.1", () => bound()));
  await run(folder, `syslog://127.0.0.1:${receiver.address().port}`);
  await complete;
  await new Promise<void>((closed) => receiver.close(() => closed()));
  assertLogged(datagrams.map((text) => text.replace(/\n$/, "")), "network");
});

Deno.test("syslog over TCP: a message is a line", async () => {
  using folder = makeFolder();
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const received = listener.accept().then(({ readable }) => new Response(readable).text());
  await run(folder, `syslog-tcp://127.0.0.1:${(listener.addr as Deno.NetAddr).port}`);
  const text = await received;
  listener.close();
  assertEquals(text.endsWith("\n"), true, "the last one has an end, too");
  assertLogged(text.slice(0, -1).split("\n"), "network");
});

/** Writes each datagram as a line of JSON; ends with the last one. */
const LOCAL_SYSLOG = `
import json, socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind("run/log")
open("ready", "w").close()
data = ""
while sys.argv[1] not in data:
    data = s.recv(100000).decode()
    print(json.dumps(data))
`;

/** A machine whose only local syslog is the folder's. */
const WITH_LOCAL_SYSLOG = `if [ -e /dev/log ]; then mount --bind /dev/null /dev/log; fi
mount --bind run /run && mkfifo ready
python3 syslog.py "$LAST" > received & syslog=$!
cat ready
"$@"
code=$?
wait $syslog
exit $code`;

Deno.test("syslog of this machine", async () => {
  using folder = makeFolder({ "run/.keep": "", "syslog.py": LOCAL_SYSLOG });
  await run(folder, "syslog:", { through: inNamespace("mount", WITH_LOCAL_SYSLOG), env: { LAST } });
  const datagrams: string[] = (folder.read("received") ?? "").trimEnd().split("\n").map((line) => JSON.parse(line));
  assertLogged(datagrams.map((text) => text.replace(/\n$/, "")), "local");
});
