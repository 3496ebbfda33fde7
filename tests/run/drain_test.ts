import { assertEquals, assertRejects } from "@std/assert";
import { type Drain, drain, settle } from "../../src/run/drain.ts";
import { watchSignals } from "../../src/run/signals.ts";
import { bytePipe } from "../support/byte_pipe.ts";
import { type FakeWorld, fakeWorld } from "../support/fake_world.ts";

const NO_SIGNALS = watchSignals(fakeWorld());

Deno.test("settle() waits for the end of what was written, and no longer", async () => {
  const world = fakeWorld();
  const { stream, write, close } = bytePipe();
  let text = "";
  const reading = drain(stream, (some) => void (text += new TextDecoder().decode(some)));
  write("one ").then(() => write("two")).then(close);
  await settle([reading], world, NO_SIGNALS);
  assertEquals([text, world.elapsed()], ["one two", 0]);
});

Deno.test("settle() does not wait for a process that holds the stream open; what that writes is still taken", async () => {
  const world = fakeWorld();
  const { stream, write, close } = bytePipe();
  const taken: string[] = [];
  const reading = drain(stream, (some) => void taken.push(new TextDecoder().decode(some)));
  await write("from the child");
  await settle([reading], world, NO_SIGNALS);
  assertEquals([taken, world.elapsed() > 0], [["from the child"], true]);
  await write("from a daemon");
  await close();
  await reading.done;
  assertEquals(taken, ["from the child", "from a daemon"]);
});

Deno.test("settle() waits for slow work on what was read", async () => {
  const world = fakeWorld();
  const { stream, write, close } = bytePipe();
  const done: string[] = [];
  const reading = drain(stream, async (some) => {
    await world.sleep(60_000);
    done.push(new TextDecoder().decode(some));
  });
  write("one").then(() => write("two")).then(close);
  await settle([reading], world, NO_SIGNALS);
  assertEquals([done, world.elapsed()], [["one", "two"], 120_000]);
});

Deno.test("settle() passes on what broke", async () => {
  const { stream, write } = bytePipe();
  const reading = drain(stream, () => {
    throw new Error("broken");
  });
  write("x").catch(() => {});
  await assertRejects(() => settle([reading], fakeWorld(), NO_SIGNALS), Error, "broken");
});

/** A process that was left behind and writes every 0.3 s; `take` says what becomes of it. */
function chatter(world: FakeWorld, take: () => void | Promise<void>): Drain {
  const { stream, write } = bytePipe();
  const chat = async () => {
    for (let tick = 0; tick < 100; tick++) {
      await write("tick\n");
      await world.sleep(300);
    }
  };
  void chat();
  return drain(stream, take);
}

Deno.test("settle() waits a few seconds for a process that writes all the time", async () => {
  const world = fakeWorld();
  await settle([chatter(world, () => {})], world, NO_SIGNALS);
  assertEquals(world.elapsed(), 3_000);
});

Deno.test("settle() does not wait for slow work on what a process writes that was left behind", async () => {
  const world = fakeWorld();
  await settle([chatter(world, () => world.sleep(5_000))], world, NO_SIGNALS);
  assertEquals(world.elapsed() < 15_000, true, `${world.elapsed()}`);
});

for (const [what, take] of [["reading", 0], ["work", 3_600_000]] as const) {
  Deno.test(`a signal ends settle() during ${what}`, async () => {
    const world = fakeWorld();
    const signals = watchSignals(world);
    world.clock.at(1_000, () => world.raise("SIGTERM"));
    await settle([chatter(world, () => world.sleep(take))], world, signals);
    assertEquals(world.elapsed(), 1_000);
  });
}
