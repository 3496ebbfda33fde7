import { assertEquals, assertThrows } from "@std/assert";
import { HookError } from "../../src/hooks/hook_context.ts";
import { escapeUrl, targetOf } from "../../src/hooks/url.ts";

for (
  const [text, escaped] of [
    ["http://h/a b", "http://h/a%20b"],
    ["http://h/é?q=€", "http://h/%C3%A9?q=%E2%82%AC"],
    ["http://h/%20%zz%", "http://h/%20%25zz%25"],
    ['http://h/"<>\\^`{|}', "http://h/%22%3C%3E%5C%5E%60%7B%7C%7D"],
    ["http://h/a?b=c&d=$e,(f)!*';:@+~#x", "http://h/a?b=c&d=$e,(f)!*';:@+~#x"],
  ] as const
) {
  Deno.test(`escapeUrl() makes ${escaped} of ${text}`, () => {
    assertEquals(escapeUrl(text), escaped);
  });
}

Deno.test("escapeUrl() refuses control characters", () => {
  for (const text of ["http://h/\n", "http://h/\t", "http://h/\x7f"]) assertThrows(() => escapeUrl(text), HookError);
});

for (
  const [text, url, credentials] of [
    ["http://user:pa%20ss@h/p", "http://h/p", "user:pa ss"],
    ["http://user@h", "http://h/", "user:"],
    ["http://:pw@h", "http://h/", ":pw"],
    ["http://a:b:c@h/", "http://h/", "a:b:c"],
    ["http://a:%C3%A9@h/", "http://h/", "a:Ã©"],
    ["http://a:%FF@h/", "http://h/", "a:\xff"],
    ["HTTP://h?a#fragment", "http://h/?a", undefined],
    ["http://h:80/%2e", "http://h/", undefined],
  ] as const
) {
  Deno.test(`targetOf() asks ${url} for ${text}`, () => {
    const authorization = credentials === undefined ? undefined : `Basic ${btoa(credentials)}`;
    assertEquals(targetOf(text), { url, authorization });
  });
}

for (const text of ["", "127.0.0.1/no-scheme", "ftp://h/", "file:///etc/passwd", "http://", "http://h:99999/"]) {
  Deno.test(`targetOf() refuses "${text}"`, () => {
    assertThrows(() => targetOf(text), HookError, "URL");
  });
}
