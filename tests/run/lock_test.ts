import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { FileError, type Files } from "../../src/platform/world.ts";
import { attemptLock } from "../../src/run/lock.ts";
import type { FakeFile } from "../support/fake_files.ts";
import { onFullDisk } from "../support/full_disk.ts";
import { type FakeOptions, type FakeWorld, fakeWorld } from "../support/fake_world.ts";

const PATH = "/locks/my.lock";
const BOOT = { "/proc/sys/kernel/random/boot_id": "boot-1\n", "/proc/stat": "cpu 1\nbtime 1767225600\n" }; // 2026-01-01
const TOOL = stat(1000, 5, { name: "resticprofile" });
const OWNER = "someone on Friday, 02-Jan-26 03:00:00 UTC from machine";

interface Stat {
  readonly state?: string;
  readonly parent?: number;
  /** Of processes, also its session. */
  readonly group?: number;
  readonly name?: string;
}

function stat(
  pid: number,
  started: number,
  { state = "S", parent = 1, group = 7, name = "a (b) c" }: Stat = {},
): Record<string, string> {
  const zeros = " 0".repeat(15);
  return { [`/proc/${pid}/stat`]: `${pid} (${name}) ${state} ${parent} ${group} ${group}${zeros} ${started} 0\n` };
}

/** Left by a tool that was killed while it started its second child. */
const STARTING = `${OWNER}
# 42 started 9 boot boot-1
42
# starting a child in group 7 of session 7
# 43 started 20 boot boot-1
43
# starting a child in group 7 of session 7`;

function worldWith(lock: FakeFile | undefined, options: FakeOptions = {}): FakeWorld {
  const files = {
    "/locks/": "",
    ...BOOT,
    ...TOOL,
    ...(lock === undefined ? {} : { [PATH]: lock }),
    ...options.files,
  };
  return fakeWorld({ ...options, files });
}

Deno.test("attemptLock() writes owner and process, adds children, and removes the file at the end", () => {
  const world = worldWith(undefined, { files: stat(1001, 77) });
  const attempt = attemptLock(PATH, false, world);
  assertEquals("lock" in attempt && attempt.isReplaced, false);
  if (!("lock" in attempt)) return;
  attempt.lock.announce();
  attempt.lock.add(1001);
  attempt.lock.announce();
  attempt.lock.add(1002);
  assertEquals(
    world.files.readText(PATH).replace(/ on \w+day, 0\d-Jan-26 \d\d:\d\d:\d\d \S+ from/, " on DATE from"),
    `user on DATE from machine
# holds flock
# 1000 started 5 boot boot-1
1000
# starting a child in group 7 of session 7
# 1001 started 77 boot boot-1
1001
# starting a child in group 7 of session 7
1002`,
  );
  assertEquals(world.files.stat(PATH)?.mode, 0o644);
  assertEquals(world.files.list("/locks"), ["my.lock"]);
  attempt.lock.release();
  assertEquals(world.files.list("/locks"), []);
});

Deno.test("attemptLock() holds the file as long as it is there, and says so in it", () => {
  const world = worldWith(undefined);
  const attempt = attemptLock(PATH, false, world);
  if (!("lock" in attempt)) throw new Error("not taken");
  assertEquals([attempt.lock.isFlock, world.files.isHeld(PATH)], [true, true]);
  assertStringIncludes(world.files.readText(PATH), "\n# holds flock\n");
  world.files.link(PATH, "/locks/other");
  attempt.lock.release();
  assertEquals(world.files.isHeld("/locks/other"), false);
});

/** Files that only their holder may use, and not even by another handle. */
function exclusive(files: Files): Files {
  const held = new Set<string>();
  const free = (path: string) => {
    if (held.has(path)) throw new FileError("denied", path, "permission denied");
  };
  return {
    ...files,
    hold: (path) => (held.add(path), () => void held.delete(path)),
    write: (path, ...more) => (free(path), files.write(path, ...more)),
  };
}

for (
  const [where, change] of [
    ["there is none", (files: Files) => ({ ...files, hold: () => undefined })],
    ["a held file is for its holder alone", exclusive],
  ] as const
) {
  Deno.test(`attemptLock() does without flock where ${where}`, () => {
    const world = worldWith(undefined);
    const attempt = attemptLock(PATH, false, { ...world, files: change(world.files) });
    assertEquals("lock" in attempt && attempt.lock.isFlock, false);
    assertEquals(world.files.readText(PATH).includes("flock"), false);
  });
}

