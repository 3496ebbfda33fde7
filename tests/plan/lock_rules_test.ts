import { assertEquals } from "@std/assert";
import { lockRules } from "../../src/plan/lock_rules.ts";

const SCHEDULE = { lockMode: "default", lockWaitMs: 30_000 } as const;

for (
  const [name, typed, schedule, isLocked, waitMs] of [
    ["nothing said", {}, undefined, true, 0],
    ["a typed wait", { lockWaitMs: 5_000 }, undefined, true, 5_000],
    ["--no-lock", { noLock: true, lockWaitMs: 5_000 }, SCHEDULE, false, 0],
    ["a scheduled wait", {}, SCHEDULE, true, 30_000],
    ["a scheduled wait of 2 s", {}, { ...SCHEDULE, lockWaitMs: 2_000 }, true, 0],
    ["a typed wait over a scheduled one", { lockWaitMs: 5_000 }, SCHEDULE, true, 5_000],
    ["a typed wait of nothing over a scheduled one", { lockWaitMs: 0 }, SCHEDULE, true, 0],
    ["lock-mode fail", {}, { ...SCHEDULE, lockMode: "fail" }, true, 0],
    ["a typed wait over lock-mode fail", { lockWaitMs: 5_000 }, { ...SCHEDULE, lockMode: "fail" }, true, 5_000],
    ["lock-mode ignore", {}, { ...SCHEDULE, lockMode: "ignore" }, false, 0],
  ] as const
) {
  Deno.test(`lockRules(): ${name}`, () => {
    assertEquals(lockRules({ noLock: false, lockWaitMs: undefined, ...typed }, schedule), { isLocked, waitMs });
  });
}
