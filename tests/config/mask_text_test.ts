import { assertEquals, assertRejects } from "@std/assert";
import { maskText } from "../../src/config/mask_text.ts";
import { configuration } from "../support/configuration.ts";

for (
  const [text, wanted] of [
    ['RESTIC_PASSWORD = "a b"', "RESTIC_PASSWORD = ×××"],
    ["env: { B2_KEY: x, NAME: y }", "env: { B2_KEY: ×××, NAME: y }"],
    ['"api_token": "x",', '"api_token": ×××,'],
    ["password-file: key", "password-file: key"],
    ["MY_SECRET='x", "MY_SECRET=×××"],
    ["url: https://me:hidden@host/", "url: https://me:×××@host/"],
    ['url = "rest:https://me:a b@host/" # x@y', 'url = "rest:https://me:×××@host/" # x@y'],
    ["- 'https://me:a b@host/'", "- 'https://me:×××@host/'"],
    ["url: rest:https://me:a b@host/\nto: me@host", "url: rest:https://me:×××@host/\nto: me@host"],
    ['run: "curl http://me:hidden@host/ -u me"', 'run: "curl http://me:×××@host/ -u me"'],
    ["a: b\nc: d", "a: b\nc: d"],
    ['env:\n  MY_TOKEN: "x"', "env:\n  MY_TOKEN: ×××"],
    ["{ name: Authorization, value: Bearer }", "{ name: Authorization, value: ××× }"],
  ] as const
) {
  Deno.test(`maskText(${JSON.stringify(text)})`, () => assertEquals(maskText(text), wanted));
}

Deno.test("the excerpt of a syntax error shows no password, and its caret still points to the place", async () => {
  const files = { "/work/profiles.toml": 'a = "https://me:hidden@host/" b' };
  const { message } = await assertRejects(() => configuration({ files }));
  const [, line = "", caret = ""] = message.split("\n");
  assertEquals(line, '  a = "https://me:×××@host/" b');
  assertEquals(line[caret.indexOf("^")], "b");
});