for (const [name, lock] of [["a pipe", { stream: true }], ["a file as long as a disk", "x".repeat(5e6)]] as const) {
  Deno.test(`attemptLock() refuses ${name} for a lock, and for the right to take one over`, () => {
    const reason = name === "a pipe" ? "not a regular file" : "longer than";
    assertStringIncludes(assertThrows(() => attemptLock(PATH, true, worldWith(lock)), FileError).message, reason);
    const beside = worldWith(`${OWNER}\n42`, { files: { [`${PATH}.takeover`]: lock } });
    assertStringIncludes(assertThrows(() => attemptLock(PATH, true, beside), FileError).message, reason);
  });
}

/** Another run, after the end of the first one. */
function withoutTool(world: FakeWorld): FakeWorld {
  world.alive.delete(world.pid);
  world.files.remove(`/proc/${world.pid}/stat`);
  return { ...world, pid: 1001 };
}

Deno.test("leaveTo() leaves the lock to processes that live, and removes it if there are none", () => {
  for (const living of [[], [77]]) {
    const world = worldWith(undefined, { processes: living });
    const attempt = attemptLock(PATH, false, world);
    if (!("lock" in attempt)) throw new Error("not taken");
    living.forEach(attempt.lock.add);
    attempt.lock.leaveTo(living);
    assertEquals([world.files.stat(PATH) !== undefined, "lock" in attemptLock(PATH, true, withoutTool(world))], [
      living.length > 0,
      living.length === 0,
    ]);
  }
});

Deno.test("attemptLock() removes the drafts that killed runs left beside the lock, and nothing else", () => {
  const id = "8c1f3a52-1111-4222-8333-444455556666";
  const dead = `${OWNER}\n# 42 started 9 boot boot-1\n42`;
  const alive = `${OWNER}\n# 1000 started 5 boot boot-1\n1000`;
  const world = worldWith(undefined, {
    files: {
      [`${PATH}.${id}`]: dead,
      [`${PATH}.takeover.${id}`]: dead,
      [`${PATH}.${id.replace("8c", "9d")}`]: alive,
      [`${PATH}.old`]: dead,
      [`/locks/other.lock.${id}`]: dead,
    },
  });
  const attempt = attemptLock(PATH, false, world);
  assertEquals("lock" in attempt, true);
  assertEquals(world.files.list("/locks").sort(), [
    "my.lock",
    `my.lock.${id.replace("8c", "9d")}`,
    "my.lock.old",
    `other.lock.${id}`,
  ]);
});

Deno.test("attemptLock() leaves a file alone that is no longer its own", () => {
  const world = worldWith(undefined);
  const attempt = attemptLock(PATH, false, world);
  world.files.write(PATH, OWNER);
  if ("lock" in attempt) attempt.lock.add(1), attempt.lock.release();
  assertEquals(world.files.readText(PATH), OWNER);
});

