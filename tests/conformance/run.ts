// Black-box conformance runner. See README.md in this folder.
//
//   deno run -A run.ts --tool "PROGRAM [ARGS]" [--filter TEXT] [--jobs N] [--record] [--verbose] [FOLDER|FILE ...]
//
// Each case is one txtar file. The tool runs in a fresh folder with a stand-in restic, real HTTP and HTTPS
// receivers and stand-in schedulers; everything they see is compared, in order, with the recorded events.
// No dependency but Deno (2.x) and `openssl`.

import { createServer as httpServer } from "node:http";
import { createServer as httpsServer } from "node:https";

type Reply = { exit?: number; stdout?: string; stderr?: string; sleep?: number; signal?: string };
type HttpReply = { status?: number; delay?: number; body?: string; drop?: boolean; location?: string };
type Step = {
  args: string[];
  env?: Record<string, string>;
  stdin?: string;
  cwd?: string;
  exit?: number;
  /** signal sent to the tool, after so many seconds */
  kill?: { signal: string; after: number };
  /** start the step and go on with the next one after so many seconds */
  background?: number;
  stdout?: string[];
  stderr?: string[];
  output?: string[];
  notOutput?: string[];
};
type Case = Partial<Step> & {
  description?: string;
  runs?: Step[];
  restic?: Record<string, Reply | Reply[]>;
  resticVersion?: string;
  http?: Record<string, HttpReply | HttpReply[]>;
  fakes?: Record<string, Reply>;
  watchEnv?: string[];
  watchHeaders?: string[];
  capture?: string[];
  modes?: Record<string, string>;
  /** events of one kind may come in any order between neighbours: compare sorted */
  unordered?: boolean;
  /** the recorded events are not compared (only exits and outputs) */
  ignoreEvents?: boolean;
  timeout?: number;
};
// deno-lint-ignore no-explicit-any
type Event = any;
type Expected = { exits: number[]; events: Event[]; files?: Record<string, string | null> };

/**
 * Cases that want a certificate verified which its server also uses as a CA. A tool that runs on a Deno before 2.9 cannot: it sends
 * nothing and has to print the remedy.
 */
const CA_AS_SERVER = ["hooks/seed-ca-certificates.txtar"];
const REMEDY = "basicConstraints=critical,CA:FALSE";

const here = new URL(".", import.meta.url).pathname;
const options = parse(Deno.args);
const files = (await Promise.all((options.paths.length ? options.paths : [here + "cases"]).map(list))).flat().sort()
  .filter((f) => !options.filter || f.includes(options.filter));
