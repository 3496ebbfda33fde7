import { assertEquals } from "@std/assert";
import { absenceOf } from "../../src/platform/raw_environment.ts";
import { fakeWorld } from "../support/fake_world.ts";

const ENVIRON = new Uint8Array([..."A=1\0ODD=p\xe4ss\0B=\xc3\xa9\0=x\0LAST=\xff"].map((char) => char.charCodeAt(0)));

for (
  const [name, why] of [
    ["ODD", "is not valid UTF-8"],
    ["LAST", "is not valid UTF-8"],
    ["A", "is not set"],
    ["B", "is not set"],
    ["NONE", "is not set"],
  ] as const
) {
  Deno.test(`variable ${name} without a value ${why}`, () => {
    assertEquals(absenceOf(name, fakeWorld({ os: "linux", files: { "/proc/self/environ": ENVIRON } })), why);
  });
}

Deno.test("where the system does not tell, a variable is not set", () => {
  assertEquals(absenceOf("ODD", fakeWorld({ os: "linux" })), "is not set");
  assertEquals(absenceOf("ODD", fakeWorld({ os: "darwin", files: { "/proc/self/environ": ENVIRON } })), "is not set");
});
