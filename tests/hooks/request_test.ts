import { assertEquals, assertRejects } from "@std/assert";
import type { HookContext } from "../../src/hooks/hook_context.ts";
import { HookError } from "../../src/hooks/hook_context.ts";
import { makeRequest } from "../../src/hooks/request.ts";
import type { HttpHook } from "../../src/model/plan.ts";
import { VERSION } from "../../src/model/product.ts";
import { fakeWorld } from "../support/fake_world.ts";
import { FAILURE, hook, hookContext } from "../support/hook.ts";

function made(asked: HttpHook, context: Partial<HookContext> = {}) {
  return makeRequest(asked, hookContext(context), fakeWorld());
}

async function urlOf(query: string, context: Partial<HookContext> = {}): Promise<string> {
  return (await made(hook(`http://h/${query}`), context)).asked.url.slice("http://h/".length);
}

async function bodyOf(body: string, context: Partial<HookContext> = {}): Promise<string | undefined> {
  return (await made(hook("http://h/", { method: "POST", body }), context)).asked.body as string | undefined;
}

Deno.test("texts of a failure are escaped in a URL, and as they are in a body", async () => {
  const failed = { failure: FAILURE };
  const message = "backup+on+profile+%27home%27%3A+exit+status+3";
  assertEquals(await urlOf("?$ERROR&$ERROR_EXIT_CODE", failed), `?${message}&3`);
  assertEquals(
    await urlOf("?$ERROR_COMMANDLINE&${ERROR_STDERR}", failed),
    "?%22restic%22+%22backup%22&can%27t+read+%2F%C3%A9%0A",
  );
  assertEquals(await bodyOf("$ERROR|$ERROR_EXIT_CODE|$ERROR_STDERR", failed), `${FAILURE.message}|3|${FAILURE.stderr}`);
});

Deno.test("$ERROR_MESSAGE and $RESTIC_STDERR are $ERROR and $ERROR_STDERR", async () => {
  const failed = { failure: FAILURE };
  assertEquals(await urlOf("?$ERROR_MESSAGE&$RESTIC_STDERR", failed), await urlOf("?$ERROR&$ERROR_STDERR", failed));
  assertEquals(await bodyOf("$ERROR_MESSAGE$RESTIC_STDERR", failed), FAILURE.message + FAILURE.stderr);
});

Deno.test("without a failure its variables are empty, whatever the environment says", async () => {
  const environment = { ERROR: "old", ERROR_EXIT_CODE: "9" };
  assertEquals(await bodyOf("[$ERROR$ERROR_EXIT_CODE$ERROR_STDERR$ERROR_COMMANDLINE]", { environment }), "[]");
});

Deno.test("a URL gets the last 4 KiB of standard error, from a whole line on, a body all of it", async () => {
  const failure = { ...FAILURE, stderr: `${"x".repeat(60)}\n`.repeat(100) };
  const url = await urlOf("?$ERROR_STDERR", { failure });
  assertEquals([url.length, url.startsWith("?xxx")], [1 + 63 * Math.floor(4096 / 61), true]);
  assertEquals((await bodyOf("$ERROR_STDERR", { failure }))?.length, 6_100);
});

Deno.test("other variables are those of restic's environment, by exact name, unescaped", async () => {
  const environment = { CHANNEL: "a/b?c=%20", PROFILE_NAME: "not this" };
  assertEquals(
    await urlOf("$PROFILE_NAME/$PROFILE_COMMAND/$CHANNEL/$channel", { environment }),
    "home/backup/a/b?c=%20/",
  );
  assertEquals(await bodyOf("$constructor|$toString", { environment }), "|");
});

Deno.test("method: GET if empty, upper case", async () => {
  assertEquals((await made(hook("http://h/", { method: "post" }))).asked.method, "POST");
  assertEquals((await made(hook("http://h/", { method: "" }))).asked.method, "GET");
});

