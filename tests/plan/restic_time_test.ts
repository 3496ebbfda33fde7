import { assertEquals } from "@std/assert";
import { resticTime } from "../../src/plan/restic_time.ts";

for (
  const [text, wanted] of [
    ["2024-02-29T10:11:12", "2024-02-29 10:11:12"],
    ["2024-02-29 10:11:12.75", "2024-02-29 10:11:12"],
    ["2024-02-29t10:11:12", "2024-02-29 10:11:12"],
    ["2024-02-29", "2024-02-29"],
    ["now", "now"],
    ["2024-02-29T10:11:12+99:00", "2024-02-29T10:11:12+99:00"],
    ["$START", "$START"],
  ] as const
) {
  Deno.test(`resticTime() of "${text}"`, () => assertEquals(resticTime(text), wanted));
}

for (const text of ["2024-02-29T10:11:12Z", "2024-02-29t08:11:12.5-02:00", "2024-02-29 12:11:12 +02:00"]) {
  Deno.test(`resticTime() keeps the moment of "${text}"`, () => {
    const local = resticTime(text);
    assertEquals(local.length, "2024-02-29 10:11:12".length);
    assertEquals(new Date(local.replace(" ", "T")).toISOString(), "2024-02-29T10:11:12.000Z");
  });
}
