import { assertEquals, assertThrows } from "@std/assert";
import { HookError } from "../../src/hooks/hook_context.ts";
import { type Asked, redirected } from "../../src/hooks/redirects.ts";

const ASKED: Asked = {
  method: "POST",
  url: "https://h.test/a/b",
  headers: [["X-One", "1"], ["Authorization", "Basic x"], ["Cookie", "c"], ["Content-Type", "t"], ["Host", "v.test"]],
  body: "body",
};

function next(status: number, location: string | undefined, more: Partial<Asked> = {}): Asked | undefined {
  return redirected({ ...ASKED, ...more }, { status, headers: location === undefined ? [] : [["location", location]] })
    ?.asked;
}

function namesOf(asked: Asked | undefined): string {
  return (asked?.headers ?? []).map(([name]) => name).join(" ");
}

for (
  const [status, method, nextMethod, body] of [
    [301, "POST", "GET", undefined],
    [302, "PUT", "GET", undefined],
    [303, "DELETE", "GET", undefined],
    [302, "HEAD", "HEAD", undefined],
    [302, "GET", "GET", undefined],
    [307, "POST", "POST", "body"],
    [308, "PUT", "PUT", "body"],
  ] as const
) {
  Deno.test(`${status} of ${method} asks with ${nextMethod}, ${body ? "with" : "without"} body`, () => {
    const { method: after, body: sent } = next(status, "/next", { method }) ?? {};
    assertEquals([after, sent], [nextMethod, body]);
  });
}

Deno.test("redirections go to URLs relative to the current one", () => {
  const urls = ["next", "/next?a=é", "//other.test/x", "http://other.test#f"].map((location) =>
    next(302, location)?.url
  );
  assertEquals(urls, [
    "https://h.test/a/next",
    "https://h.test/next?a=%C3%A9",
    "https://other.test/x",
    "http://other.test/",
  ]);
});

Deno.test("a 3xx without Location, or of another kind, is the final answer", () => {
  assertEquals([next(302, undefined), next(304, "/x"), next(300, "/x"), next(200, "/x")], Array(4).fill(undefined));
});

Deno.test("headers are sent again, credentials not to another host", () => {
  assertEquals(namesOf(next(307, "/next")), "X-One Authorization Cookie Content-Type Host");
  assertEquals(namesOf(next(302, "https://other.test/")), "X-One Content-Type");
  assertEquals(namesOf(next(302, "http://h.test/")), "X-One Content-Type");
  assertEquals(namesOf(next(302, "/next")), "X-One Authorization Cookie Content-Type Host");
});

for (
  const [from, to, isSame] of [
    ["https://h.test/", "https://h.test:443/", true],
    ["http://h.test/", "https://h.test/", true],
    ["http://h.test:80/", "https://H.test:443/", true],
    ["http://h.test:8080/", "http://h.test:8080/x", true],
    ["http://h.test:18081/", "http://h.test:18082/", false],
    ["https://h.test/", "https://h.test:81/", false],
    ["http://h.test:8080/", "https://h.test/", false],
    ["http://h.test/", "https://h.test:8443/", false],
    ["http://h.test/", "http://h.test:443/", false],
  ] as const
) {
  Deno.test(`${to} is ${isSame ? "the same receiver as" : "another receiver than"} ${from}`, () => {
    const names = isSame ? "X-One Authorization Cookie Content-Type" : "X-One Content-Type";
    assertEquals(namesOf(next(302, to, { url: from })), names);
    if (isSame) assertEquals(next(307, to, { url: from })?.body, "body");
    else assertThrows(() => next(307, to, { url: from }), HookError, "another port");
  });
}

Deno.test("credentials of the new URL count", () => {
  const { url, headers } = next(302, "https://u:p@other.test/") ?? {};
  assertEquals([url, headers?.at(-1)], ["https://other.test/", ["Authorization", "Basic dTpw"]]);
});

Deno.test("a redirection to something else cannot be followed", () => {
  for (const location of ["ftp://h/", "file:///etc/passwd", "http://"]) {
    assertThrows(() => next(302, location), HookError, "redirected");
  }
});
