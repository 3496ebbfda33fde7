import { assertEquals, assertThrows } from "@std/assert";
import { ADDED_FUNCTIONS } from "../../../src/template/functions/added_functions.ts";
import { createBudget } from "../../../src/template/values/budget.ts";
import { CallError } from "../../../src/template/values/template_error.ts";
import type { GoValue } from "../../../src/template/values/go_value.ts";
import { noHost } from "../no_host.ts";

const context = { host: noHost, budget: createBudget(), pattern: () => new RegExp("") as never };

for (
  const [name, args, result] of [
    ["addInt", [2n, 3n], 5n],
    ["addInt", [2n ** 63n - 1n, 1n], -(2n ** 63n)],
    ["subInt", [2n, 3n], -1n],
    ["modInt", [-7n, 3n], -1n],
    ["addFloat", [0.5, 2n], 2.5],
    ["subFloat", [1n, 0.25], 0.75],
    ["int", [-2.9], -2n],
    ["int", [" 12 "], 12n],
    ["int", [7n], 7n],
    ["modInt", [1n, 0n], undefined],
    ["int", ["1.5"], undefined],
    ["int", [1e30], undefined],
    ["int", [true], undefined],
    ["addFloat", ["1", 1], undefined],
    ["addFloat", [1.7e308, 1.7e308], undefined],
  ] as [string, GoValue[], GoValue][]
) {
  Deno.test(`${name} of ${args.map(String).join(", ")} ${result === undefined ? "fails" : `is ${result}`}`, () => {
    const call = () => ADDED_FUNCTIONS[name]!.call(args, context);
    if (result === undefined) assertThrows(call, CallError);
    else assertEquals(call(), result);
  });
}