const certs = await certificates();
const verifiesCas = await canVerifyCas();
let passed = 0;
let failed = 0;
const failures: string[] = [];
const queue = [...files];
await Promise.all(Array.from({ length: options.jobs }, async () => {
  for (let file; (file = queue.shift());) {
    const problems = await runCase(file).catch((e) => [`runner: ${e.stack ?? e}`]);
    const name = file.replace(/^.*\/cases\//, "");
    if (problems.length === 0) {
      passed++;
      if (options.verbose) console.log(`ok    ${name}`);
    } else {
      failed++;
      failures.push(name);
      console.log(`FAIL  ${name}`);
      for (const p of problems) console.log("      " + p.replaceAll("\n", "\n      "));
    }
  }
}));
await Deno.remove(certs.dir, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
Deno.exit(failed > 0 || passed === 0 ? 1 : 0);

function parse(argv: string[]) {
  const o = {
    tool: [] as string[],
    filter: "",
    jobs: 2,
    record: false,
    verbose: false,
    keep: false,
    paths: [] as string[],
  };
  for (let i = 0; i < argv.length; i++) {
    const a = argv[i]!;
    if (a === "--tool") o.tool = argv[++i]!.split(" ").filter(Boolean);
    else if (a === "--filter") o.filter = argv[++i]!;
    else if (a === "--jobs") o.jobs = Number(argv[++i]);
    else if (a === "--record") o.record = true;
    else if (a === "--verbose") o.verbose = true;
    else if (a === "--keep") o.keep = true;
    else o.paths.push(a);
  }
  if (o.tool.length === 0) {
    console.error(
      'usage: run.ts --tool "PROGRAM [ARGS]" [--filter TEXT] [--jobs N] [--record] [--keep] [FOLDER|FILE ...]',
    );
    Deno.exit(2);
  }
  o.tool = o.tool.map((t) => t.includes("/") && !t.startsWith("-") && !t.startsWith("/") ? `${Deno.cwd()}/${t}` : t);
  return o;
}

async function list(path: string): Promise<string[]> {
  if ((await Deno.stat(path)).isFile) return [path];
  const out: string[] = [];
  for await (const e of Deno.readDir(path)) {
    if (e.isDirectory) out.push(...await list(`${path}/${e.name}`));
    else if (e.name.endsWith(".txtar")) out.push(`${path}/${e.name}`);
  }
  return out;
}

function readArchive(text: string) {
  const sections = new Map<string, string>();
  let name = "";
  let body: string[] = [];
  let comment = "";
  const close = () => name ? sections.set(name, body.join("")) : (comment = body.join(""));
  for (const line of text.split(/(?<=\n)/)) {
    const m = /^-- (.+) --\r?\n?$/.exec(line);
    if (!m) {
      body.push(line);
      continue;
    }
    close();
    name = m[1]!.trim();
    body = [];
  }
  close();
  return { comment, sections };
}

async function runCase(file: string): Promise<string[]> {
  const { comment, sections } = readArchive(await Deno.readTextFile(file));
  const spec: Case = JSON.parse(sections.get("case.json") ?? "{}");
  const dir = await Deno.realPath(await Deno.makeTempDir({ prefix: "conformance-" }));
  const log = `${dir}/.events`;
  await Deno.writeTextFile(log, "");
  const servers = await startServers(spec, log);
  const marks: [string, string][] = [
    ["{{DIR}}", dir],
    ["{{HTTP}}", servers.http],
    ["{{HTTPS_SELF}}", servers.self],
    ["{{HTTPS_CA}}", servers.ca],
  ];
  const fill = (s: string) => marks.reduce((t, [k, v]) => t.replaceAll(k, v), s);
  const hide = (s: string) => marks.reduceRight((t, [k, v]) => t.replaceAll(v, k), s);
  try {
    await prepare(dir, log, spec, sections, fill);
    const steps: Step[] = spec.runs ?? [spec as Step];
    const results: Promise<{ code: number; stdout: string; stderr: string }>[] = [];
    for (const step of steps) {
      const r = launch(step, dir, spec.timeout ?? 20, fill);
      results.push(r);
      if (step.background) await new Promise((f) => setTimeout(f, step.background! * 1000));
      else await r;
    }
    const done = await Promise.all(results);
    const actual: Expected = { exits: done.map((d) => d.code), events: await events(log, spec, hide) };
    if (spec.capture) {
      actual.files = {};
      for (const path of spec.capture) {
        actual.files[path] = await Deno.readTextFile(`${dir}/${path}`).then((t) => hide(t), () => null);
      }
    }
    if (options.verbose) done.forEach((d) => console.log(hide(d.stdout + d.stderr)));
    const problems: string[] = [];
    steps.forEach((step, i) => {
      const { code, stdout, stderr } = done[i]!;
      const check = (where: string, text: string, wanted: string[] | undefined, present = true) => {
        for (const w of wanted ?? []) {
          const found = w.startsWith("/") && w.endsWith("/")
            ? new RegExp(w.slice(1, -1), "ms").test(hide(text))
            : hide(text).includes(w);
          if (found !== present) {
            problems.push(
              `${where} of run ${i + 1} ${present ? "lacks" : "has"} ${JSON.stringify(w)}; it was:\n${hide(text)}`,
            );
          }
        }
      };
      check("stdout", stdout, step.stdout);
      check("stderr", stderr, step.stderr);
      check("output", stdout + stderr, step.output);
      check("output", stdout + stderr, step.notOutput, false);
      if (step.exit !== undefined && step.exit !== code) {
        problems.push(`run ${i + 1} exits ${code}, wanted ${step.exit}; it printed:\n${hide(stdout + stderr)}`);
      }
    });
    if (options.record) {
      sections.set("expected.json", write(actual) + "\n");
      let text = comment;
      for (const [k, v] of sections) text += `-- ${k} --\n${v.endsWith("\n") || v === "" ? v : v + "\n"}`;
      await Deno.writeTextFile(file, text);
      return problems;
    }
    if (!sections.has("expected.json")) return [...problems, "no expected.json: record the case first"];
    const expected: Expected = JSON.parse(sections.get("expected.json")!);
    if (!verifiesCas && CA_AS_SERVER.some((name) => file.endsWith(`/${name}`))) {
      expected.events = expected.events.filter((event) => event.https === undefined);
      done.forEach(({ stdout, stderr }, i) => {
        if (!(stdout + stderr).includes(REMEDY)) problems.push(`output of run ${i + 1} lacks the remedy "${REMEDY}"`);
      });
    }
    const order = (e: Event[]) =>
      spec.unordered ? [...e].map((x) => JSON.stringify(x)).sort() : e.map((x) => JSON.stringify(x));
    if (JSON.stringify(actual.exits) !== JSON.stringify(expected.exits)) {
      problems.push(`exits ${JSON.stringify(actual.exits)}, wanted ${JSON.stringify(expected.exits)}`);
    }
    if (!spec.ignoreEvents) problems.push(...difference(order(expected.events), order(actual.events)));
    for (const [path, text] of Object.entries(expected.files ?? {})) {
      if (actual.files?.[path] !== text) {
        problems.push(`file ${path}:\n--- wanted\n${text}\n--- got\n${actual.files?.[path]}`);
      }
    }
    if (problems.length) problems.push(`the tool printed:\n${hide(done.map((d) => d.stdout + d.stderr).join("\n"))}`);
    return problems;
  } finally {
    servers.close();
    if (options.keep) console.log(`kept ${dir} for ${file}`);
    else await Deno.remove(dir, { recursive: true }).catch(() => {});
  }
}

function difference(wanted: string[], got: string[]): string[] {
  if (JSON.stringify(wanted) === JSON.stringify(got)) return [];
  const out = ["events differ (- wanted, + got):"];
  // longest common subsequence over whole events
  const n = wanted.length, m = got.length;
  const t = Array.from({ length: n + 1 }, () => new Array<number>(m + 1).fill(0));
  for (let i = n - 1; i >= 0; i--) {
    for (let j = m - 1; j >= 0; j--) {
      t[i]![j] = wanted[i] === got[j] ? t[i + 1]![j + 1]! + 1 : Math.max(t[i + 1]![j]!, t[i]![j + 1]!);
    }
  }
  for (let i = 0, j = 0; i < n || j < m;) {
    if (i < n && j < m && wanted[i] === got[j]) out.push("  " + wanted[i]), i++, j++;
    else if (j < m && (i >= n || t[i]![j + 1]! > t[i + 1]![j]!)) out.push("+ " + got[j++]);
    else out.push("- " + wanted[i++]);
  }
  return [out.join("\n")];
}

function write(e: Expected): string {
  const rows = e.events.map((x) => "    " + JSON.stringify(x)).join(",\n");
  const files = e.files ? `,\n  "files": ${JSON.stringify(e.files, null, 2).replaceAll("\n", "\n  ")}` : "";
  return `{\n  "exits": ${JSON.stringify(e.exits)},\n  "events": [\n${rows}\n  ]${files}\n}`;
}

async function prepare(
  dir: string,
  log: string,
  spec: Case,
  sections: Map<string, string>,
  fill: (s: string) => string,
) {
  await Deno.mkdir(`${dir}/bin`);
  await Deno.mkdir(`${dir}/home`);
  await Deno.mkdir(`${dir}/tmp`);
  for (const f of ["self-signed.pem", "ca.pem"]) await Deno.copyFile(`${certs.dir}/${f}`, `${dir}/${f}`);
  for (const [name, text] of sections) {
    if (name === "case.json" || name === "expected.json") continue;
    const path = `${dir}/${name}`;
    await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    await Deno.writeTextFile(path, fill(text));
    const mode = spec.modes?.[name];
    if (mode) await Deno.chmod(path, parseInt(mode, 8));
  }
  const record = (kind: string) =>
    `printf '%s %s %s %s\\n' ${kind} "$(printf '%s\\0' "$@" | base64 -w0)" "$(env -0 | base64 -w0)" "$(cat ${dir}/.stdin.$$ 2>/dev/null | base64 -w0)" >> ${log}\nrm -f ${dir}/.stdin.$$\n`;
  const act = (folder: string) =>
    `d=${folder}\nf=$d/$key\nn=$(cat $f.count 2>/dev/null || echo 0); n=$((n+1)); echo $n > $f.count\n[ -d $f.$n ] && r=$f.$n || r=$f.last\n[ -d $r ] || exit 0\n[ -f $r/sleep ] && sleep $(cat $r/sleep)\n[ -f $r/stdout ] && cat $r/stdout\n[ -f $r/stderr ] && cat $r/stderr >&2\n[ -f $r/signal ] && kill -$(cat $r/signal) $$\nexit $(cat $r/exit)\n`;
  const wantsStdin = `case " $* " in *" --stdin "*|*" --stdin-filename"*) cat > ${dir}/.stdin.$$;; esac\n`;
  const version = spec.resticVersion ?? "0.18.0";
  await script(
    `${dir}/bin/restic`,
    `#!/bin/sh\n[ "$1" = version ] && { case "$*" in *--json*) echo '{"message_type":"version","version":"${version}","go_version":"go1.24.1","go_os":"linux","go_arch":"amd64"}';; *) echo "restic ${version} compiled with go1.24.1 on linux/amd64";; esac; exit 0; }\nkey=$1\ncase "$1" in -*) for a in "$@"; do case "$a" in -*) ;; *) [ -f ${dir}/.replies/$a.last/exit ] && key=$a && break;; esac; done;; esac\n${wantsStdin}${
      record("restic")
    }${act(`${dir}/.replies`)}`,
  );
  await script(`${dir}/bin/mark`, `#!/bin/sh\n${record("mark")}`);
  await Deno.mkdir(`${dir}/.replies`);
  await replies(`${dir}/.replies`, spec.restic ?? {});
  for (const [name, reply] of Object.entries(spec.fakes ?? {})) {
    await replies(`${dir}/.fakes`, { [name]: reply });
    await script(
      `${dir}/bin/${name}`,
      `#!/bin/sh\nkey=${name}\n[ -t 0 ] || cat > ${dir}/.stdin.$$\n${record(name)}${act(`${dir}/.fakes`)}`,
    );
  }
  async function replies(folder: string, map: Record<string, Reply | Reply[]>) {
    for (const [key, value] of Object.entries(map)) {
      const all = Array.isArray(value) ? value : [value];
      for (let i = 0; i < all.length; i++) {
        const last = i === all.length - 1;
        const d = `${folder}/${key}.${last ? "last" : i + 1}`;
        await Deno.mkdir(d, { recursive: true });
        const r = all[i]!;
        await Deno.writeTextFile(`${d}/exit`, String(r.exit ?? 0));
        if (r.stdout) await Deno.writeTextFile(`${d}/stdout`, fill(r.stdout));
        if (r.stderr) await Deno.writeTextFile(`${d}/stderr`, fill(r.stderr));
        if (r.sleep) await Deno.writeTextFile(`${d}/sleep`, String(r.sleep));
        if (r.signal) await Deno.writeTextFile(`${d}/signal`, r.signal);
      }
    }
  }
}

async function script(path: string, text: string) {
  await Deno.writeTextFile(path, text);
  await Deno.chmod(path, 0o755);
}

async function launch(
  step: Step,
  dir: string,
  limit: number,
  fill: (s: string) => string,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const env: Record<string, string> = {
    PATH: `${dir}/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin`,
    HOME: `${dir}/home`,
    TMPDIR: `${dir}/tmp`,
    USER: "tester",
    LOGNAME: "tester",
    SHELL: "/bin/sh",
    TZ: "UTC",
    LANG: "C.UTF-8",
    TERM: "dumb",
    ...(Deno.env.get("DENO_DIR") ? { DENO_DIR: Deno.env.get("DENO_DIR")! } : {}),
  };
  for (const [k, v] of Object.entries(step.env ?? {})) env[k] = fill(v);
  const [program, ...rest] = [...hiding(step), ...options.tool, ...(step.args ?? []).map(fill)];
  let child: Deno.ChildProcess;
  try {
    child = new Deno.Command(program!, {
      args: rest,
      cwd: step.cwd ? `${dir}/${step.cwd}` : dir,
      env,
      clearEnv: true,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  } catch (e) {
    return { code: -1, stdout: "", stderr: String(e) };
  }
  const stop = (signal: string) => {
    try {
      child.kill(signal as Deno.Signal);
    } catch { /* it has ended */ }
  };
  const writer = child.stdin.getWriter();
  writer.write(new TextEncoder().encode(step.stdin === undefined ? "" : fill(step.stdin))).then(() => writer.close())
    .catch(() => {});
  let late = "";
  const timers = [setTimeout(() => (late = `\n[runner: stopped after ${limit} s]\n`, stop("SIGKILL")), limit * 1000)];
  if (step.kill) timers.push(setTimeout(() => stop(step.kill!.signal), step.kill.after * 1000));
  const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), child.status]);
  timers.forEach(clearTimeout);
  // a death by signal is reported as a shell does: 128 + the signal's number
  return {
    code: status.code,
    stdout,
    stderr: stderr + late + (status.signal ? `\n[runner: died of ${status.signal}]\n` : ""),
  };
}

async function canVerifyCas(): Promise<boolean> {
  const [program, ...rest] = options.tool;
  const { stdout } = await new Deno.Command(program!, { args: [...rest, "version", "--verbose"] }).output();
  const [, major, minor] = /\bdeno(\d+)\.(\d+)\./.exec(new TextDecoder().decode(stdout)) ?? [];
  return major !== "2" || Number(minor) >= 9;
}

/**
 * A case that empties the PATH wants a machine without restic; the tool also looks where systems install it. Where there is one, it is
 * hidden from the tool in a mount namespace.
 */
function hiding({ env }: Step): string[] {
  if (env?.PATH === undefined || env.PATH.includes("bin")) return [];
  const installed = ["/usr/bin/restic", "/usr/local/bin/restic"].filter((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
  if (installed.length === 0) return [];
  const mounts = installed.map((path) => `/bin/mount --bind /dev/null ${path}`).join(" && ");
  return ["/usr/bin/unshare", "--map-root-user", "--mount", "/bin/sh", "-c", `${mounts} && exec "$@"`, "sh"];
}

async function text(stream: ReadableStream<Uint8Array>): Promise<string> {
  return await new Response(stream).text();
}

async function events(log: string, spec: Case, hide: (s: string) => string): Promise<Event[]> {
  const decode = (b: string) => new TextDecoder().decode(Uint8Array.from(atob(b), (c) => c.charCodeAt(0)));
  const out: Event[] = [];
  for (const line of (await Deno.readTextFile(log)).split("\n").filter(Boolean)) {
    const [kind = "", argv64 = "", env64 = "", stdin64 = ""] = line.split(" ");
    if (kind === "http") {
      out.push(JSON.parse(hide(decode(argv64))));
      continue;
    }
    const argv = decode(argv64).split("\0").slice(0, -1).map(hide);
    const event: Event = kind === "mark" ? { mark: argv.join(" ") } : { [kind]: argv };
    const env: Record<string, string> = {};
    for (const pair of decode(env64).split("\0")) {
      const at = pair.indexOf("=");
      if (spec.watchEnv?.includes(pair.slice(0, at))) env[pair.slice(0, at)] = hide(pair.slice(at + 1));
    }
    if (Object.keys(env).length) event.env = Object.fromEntries(Object.entries(env).sort());
    const stdin = decode(stdin64);
    if (stdin) event.stdin = hide(stdin);
    out.push(event);
  }
  return out;
}

async function startServers(spec: Case, log: string) {
  const counts: Record<string, number> = {};
  const encode = (s: string) => btoa(String.fromCharCode(...new TextEncoder().encode(s)));
  // deno-lint-ignore no-explicit-any
  const handler = (scheme: string) => (req: any, res: any) => {
    const chunks: Uint8Array[] = [];
    req.on("data", (c: Uint8Array) => chunks.push(c));
    req.on("end", () => {
      const body = new TextDecoder().decode(concat(chunks));
      // Newer releases of Deno show a proxied URL whole, and the body of a GET; those that recorded the cases did not.
      const target = req.url.replace(/^https?:\/\/[^/]+/, "");
      const path = target.split("?")[0];
      const headers: Record<string, string> = {};
      for (const name of spec.watchHeaders ?? []) {
        const v = req.headers[name.toLowerCase()];
        if (v !== undefined) {
          headers[name.toLowerCase()] = String(v).replace(/resticprofile\/\S+/, "resticprofile/VERSION");
        }
      }
      // deno-lint-ignore no-explicit-any
      const event: any = { [scheme]: `${req.method} ${target}` };
      if (Object.keys(headers).length) event.headers = headers;
      if (body && req.method !== "GET" && req.method !== "HEAD") event.body = body;
      Deno.writeTextFileSync(log, `http ${encode(JSON.stringify(event))}\n`, { append: true });
      const all = spec.http?.[path];
      const n = counts[path] = (counts[path] ?? 0) + 1;
      const reply = (Array.isArray(all) ? all[Math.min(n, all.length) - 1] : all) ?? {};
      setTimeout(() => {
        if (reply.drop) return req.socket.destroy();
        res.writeHead(
          reply.status ?? 200,
          reply.location ? { location: reply.location.replace("{{HTTP}}", http) } : {},
        );
        res.end(reply.body ?? "ok");
      }, (reply.delay ?? 0) * 1000);
    });
  };
  const a = httpServer(handler("http"));
  const b = httpsServer({ key: certs.selfKey, cert: certs.self }, handler("https"));
  const c = httpsServer({ key: certs.leafKey, cert: certs.leaf }, handler("https"));
  // deno-lint-ignore no-explicit-any
  const listen = (s: any) => new Promise<number>((f) => s.listen(0, "127.0.0.1", () => f(s.address().port)));
  const [pa, pb, pc] = [await listen(a), await listen(b), await listen(c)];
  const http = `http://127.0.0.1:${pa}`;
  return {
    http,
    self: `https://localhost:${pb}`,
    ca: `https://localhost:${pc}`,
    close: () => [a, b, c].forEach((s) => (s.closeAllConnections?.(), s.close())),
  };
}

function concat(chunks: Uint8Array[]): Uint8Array {
  const out = new Uint8Array(chunks.reduce((n, c) => n + c.length, 0));
  let at = 0;
  for (const c of chunks) out.set(c, at), at += c.length;
  return out;
}

/** A self-signed certificate as `openssl req -x509` makes it (a CA used as the server's own), and a CA with a leaf. */
async function certificates() {
  const dir = await Deno.makeTempDir({ prefix: "conformance-certs-" });
  const run = async (...args: string[]) => {
    const { success, stderr } = await new Deno.Command("openssl", { args, cwd: dir, stderr: "piped", stdout: "null" })
      .output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
  };
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  await run(
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-days",
    "30",
    "-keyout",
    "self.key",
    "-out",
    "self-signed.pem",
    ...subject,
  );
  await run(
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-days",
    "30",
    "-keyout",
    "ca.key",
    "-out",
    "ca.pem",
    "-subj",
    "/CN=Test CA",
  );
  await run("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "leaf.key", "-out", "leaf.csr", ...subject);
  await Deno.writeTextFile(`${dir}/leaf.ext`, "subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n");
  await run(
    "x509",
    "-req",
    "-in",
    "leaf.csr",
    "-CA",
    "ca.pem",
    "-CAkey",
    "ca.key",
    "-CAcreateserial",
    "-days",
    "30",
    "-out",
    "leaf.pem",
    "-extfile",
    "leaf.ext",
  );
  const read = (f: string) => Deno.readTextFileSync(`${dir}/${f}`);
  return {
    dir,
    self: read("self-signed.pem"),
    selfKey: read("self.key"),
    leaf: read("leaf.pem"),
    leafKey: read("leaf.key"),
  };
}