// whether a lock that may be taken over is
for (
  const { name, lock, taken, options = {} } of [
    { name: "a process that lives", lock: `${OWNER}\n42`, taken: false, options: { processes: [42] } },
    { name: "processes that are no more", lock: `${OWNER}\n42\n43`, taken: true },
    {
      name: "a tool that lives, its children ended",
      lock: `${OWNER}\n42\n43`,
      taken: false,
      options: { processes: [42] },
    },
    {
      name: "a child that lives, its tool ended",
      lock: `${OWNER}\n42\n43`,
      taken: false,
      options: { processes: [43] },
    },
    {
      name: "the very process by its start time",
      lock: `${OWNER}\n# 42 started 9 boot boot-1\n42`,
      taken: false,
      options: { processes: [42], files: stat(42, 9) },
    },
    {
      name: "a number that another process has got",
      lock: `${OWNER}\n# 42 started 9 boot boot-1\n42`,
      taken: true,
      options: { processes: [42], files: stat(42, 10) },
    },
    {
      name: "a number of another boot",
      lock: `${OWNER}\n# 42 started 9 boot boot-0\n42`,
      taken: true,
      options: { processes: [42], files: stat(42, 9) },
    },
    {
      name: "a process that ended, but is still listed",
      lock: `${OWNER}\n# 42 started 9 boot boot-1\n42`,
      taken: true,
      options: { processes: [42], files: stat(42, 9, { state: "Z" }) },
    },
    {
      name: "a tool whose unnamed child lives",
      lock: STARTING,
      taken: false,
      options: { files: stat(44, 20) },
    },
    {
      name: "a tool whose unnamed child has ended",
      lock: STARTING,
      taken: true,
      options: {
        files: { ...stat(44, 19), ...stat(45, 21, { state: "Z" }), ...stat(46, 21, { group: 8 }), ...stat(1000, 21) },
      },
    },
    {
      name: "a tool whose unnamed child was adopted from outside of its session",
      lock: STARTING,
      taken: false,
      options: { files: { ...stat(30, 3, { group: 8 }), ...stat(44, 20, { parent: 30 }) } },
    },
    {
      name: "a tool beside whose unnamed child another run of the same script waits",
      lock: STARTING,
      taken: true,
      options: { files: { ...stat(30, 3), ...stat(44, 20, { parent: 30 }) } },
    },
    {
      name: "a tool of a script that goes on, itself the first of its session",
      lock: STARTING,
      taken: true,
      options: { files: stat(7, 30) },
    },
    {
      name: "a tool that has left other runs of this tool, by their name",
      lock: STARTING,
      taken: true,
      options: { files: stat(44, 20, { name: "resticprofile" }) },
    },
    {
      name: "a tool that has left other runs of this tool, by their program",
      lock: STARTING,
      taken: true,
      options: {
        files: {
          "/proc/44/exe": { link: "/usr/bin/restic" },
          "/proc/1000/exe": { link: "/usr/bin/restic" },
          ...stat(44, 20, { name: "alias" }),
        },
      },
    },
    {
      name: "a tool whose last child is named, though its group goes on",
      lock: `${STARTING}\n# 44 started 21 boot boot-1\n44`,
      taken: true,
      options: { files: stat(45, 22) },
    },
    {
      name: "a tool of another boot with an unnamed child",
      lock: STARTING.replaceAll("boot-1", "boot-0"),
      taken: true,
      options: { files: stat(44, 20) },
    },
    {
      name: "the original tool, written before the boot",
      lock: "someone on Wednesday, 31-Dec-25 23:59:59 UTC from machine\n42",
      taken: true,
      options: { processes: [42] },
    },
    {
      name: "the original tool, written in a zone unknown here",
      lock: "someone on Wednesday, 31-Dec-25 23:59:59 XYZT from machine\n42",
      taken: false,
      options: { processes: [42] },
    },
    {
      name: "another machine",
      lock: "someone on Friday, 02-Jan-26 03:00:00 UTC from nas\n42",
      taken: false,
    },
    { name: "an empty file of this minute", lock: "", taken: false },
    {
      name: "an old empty file",
      lock: { text: "", modified: Date.UTC(2026, 0, 2, 3, 3) },
      taken: true,
    },
    {
      name: "an old file without a process",
      lock: { text: OWNER, modified: Date.UTC(2026, 0, 2, 3, 3) },
      taken: true,
    },
  ] satisfies { name: string; lock: FakeFile; taken: boolean; options?: FakeOptions }[]
) {
  Deno.test(`attemptLock() ${taken ? "takes over" : "respects"} the lock of ${name}`, () => {
    const world = worldWith(lock, options);
    const attempt = attemptLock(PATH, true, world);
    assertEquals("lock" in attempt, taken);
    assertEquals(world.files.readText(PATH).startsWith("user on "), taken);
    assertEquals(world.files.list("/locks"), ["my.lock"]);
  });
}

Deno.test("attemptLock() takes nothing over that it was not told to, and quotes the owner", () => {
  const attempt = attemptLock(PATH, false, worldWith(`${OWNER}\n42`));
  assertEquals(attempt, { owner: OWNER, isEmpty: false, life: "dead" });
});

Deno.test("attemptLock() gives the reason when the file cannot be used", () => {
  assertStringIncludes(
    assertThrows(() => attemptLock("/locks", false, worldWith(undefined)), FileError).message,
    "directory",
  );
  const denied = worldWith(undefined, { files: { "/ro/": { mode: 0o555 } } });
  assertStringIncludes(assertThrows(() => attemptLock("/ro/x", false, denied), FileError).message, "permission denied");
  const dangling = worldWith({ link: "/nowhere/x" });
  assertThrows(() => attemptLock(PATH, false, dangling), FileError);
});

Deno.test("attemptLock() works where there are no hard links", () => {
  const world = worldWith(undefined);
  const link = () => {
    throw new FileError("denied", PATH, "operation not permitted");
  };
  const linkless = { ...world, files: { ...world.files, link } };
  const attempt = attemptLock(PATH, false, linkless);
  assertEquals("lock" in attempt && attempt.lock.isFlock, false, "it would not appear together with the file");
  assertEquals("lock" in attemptLock(PATH, false, linkless), false);
});

