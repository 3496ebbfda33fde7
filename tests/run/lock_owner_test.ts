import { assertEquals } from "@std/assert";
import { judgeOwner, type OwnerLife } from "../../src/run/lock_owner.ts";
import { type FakeOptions, type FakeWorld, fakeWorld } from "../support/fake_world.ts";

const PATH = "/locks/my.lock";
const HERE = "/proc/self/ns/pid";
/** As `machine-id` makes it. */
const MACHINE = "fake-machine";
const MACHINE_NUMBER = "aab9fc88";

interface Written {
  readonly host?: string;
  /** @default the namespace that asks */
  readonly namespace?: string;
  readonly boot?: string;
  readonly machine?: string;
  readonly holdsFlock?: boolean;
  readonly processes?: string;
}

function lockOf(written: Written, here: string): string {
  const { host = "machine", namespace = here, boot = "boot-1", machine = MACHINE_NUMBER, holdsFlock = true } = written;
  const { processes = "# 42 started 9 boot boot-1\n42" } = written;
  return `someone on Friday, 02-Jan-26 03:00:00 UTC from ${host}
# pid namespace ${namespace} boot ${boot} machine ${machine}
${holdsFlock ? "# holds flock\n" : ""}${processes}`;
}

function stat(pid: number, started: number): string {
  return `${pid} (name) S 1 7 7${" 0".repeat(15)} ${started} 0`;
}

function worldWith(options: FakeOptions): FakeWorld {
  const files = {
    [HERE]: "",
    "/proc/sys/kernel/random/boot_id": "boot-1\n",
    "/etc/machine-id": `${MACHINE}\n`,
    [PATH]: "",
    ...options.files,
  };
  return fakeWorld({ ...options, files });
}

const REUSED = { processes: [42], files: { "/proc/42/stat": stat(42, 10) } };
const LIVING = { processes: [42], files: { "/proc/42/stat": stat(42, 9) } };
/** The same process, as one sees it that is outside of its container. */
const SEEN = { files: { "/proc/5042/stat": stat(5042, 9), "/proc/5042/status": "Name:\tx\nNSpid:\t5042\t42\n" } };

for (
  const { name, written = {}, isHeld = false, options = {}, life } of [
    { name: "held, its number in use by another", isHeld: true, options: REUSED, life: "alive" },
    { name: "held, under another host name", written: { host: "a" }, isHeld: true, life: "alive" },
    { name: "held, in another container", written: { namespace: "99" }, isHeld: true, life: "alive" },
    { name: "held, on another machine", written: { host: "a", boot: "b", machine: "m" }, isHeld: true, life: "alive" },
    { name: "free, nothing lives", life: "dead" },
    { name: "free, its number in use by another", options: REUSED, life: "dead" },
    { name: "free, a child lives", options: LIVING, life: "alive" },
    { name: "free, under another host name", written: { host: "a" }, life: "dead" },
    { name: "free, under another host name, a child lives", written: { host: "a" }, options: LIVING, life: "alive" },
    { name: "free, in a container that has ended", written: { host: "a", namespace: "99" }, life: "dead" },
    {
      name: "free, in a container with the numbers of others here",
      written: { namespace: "99" },
      options: LIVING,
      life: "dead",
    },
    {
      name: "free, in a container inside where a child lives",
      written: { namespace: "99" },
      options: SEEN,
      life: "alive",
    },
    {
      name: "free, a number without identity in use by another",
      written: { processes: "42" },
      options: { processes: [42] },
      life: "dead",
    },
    { name: "free, in an earlier boot", written: { boot: "boot-0" }, options: LIVING, life: "dead" },
    { name: "free, in an earlier boot of a container", written: { boot: "boot-0", machine: "unknown" }, life: "dead" },
    { name: "on a machine of the same host name", written: { boot: "boot-0", machine: "01234567" }, life: "elsewhere" },
    { name: "on a machine of another name", written: { boot: "boot-0", host: "nas" }, life: "elsewhere" },
    { name: "without flock in another container", written: { namespace: "99", holdsFlock: false }, life: "elsewhere" },
    {
      name: "without flock in a container inside, alive",
      written: { namespace: "99", holdsFlock: false },
      options: SEEN,
      life: "alive",
    },
    { name: "without flock here, dead", written: { holdsFlock: false }, life: "dead" },
    { name: "without flock here, alive", written: { holdsFlock: false }, options: LIVING, life: "alive" },
  ] satisfies { name: string; written?: Written; isHeld?: boolean; options?: FakeOptions; life: OwnerLife }[]
) {
  Deno.test(`judgeOwner() calls an owner ${life}: ${name}`, () => {
    const world = worldWith(options);
    const text = lockOf(written, String(world.files.stat(HERE)?.inode));
    world.files.write(PATH, text);
    if (isHeld) world.files.hold(PATH);
    assertEquals(judgeOwner(PATH, text, world), life);
  });
}

Deno.test("judgeOwner() goes by numbers where the system does not tell who holds a file", () => {
  for (const [options, life] of [[REUSED, "dead"], [LIVING, "alive"]] as const) {
    const world = worldWith(options);
    world.files.isHeld = () => undefined;
    assertEquals(judgeOwner(PATH, lockOf({}, String(world.files.stat(HERE)?.inode)), world), life);
  }
});
