import { assertEquals, assertRejects } from "@std/assert";
import { maskText } from "../../../src/config/nodes/mask_text.ts";
import { configuration } from "../../support/configuration.ts";

for (
  const [text, wanted] of [
    ['RESTIC_PASSWORD = "a b"', "RESTIC_PASSWORD = ×××"],
    ["env: { B2_KEY: x, NAME: y }", "env: { B2_KEY: ×××, NAME: y }"],
    ['"api_token": "x",', '"api_token": ×××,'],
    ["password-file: key", "password-file: key"],
    ['password-command = "echo hidden"', "password-command = ×××"],
    ["password: hidden", "password: ×××"],
    ["insecure-no-password: true", "insecure-no-password: true"],
    ["MY_SECRET='x", "MY_SECRET=×××"],
    ["url: https://me:hidden@host/", "url: https://me:×××@host/"],
    ['url = "rest:https://me:a b@host/" # x@y', 'url = "rest:https://me:×××@host/" # x@y'],
    ["- 'https://me:a b@host/'", "- 'https://me:×××@host/'"],
    ["url: rest:https://me:a b@host/\nto: me@host", "url: rest:https://me:×××@host/\nto: me@host"],
    ['run: "curl http://me:hidden@host/ -u me"', 'run: "curl http://me:×××@host/ -u me"'],
    ["a: b\nc: d", "a: b\nc: d"],
    ['env:\n  MY_TOKEN: "x"', "env:\n  MY_TOKEN: ×××"],
    ["{ name: Authorization, value: Bearer }", "{ name: Authorization, value: ××× }"],
    ["{ name: Authorization, value: Bearer hidden }", "{ name: Authorization, value: ××× }"],
    ["- name: Authorization\n  value: Bearer hidden\n  x: y", "- name: Authorization\n  value: ×××\n  x: y"],
    ["MY_PASSWORD: hidden as, many words\nx: y z", "MY_PASSWORD: ×××\nx: y z"],
    ['{ MY_KEY: "a\\"hidden\\", b", x: "y" }', '{ MY_KEY: ×××, x: "y" }'],
    ["{ MY_KEY: 'a''hidden', x: y }", "{ MY_KEY: ×××, x: y }"],
    ["{ MY_KEY = 12, B_TOKEN = 'hidden' }", "{ MY_KEY = ×××, B_TOKEN = ××× }"],
    ['MY_KEY = "hidden\nA_KEY = "hidden"\nx = 1', "MY_KEY = ×××\nA_KEY = ×××\nx = 1"],
    ['MY_KEY: "hidden\n  hidden"\nx: y', "MY_KEY: ×××\n  ×××\nx: y"],
    ["MY_KEY: hidden\n  hidden\nx: y", "MY_KEY: ×××\n  ×××\nx: y"],
    ["  MY_KEY:\n    hidden a\n  x: y", "  MY_KEY:\n    ×××\n  x: y"],
    ["MY_KEY: |-\n  hidden: a\n\n  - hidden\nx: y", "MY_KEY: ×××\n  ×××\n\n  ×××\nx: y"],
    ['MY_KEY = """\nhidden = 1\nhidden"""\nx = 1', "MY_KEY = ×××\n×××\n×××\nx = 1"],
    ["MY_KEY = '''hidden'''\nx = 1", "MY_KEY = ×××\nx = 1"],
    ["MY_KEY = <<END\nhidden = 1\n  END\nx = 1", "MY_KEY = ×××\n×××\n  ×××\nx = 1"],
    ["MY_KEY: |\r\n  hidden\r\nx: y\r\n", "MY_KEY: ×××\n  ×××\nx: y\r\n"],
    ["MY_KEY: [hidden, hidden]", "MY_KEY: ×××"],
    ["my_key:\n  backup:\n    tag: a b\n", "my_key:\n  backup:\n    tag: a b\n"],
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

Deno.test("the excerpt of a syntax error within a secret of several lines shows nothing of it", async () => {
  const files = { "/work/profiles.toml": '[a.env]\nMY_KEY = """\nhidden \\q hidden\n"""\n' };
  const { message } = await assertRejects(() => configuration({ files }));
  assertEquals(message.split("\n").slice(1), ["  ×××", "  ^"]);
});
