import { assert, assertEquals, assertMatch, assertNotEquals, assertRejects, assertThrows } from "@std/assert";
import { makeTempDir } from "../../src/platform/deno_temp_dir.ts";
import { denoWorld } from "../../src/platform/deno_world.ts";
import { type ChildCommand, FileError, SpawnError } from "../../src/platform/world.ts";

const world = denoWorld();

function shell(text: string, more: Partial<ChildCommand> = {}): ChildCommand {
  const env = { PATH: world.env.PATH ?? "" };
  const streams = { stdin: "null", stdout: "piped", stderr: "null" } as const;
  return { program: "sh", args: ["-c", text], cwd: "/", env, ...streams, ...more };
}

async function outputOf(command: ChildCommand): Promise<string> {
  const child = world.spawn(command);
  const [text] = await Promise.all([new Response(child.stdout).text(), child.status]);
  return text;
}

async function inFolder(test: (folder: string) => void | Promise<void>): Promise<void> {
  const folder = Deno.makeTempDirSync();
  try {
    await test(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

Deno.test("sleep() rejects with the signal's reason", async () => {
  const stop = new AbortController();
  const waiting = world.sleep(3_600_000, stop.signal);
  stop.abort(new Error("enough"));
  await assertRejects(() => waiting, Error, "enough");
  await assertRejects(() => world.sleep(1, stop.signal), Error, "enough");
});

Deno.test("spawn() gives the child its environment and folder, and nothing beside", async () => {
  const text = await outputOf(shell('echo "$A|$HOME|$(pwd)"', { env: { PATH: "/usr/bin:/bin", A: "1" }, cwd: "/tmp" }));
  assertEquals(text, "1||/tmp\n");
});

Deno.test("spawn() tells how the child ended", async () => {
  const ended = (text: string) => world.spawn(shell(text, { stdout: "null" })).status;
  assertEquals(await ended("exit 7"), { code: 7, signal: undefined });
  assertEquals(await ended("kill -INT $$"), { code: 130, signal: "SIGINT" });
});

for (
  const [what, command, reason] of [
    ["a name that is not on the PATH", shell("", { program: "no-such-program" }), "not found on the PATH"],
    ["a path that is not there", shell("", { program: "/no/such" }), "no such file or directory"],
    ["a folder that is not there", shell("", { cwd: "/no/such" }), 'no such folder "/no/such"'],
    ["a file that is no program", shell("", { program: "/etc/passwd" }), "permission denied"],
  ] as const
) {
  Deno.test(`spawn() refuses ${what}`, () => {
    assertThrows(() => world.spawn(command), SpawnError, reason);
  });
}

Deno.test("spawn() looks for a name on the PATH of the child", () =>
  inFolder(async (folder) => {
    Deno.writeTextFileSync(`${folder}/only-here`, "#!/bin/sh\n", { mode: 0o755 });
    const command = shell("", { program: "only-here", env: { PATH: `/usr/bin:${folder}` }, stdout: "null" });
    assertEquals((await world.spawn(command).status).code, 0);
  }));

Deno.test("spawn() makes the child nicer, all its threads, and not the tool", async () => {
  const niceOfTool = async () => Number((await outputOf(shell("cat /proc/$PPID/stat"))).split(" ")[18]);
  const before = await niceOfTool();
  const nice = before + 1;
  const child = world.spawn(shell("read x; cat /proc/$$/stat", { nice, stdin: "piped" }));
  await child.stdin?.close();
  const [text] = await Promise.all([new Response(child.stdout).text(), child.status]);
  assertEquals([Number(text.split(" ")[18]), child.niceProblem], [nice, undefined]);
  assertEquals(await niceOfTool(), before);
});

Deno.test("kill() of a child that has ended is no error", async () => {
  const child = world.spawn(shell("exit 0", { stdout: "null" }));
  await child.status;
  child.kill("SIGTERM");
});

Deno.test("signal() without a signal asks whether a process lives", async () => {
  const child = world.spawn(shell("exit 0", { stdout: "null" }));
  await child.status;
  assertEquals([world.signal(world.pid, undefined), world.signal(child.pid, undefined)], [true, false]);
});

const IMPORTS = new URL("../../deno.json", import.meta.url).pathname;

/** Runs a program that tells which signals it hears, up to SIGTERM, of those that it sends itself. */
function signalsHeard(before: string): Promise<string> {
  const program = `
    import { denoWorld } from "${new URL("../../src/platform/deno_world.ts", import.meta.url)}";
    const world = denoWorld();
    const end = new AbortController();
    const heard = [];
    const stop = world.onSignal((signal) => heard.push(signal) && signal === "SIGTERM" && end.abort());
    world.signal(world.pid, "SIGHUP");
    await world.sleep(50).then(() => world.signal(world.pid, "SIGTERM"));
    await world.sleep(10_000, end.signal).catch(() => stop());
    console.log(heard.sort().join(" "));`; // under load both may come together, in any order
  const env = { ...world.env, RUN: Deno.execPath(), IMPORTS, PROGRAM: program };
  return outputOf(shell(`${before} "$RUN" eval --no-check --config "$IMPORTS" "$PROGRAM"`, { program: "bash", env }));
}

Deno.test("onSignal() hears SIGHUP and SIGTERM", async () => {
  const answer = await signalsHeard("env --default-signal=HUP");
  assertEquals(answer, "SIGHUP SIGTERM\n");
});

Deno.test("onSignal() leaves SIGHUP ignored under nohup", async () => {
  assertEquals(await signalsHeard("env --ignore-signal=HUP"), "SIGTERM\n");
});

Deno.test("files: errors carry the reason alone", () =>
  inFolder((folder) => {
    const { files } = world;
    const failures = [
      [() => files.read(`${folder}/none`), "missing", "no such file or directory"],
      [() => files.makeDir("/etc/passwd"), "exists", "file exists"],
      [() => files.readText(folder), "other", "is a directory"],
    ] as const;
    for (const [action, reason, message] of failures) {
      const error = assertThrows(action, FileError, message);
      assertEquals([error.reason, error.message], [reason, message]);
    }
    assertEquals([files.stat(`${folder}/none`), files.stat("/etc/passwd/x")], [undefined, undefined]);
  }));

Deno.test("files: exclusive creation, append, link, mode", () =>
  inFolder((folder) => {
    const { files } = world;
    const path = `${folder}/a`;
    files.write(path, "one", { createNew: true, mode: 0o600 });
    assertThrows(() => files.write(path, "two", { createNew: true }), FileError, "file exists");
    files.write(path, "+", { append: true });
    files.link(path, `${folder}/b`);
    assertThrows(() => files.link(path, `${folder}/b`), FileError, "file exists");
    assertEquals([files.readText(`${folder}/b`), files.stat(path)?.mode], ["one+", 0o600]);
    files.remove(path);
    files.remove(path);
    assertEquals(files.list(folder), ["b"]);
  }));

Deno.test("files: entries() tells names that are not UTF-8 from those that really have U+FFFD", () =>
  inFolder(async (folder) => {
    await outputOf(
      shell('mkdir a "$(printf "x\\351y")" "$(printf "z\\357\\277\\275")"; ln -s a link; : >file', { cwd: folder }),
    );
    const byName = (one: { name: string }, other: { name: string }) => one.name < other.name ? -1 : 1;
    assertEquals(world.files.entries(folder).sort(byName), [
      { name: "a", kind: "directory", isText: true },
      { name: "file", kind: "file", isText: true },
      { name: "link", kind: "link", isText: true },
      { name: "x\ufffdy", kind: "directory", isText: false },
      { name: "z\ufffd", kind: "directory", isText: true },
    ]);
  }));

Deno.test("a current folder whose name is not UTF-8 is not taken for another one, unless a link leads there", () =>
  inFolder(async (folder) => {
    const module = new URL("../../src/platform/deno_world.ts", import.meta.url).href;
    const script = `const { denoWorld } = await import("${module}");
      try { console.log(denoWorld().startDir) } catch (error) { console.log(error.message) }`;
    Deno.writeTextFileSync(`${folder}/where.ts`, script);
    const config = new URL("../../deno.json", import.meta.url).pathname;
    const command = `"$DENO" run -A --no-check --config "${config}" "${folder}/where.ts"`;
    const env = { ...world.env, DENO: Deno.execPath() };
    await outputOf(shell('mkdir "$(printf "x\\351")"; ln -s x* link', { cwd: folder }));
    assertEquals(
      await outputOf(shell(`cd link; ${command}; cd -P .; ${command}`, { cwd: folder, env })),
      `${folder}/link\nerror: Cannot work here: the name of the current folder is not UTF-8\n`,
    );
  }));

Deno.test("files: the mode of a file that is there stays, a new one gets it less the umask", () =>
  inFolder(async (folder) => {
    const { files } = world;
    const modeOf = (name: string) => files.stat(`${folder}/${name}`)?.mode;
    for (const [name, mode] of [["hidden.log", 0o600], ["group.log", 0o660]] as const) {
      Deno.writeTextFileSync(`${folder}/${name}`, "old\n", { mode });
      Deno.chmodSync(`${folder}/${name}`, mode);
      files.write(`${folder}/${name}`, "new\n", { append: true, mode: 0o644 });
      assertEquals([modeOf(name), files.readText(`${folder}/${name}`)], [mode, "old\nnew\n"]);
      files.write(`${folder}/${name}`, "x\n", { mode: 0o644 });
      assertEquals([modeOf(name), files.readText(`${folder}/${name}`)], [mode, "x\n"]);
    }
    const program = `
      import { denoFiles } from "${new URL("../../src/platform/deno_files.ts", import.meta.url)}";
      denoFiles.write("new.log", "", { append: true, mode: 0o644 });`;
    const env = { ...world.env, RUN: Deno.execPath(), IMPORTS, PROGRAM: program };
    const line = 'umask 077; "$RUN" eval --no-check --config "$IMPORTS" "$PROGRAM"';
    await outputOf(shell(line, { env, cwd: folder }));
    assertEquals(modeOf("new.log"), 0o600);
  }));

Deno.test("files: a pipe is written to while somebody reads it, and nothing waits for that", () =>
  inFolder(async (folder) => {
    const { files } = world;
    const path = `${folder}/pipe`;
    const append = () => files.write(path, "line\n", { append: true, mode: 0o644 });
    await outputOf(shell(`mkfifo -m 622 ${path}`));
    assertThrows(append, FileError, "it is a pipe without a reader");
    const reader = world.spawn(shell("exec 3<>pipe; echo reads; read -r line <&3; echo $line", { cwd: folder }));
    const output = reader.stdout!.pipeThrough(new TextDecoderStream()).values();
    assertEquals((await output.next()).value, "reads\n");
    append();
    assertEquals([(await output.next()).value, files.stat(path)?.mode], ["line\n", 0o622]);
    await output.return?.();
    await reader.status;
  }));

Deno.test("tempDir() is private, and made once", () => {
  const folder = world.tempDir();
  assertEquals([world.tempDir(), world.files.stat(folder)?.mode], [folder, 0o700]);
  world.files.remove(folder);
});

Deno.test("a temporary folder is made where TMPDIR cannot be used", () => {
  const folder = makeTempDir({ TMPDIR: "/no/such/folder" });
  assertEquals(folder.slice(0, 19), "/tmp/resticprofile-");
  Deno.removeSync(folder);
});

Deno.test("where no temporary folder can be made, the error says why, and nothing twice", () => {
  const make = Deno.makeTempDirSync;
  Deno.makeTempDirSync = () => {
    throw new Deno.errors.PermissionDenied();
  };
  try {
    const { path, message } = assertThrows(() => makeTempDir({ TMPDIR: "/t" }), FileError);
    assertEquals(path, "/t");
    assertMatch(message, /^no place for temporary files: none of \/t, \/tmp, .* is writable; set TMPDIR/);
  } finally {
    Deno.makeTempDirSync = make;
  }
});

Deno.test("a new temporary folder takes away those of processes that are no more, and only those", () =>
  inFolder((folder) => {
    const own = makeTempDir({ TMPDIR: folder });
    const [, pid, started, namespace] = /-(\d+)\.(\d+)\.(\d+)-/.exec(own) ?? [];
    const left = [`resticprofile-${pid}.1.${namespace}-dead`, `resticprofile-999999999.1.${namespace}-dead`];
    const others = [
      `resticprofile-${pid}.${started}.${namespace}-alive`,
      "resticprofile-999999999.1.1-elsewhere",
      "resticprofile-of-somebody",
      `kept-resticprofile-999999999.1.${namespace}-dead`,
    ];
    for (const name of [...left, ...others]) Deno.mkdirSync(`${folder}/${name}/t`, { recursive: true });
    const link = `resticprofile-999999999.1.${namespace}-link`;
    Deno.symlinkSync(`${folder}/${others[2]}`, `${folder}/${link}`);
    const second = makeTempDir({ TMPDIR: folder });
    assertEquals(
      world.files.list(folder).sort(),
      [...[own, second].map((path) => path.slice(folder.length + 1)), ...others, link].sort(),
    );
    assertEquals(world.files.list(`${folder}/${others[2]}`), ["t"]);
  }));

Deno.test("startDir is $PWD when it names the same folder", async () => {
  const folder = Deno.realPathSync(Deno.makeTempDirSync());
  Deno.mkdirSync(`${folder}/real`);
  Deno.symlinkSync(`${folder}/real`, `${folder}/link`);
  Deno.mkdirSync(`${folder}/elsewhere/in`, { recursive: true });
  Deno.symlinkSync(`${folder}/real`, `${folder}/elsewhere/other`);
  Deno.symlinkSync(`${folder}/elsewhere/in`, `${folder}/inner`);
  const program = `
    import { denoWorld } from "${new URL("../../src/platform/deno_world.ts", import.meta.url)}";
    console.log(denoWorld().startDir);`;
  const started = (PWD: string) =>
    outputOf(shell(`exec "$RUN" eval --no-check --config "$IMPORTS" "$PROGRAM"`, {
      cwd: `${folder}/real`,
      env: { ...world.env, RUN: Deno.execPath(), IMPORTS, PROGRAM: program, PWD },
    }));
  assertEquals(await started(`${folder}/link`), `${folder}/link\n`);
  assertEquals(await started("/tmp"), `${folder}/real\n`);
  assertEquals(await started(`${folder}/real/../real/`), `${folder}/real\n`);
  assertEquals(await started(`${folder}/inner/../other`), `${folder}/inner/../other\n`); // there is no other beside inner
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("the user has a name and a home", () => {
  assertNotEquals(world.userName(), undefined);
  assertEquals([world.homeDir("root"), world.homeDir("no such user")], ["/root", undefined]);
  assert(world.homeDir());
});