const CHANGING = ["write", "link", "rename", "remove", "hold"] as const;

/** Files that others can see: no drafts of random names, nothing of the system. */
const SHARED = /^\/locks\/my\.lock(\.takeover)*$/;

/** Files that let somebody else act before the `moment`-th operation (from 0) with one that others can see. */
function interrupted(files: Files, moment: number, act: () => void): { files: Files; operations: () => number } {
  let operations = 0;
  const before = () => {
    if (operations++ === moment) act();
  };
  const wrapped: Record<string, unknown> = { ...files };
  for (const name of [...CHANGING, "readRegular", "readText", "lstat", "stat", "isHeld"] as const) {
    const original = files[name] as (...args: unknown[]) => unknown;
    wrapped[name] = (...args: unknown[]) => {
      if (args.slice(0, 2).some((path) => SHARED.test(String(path)))) before();
      return original(...args);
    };
  }
  return { files: wrapped as unknown as Files, operations: () => operations };
}

/**
 * Three processes: the second makes its whole attempt at one moment of the first's, the third at one moment of the second's.
 * @returns who has got the lock
 */
function race(
  lock: FakeFile | undefined,
  [first, second]: readonly [number, number],
): { winners: number[]; operations: number } {
  const shared = worldWith(lock, { files: { ...stat(2000, 6), ...stat(3000, 7) } });
  const winners: number[] = [];
  function enter(pid: number, moment: number, next?: () => void): number {
    const world = fakeWorld({ pid, beside: shared });
    const { files, operations } = interrupted(shared.files, moment, () => next?.());
    if ("lock" in attemptLock(PATH, true, { ...world, files })) winners.push(pid);
    return operations();
  }
  const operations = enter(1000, first, () => enter(2000, second, () => enter(3000, -1)));
  return { winners, operations };
}

for (
  const [name, lock] of [["no", undefined], ["a dead owner's", `${OWNER}\n42`], ["an old empty", {
    text: "",
    modified: 0,
  }]] as const
) {
  Deno.test(`attemptLock() has exactly one winner of three that race for ${name} lock, however they interleave`, () => {
    const { operations } = race(lock, [-1, -1]);
    for (let first = 0; first < operations; first++) {
      for (let second = 0; second < operations; second++) {
        assertEquals(race(lock, [first, second]).winners.length, 1, `moments ${first} and ${second}`);
      }
    }
  });
}

for (const [name, lock] of [["new", undefined], ["taken over", `${OWNER}\n42`]] as const) {
  Deno.test(`attemptLock() shows a lock that is ${name} complete at every moment`, () => {
    const world = worldWith(lock);
    const seen = new Set<string | undefined>();
    const look = () => seen.add(world.files.stat(PATH) && world.files.readText(PATH));
    for (let moment = 0, operations = 1; moment < operations; moment++) {
      if (lock !== undefined) world.files.write(PATH, lock);
      const watched = interrupted(world.files, moment, look);
      const attempt = attemptLock(PATH, true, { ...world, files: watched.files });
      look();
      operations = watched.operations();
      if ("lock" in attempt) attempt.lock.release();
    }
    const texts = [...seen].map((text) => text?.replace(/ on .* from/, " from"));
    assertEquals(texts, [
      lock?.replace(/ on .* from/, " from"),
      "user from machine\n# holds flock\n# 1000 started 5 boot boot-1\n1000",
    ]);
  });
}

Deno.test("attemptLock() recovers from a process that died while it took a lock over", () => {
  const world = worldWith(`${OWNER}\n42`, { files: { [`${PATH}.takeover`]: `${OWNER}\n43` } });
  assertEquals("lock" in attemptLock(PATH, true, world), true);
  assertEquals(world.files.list("/locks"), ["my.lock"]);
});

for (const links of [true, false]) {
  Deno.test(`attemptLock() leaves nothing on a full disk ${links ? "with" : "without"} hard links`, () => {
    const world = worldWith(undefined);
    const files = onFullDisk(world.files);
    const link = (_from: string, to: string) => {
      throw new FileError("other", to, "not supported");
    };
    assertThrows(() => attemptLock(PATH, false, { ...world, files: links ? files : { ...files, link } }), FileError);
    assertEquals(world.files.list("/locks"), []);
  });
}