Deno.test("headers: a User-Agent of the tool, nameless ones dropped, credentials of the URL", async () => {
  const agent = ["User-Agent", `resticprofile/${VERSION}`] as const;
  const basic = ["Authorization", "Basic dTpw"] as const;
  const headers = [["X-One", "$HOME"], ["", "x"], ["x-one", " 2 "]];
  assertEquals((await made(hook("http://u:p@h/", { headers }))).asked.headers, [agent, basic, ["X-One", "$HOME"], [
    "x-one",
    "2",
  ]]);
  const own = [["user-agent", "me"], ["AUTHORIZATION", "Bearer x"]];
  assertEquals((await made(hook("http://u:p@h/", { headers: own }))).asked.headers as readonly unknown[], own);
});

Deno.test("a Host header is part of the request", async () => {
  const { asked } = await made(hook("http://h/", { headers: [["Host", "other.test"]] }));
  assertEquals(asked.headers.at(-1), ["Host", "other.test"]);
});

for (
  const [what, unusable, reason] of [
    ["no URL", hook(""), "there is no URL"],
    ["a URL that expands to nothing", hook("$NOTHING"), "there is no URL"],
    ["a method of two words", hook("http://h", { method: "GE T" }), "is not a method"],
    ["a header name with a colon", hook("http://h", { headers: [["A:", "secret"]] }), "is not a name of a header"],
    ["a header value of two lines", hook("http://h", { headers: [["A", "sec\nret"]] }), 'header "A" has a control'],
  ] as const
) {
  Deno.test(`a hook with ${what} cannot be sent`, async () => {
    await assertRejects(() => made(unusable), HookError, reason);
  });
}

Deno.test("a body wins over a template that cannot be read, even if it expands to nothing", async () => {
  const { asked } = await made(hook("http://h/", { method: "POST", body: "text", bodyTemplate: "/missing" }));
  assertEquals(asked.body, "text");
  assertEquals((await made(hook("http://h/", { body: "$NOTHING", bodyTemplate: "/missing" }))).asked.body, undefined);
});

Deno.test("what is shown has no secret in it: expanded variables, headers, credentials", async () => {
  const environment = { API_TOKEN: "to ken/1", LOGIN: "user:pass-word" };
  const asked = hook("http://$LOGIN@h/$API_TOKEN?q=é", {
    body: "{ $API_TOKEN }",
    headers: [["X-Api-Key", "k"], ["Authorization", "Bearer b"], ["X-Note", "uses to ken/1"], ["Cookie", "c"]],
  });
  const { shown } = await made(asked, { environment });
  assertEquals(shown.url, "http://user:×××@h/×××?q=%C3%A9");
  assertEquals(shown.body, "{ ××× }");
  assertEquals(shown.headers.slice(1), [
    ["X-Api-Key", "×××"],
    ["Authorization", "×××"],
    ["X-Note", "uses ×××"],
    ["Cookie", "×××"],
  ]);
});

for (
  const [template, exitCode, url] of [
    ["/ping/ID/$ERROR_EXIT_CODE", -1, "/ping/ID/255"],
    ["/ping/ID/${ERROR_EXIT_CODE}", 300, "/ping/ID/255"],
    ["/ping/ID/$ERROR_EXIT_CODE", 11, "/ping/ID/11"],
    ["/x-$ERROR_EXIT_CODE/y?c=$ERROR_EXIT_CODE#$ERROR_EXIT_CODE", -1, "/x-255/y?c=-1#-1"],
    ["/$WITH_QUERY$ERROR_EXIT_CODE", -1, "/a?c=-1"],
    ["/ping/KEY/SLUG/$ERROR_EXIT_CODE", undefined, "/ping/KEY/SLUG"],
    ["/ping/KEY/SLUG/${ERROR_EXIT_CODE}?rid=1", undefined, "/ping/KEY/SLUG?rid=1"],
    ["/written/", undefined, "/written/"],
    ["/a/$UNKNOWN/b", undefined, "/a//b"],
    ["/a/x$UNKNOWN", undefined, "/a/x"],
    ["/a?b=/$UNKNOWN", undefined, "/a?b=/"],
  ] as const
) {
  Deno.test(`in a URL ${template} with exit code ${exitCode} is ${url}`, async () => {
    const failure = exitCode === undefined ? undefined : { ...FAILURE, exitCode };
    assertEquals(
      await urlOf(template.slice(1), { failure, environment: { WITH_QUERY: "a?c=" } }),
      url.slice(1).replace(/#.*/, ""),
    );
  });
}
