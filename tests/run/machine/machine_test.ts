/** Battery, memory, sleep, systemd, priorities. */
import { assertEquals } from "@std/assert";
import { judgeConditions } from "../../../src/run/conditions.ts";
import type { World } from "../../../src/platform/world.ts";
import { availableMemory } from "../../../src/run/machine/memory.ts";
import { notifySystemd } from "../../../src/run/machine/notify_socket.ts";
import { preventSleep } from "../../../src/run/machine/prevent_sleep.ts";
import { usablePriority } from "../../../src/run/machine/process_priority.ts";
import { fakeWorld } from "../../support/fake_world.ts";

function supply(name: string, status: string, capacity: number, more: Record<string, string> = {}) {
  const folder = `/sys/class/power_supply/${name}`;
  const files = { type: "Battery", status, capacity: String(capacity), ...more };
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [`${folder}/${file}`, `${text}\n`]));
}

async function isSkipped(limitPercent: number, world: World): Promise<boolean> {
  return (await judgeConditions([{ kind: "power", limitPercent }], () => {}, world)).kind === "skipped";
}

const LOW = supply("BAT0", "Discharging", 20);

for (
  const [name, limit, files, skip] of [
    ["on battery", 100, LOW, true],
    ["charged enough", 19, LOW, false],
    ["the limit itself is not enough", 20, LOW, true],
    ["the mean of two counts", 60, { ...LOW, ...supply("BAT1", "Discharging", 90) }, true],
    ["one is charging", 100, { ...LOW, ...supply("BAT1", "Charging", 90) }, false],
    ["one is full", 100, { ...LOW, ...supply("BAT1", "Full", 100) }, false],
    ["a mouse is no power supply", 100, supply("hid", "Discharging", 5, { scope: "Device" }), false],
    ["a mains adapter is no battery", 100, supply("AC", "Discharging", 5, { type: "Mains" }), false],
    ["no battery", 100, {}, false],
  ] as const
) {
  Deno.test(`judgeConditions(): ${name}`, async () => {
    assertEquals(await isSkipped(limit, fakeWorld({ files })), skip);
  });
}

Deno.test("judgeConditions() reads what macOS and Windows say", async () => {
  const mac = {
    "pmset -g batt": {
      stdout: "Now drawing from 'Battery Power'\n -InternalBattery-0 (id=1)\t87%; discharging; 4:10\n",
    },
  };
  assertEquals(await isSkipped(87, fakeWorld({ os: "darwin", programs: mac })), true);
  assertEquals(await isSkipped(86, fakeWorld({ os: "darwin", programs: mac })), false);
  const windows = { powershell: { stdout: "1 40\r\n" } };
  assertEquals(await isSkipped(100, fakeWorld({ os: "windows", programs: windows })), true);
});

const MACHINE = { "/proc/meminfo": "MemTotal: 8000 kB\nMemFree: 1000 kB\nMemAvailable:    4000 kB\n" };
const GROUP = "/sys/fs/cgroup/a/b";

for (
  const [name, files, kilobytes] of [
    ["MemAvailable", MACHINE, 4000],
    ["without it free, buffers and cached", { "/proc/meminfo": "MemFree: 10 kB\nBuffers: 20 kB\nCached: 30 kB\n" }, 60],
    ["what the control group has left, cache not counted", {
      ...MACHINE,
      "/proc/self/cgroup": "0::/a/b\n",
      [`${GROUP}/memory.max`]: `${3000 * 1024}\n`,
      [`${GROUP}/memory.current`]: `${2500 * 1024}\n`,
      [`${GROUP}/memory.stat`]: `anon 1\ninactive_file ${500 * 1024}\n`,
    }, 1000],
    ["a group around it counts, too", {
      ...MACHINE,
      "/proc/self/cgroup": "0::/a/b\n",
      [`${GROUP}/memory.max`]: "max\n",
      [`${GROUP}/memory.current`]: "1\n",
      "/sys/fs/cgroup/a/memory.max": `${100 * 1024}\n`,
      "/sys/fs/cgroup/a/memory.current": `${200 * 1024}\n`,
    }, 0],
    ["in a container the root is the group", {
      ...MACHINE,
      "/proc/self/cgroup": "0::/../host/path\n",
      "/sys/fs/cgroup/memory.max": `${700 * 1024}\n`,
      "/sys/fs/cgroup/memory.current": `${200 * 1024}\n`,
    }, 500],
    ["version 1 of control groups", {
      ...MACHINE,
      "/proc/self/cgroup": "5:cpu:/x\n4:memory:/x\n",
      "/sys/fs/cgroup/memory/x/memory.limit_in_bytes": `${900 * 1024}\n`,
      "/sys/fs/cgroup/memory/x/memory.usage_in_bytes": `${800 * 1024}\n`,
      "/sys/fs/cgroup/memory/x/memory.stat": `total_inactive_file ${200 * 1024}\n`,
    }, 300],
  ] as const
) {
  Deno.test(`availableMemory(): ${name}`, async () => {
    assertEquals(await availableMemory(fakeWorld({ files })), kilobytes * 1024);
  });
}

