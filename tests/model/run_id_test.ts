import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { runId } from "../../src/model/run_id.ts";

Deno.test("runId() is a UUID of version 7: its time first, then chance", () => {
  const ones = new Uint8Array(10).fill(0xff);
  assertEquals(runId(0x0123456789ab, ones), "01234567-89ab-7fff-bfff-ffffffffffff");
  assertEquals(runId(0x0123456789ab, new Uint8Array(10)), "01234567-89ab-7000-8000-000000000000");
  assertEquals(ones[0], 0xff, "the caller's bytes stay as they are");
});

Deno.test("runId() sorts by time, and no two are the same", () => {
  const [first, same, later] = [runId(1_000), runId(1_000), runId(2_000)];
  assertNotEquals(first, same);
  assertEquals([later, first].sort(), [first, later]);
  assertMatch(first, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
