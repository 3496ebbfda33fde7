import { assertEquals, assertRejects } from "@std/assert";
import { drain, settle } from "../../src/run/drain.ts";
import { bytePipe } from "../support/byte_pipe.ts";
import { fakeWorld } from "../support/fake_world.ts";

Deno.test("settle() waits for the end of what was written, and no longer", async () => {
  const world = fakeWorld();
  const { stream, write, close } = bytePipe();
  let text = "";
  const reading = drain(stream, (some) => void (text += new TextDecoder().decode(some)));
  write("one ").then(() => write("two")).then(close);
  await settle([reading], world);
  assertEquals([text, world.elapsed()], ["one two", 0]);
});

Deno.test("settle() does not wait for a process that holds the stream open; what that writes is still taken", async () => {
  const world = fakeWorld();
  const { stream, write, close } = bytePipe();
  const taken: string[] = [];
  const reading = drain(stream, (some) => void taken.push(new TextDecoder().decode(some)));
  await write("from the child");
  await settle([reading], world);
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
  await settle([reading], world);
  assertEquals([done, world.elapsed()], [["one", "two"], 120_000]);
});

Deno.test("settle() passes on what broke", async () => {
  const { stream, write } = bytePipe();
  const reading = drain(stream, () => {
    throw new Error("broken");
  });
  write("x").catch(() => {});
  await assertRejects(() => settle([reading], fakeWorld()), Error, "broken");
});
