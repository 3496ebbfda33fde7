import { assertEquals } from "@std/assert";
import { parseInvocation } from "../../src/cli/parse.ts";
import type { Condition } from "../../src/model/plan.ts";
import type { GlobalOptions } from "../../src/schema/profile.ts";
import { planConditions } from "../../src/plan/conditions.ts";

/** @param scheduled limit of the schedule; undefined: no scheduler has called */
function conditions(argv: string[], scheduled?: number, minMemory = 0, isMemoryAsked = false): Condition[] {
  const rules = { log: undefined, commandOutput: undefined, lockMode: "default", lockWaitMs: 0 } as const;
  const schedule = scheduled === undefined ? undefined : { ...rules, ignoreOnBattery: scheduled };
  const { flags } = parseInvocation([...argv, "backup"], {});
  return planConditions({ flags, schedule }, { "min-memory": minMemory } as GlobalOptions, isMemoryAsked);
}

const power = (limitPercent: number) => ({ kind: "power", limitPercent } as const);

for (
  const [name, argv, scheduled, wanted] of [
    ["nothing said", [], undefined, []],
    ["--ignore-on-battery", ["--ignore-on-battery"], undefined, [power(100)]],
    ["the schedule's limit", [], 30, [power(30)]],
    ["a typed limit over the schedule's", ["--ignore-on-battery=5"], 30, [power(5)]],
    ["a limit of more than all", [], 130, []],
  ] as const
) {
  Deno.test(`planConditions(): ${name}`, () => assertEquals(conditions([...argv], scheduled), [...wanted]));
}

Deno.test("planConditions(): memory comes after power, as a guess unless it is asked for", () => {
  assertEquals(conditions([], 30, 100), [power(30), { kind: "memory", megabytes: 100, isGuess: true }]);
  assertEquals(conditions([], undefined, 100, true), [{ kind: "memory", megabytes: 100, isGuess: false }]);
});