Deno.test("availableMemory() does not know where nothing tells, and reads what macOS says", async () => {
  assertEquals(await availableMemory(fakeWorld()), undefined);
  const stdout =
    "Mach Virtual Memory Statistics: (page size of 4096 bytes)\nPages free:   10.\nPages inactive:  20.\nPages speculative: 1.\n";
  assertEquals(await availableMemory(fakeWorld({ os: "darwin", programs: { vm_stat: { stdout } } })), 31 * 4096);
});

Deno.test("preventSleep() holds the system awake until it is released", async () => {
  const world = fakeWorld({ programs: { "systemd-inhibit": { stdout: "\n", readsStdin: true } } });
  const { problem, release } = await preventSleep(world);
  assertEquals([problem, world.ran[0]?.endedAt], [undefined, undefined]);
  await release();
  assertEquals(world.ran[0]?.endedAt, 0);
});

for (
  const [name, program, problem] of [
    [
      "it ends at once",
      { stderr: "Failed to connect to bus: No such file\nmore\n", code: 1 },
      "Failed to connect to bus: No such file",
    ],
    ["it is not there", { refuses: "no such file" }, "systemd-inhibit: no such file"],
  ] as const
) {
  Deno.test(`preventSleep() says why it cannot: ${name}`, async () => {
    const awake = await preventSleep(fakeWorld({ programs: { "systemd-inhibit": program } }));
    assertEquals(awake.problem, problem);
    await awake.release();
  });
}

Deno.test("notifySystemd() tells the socket, and is silent without one or when nobody listens", async () => {
  const env = { NOTIFY_SOCKET: "@systemd" };
  const world = fakeWorld({ env, listens: () => true });
  await notifySystemd("READY=1", world);
  assertEquals(world.messages, [{ to: { kind: "unix-datagram", path: "@systemd" }, text: "READY=1" }]);
  await notifySystemd("STOPPING=1", fakeWorld({ env }));
  const without = fakeWorld({ listens: () => true });
  await notifySystemd("READY=1", without);
  assertEquals(without.messages, []);
});

for (
  const [name, program, problem] of [
    ["works", {}, undefined],
    [
      "is refused",
      { code: 1, stderr: "ionice: ioprio_set failed\n" },
      "ionice: ioprio_set failed",
    ],
    ["is not there", { refuses: "no such file" }, "ionice: no such file"],
  ] as const
) {
  Deno.test(`usablePriority(): ionice ${name}`, async () => {
    const priority = { nice: 5, io: { class: 1, level: 0 } };
    const usable = await usablePriority(priority, fakeWorld({ programs: { ionice: program } }));
    assertEquals(usable, { priority: problem ? { nice: 5, io: undefined } : priority, problem });
  });
}

Deno.test("usablePriority() tries the idle class as children get it, without a level", async () => {
  const world = fakeWorld({ programs: { ionice: {} } });
  await usablePriority({ nice: undefined, io: { class: 3, level: undefined } }, world);
  assertEquals(world.ran.map(({ line }) => line), ["ionice -c 3 true"]);
});

Deno.test("usablePriority() tries nothing when no I/O priority is asked for", async () => {
  const world = fakeWorld();
  assertEquals((await usablePriority({ nice: 5, io: undefined }, world)).priority?.nice, 5);
  assertEquals(world.ran, []);
});
