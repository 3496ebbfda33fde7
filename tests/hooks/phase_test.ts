import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { HookContext } from "../../src/hooks/hook_context.ts";
import { type Patience, sendPhase } from "../../src/hooks/phase.ts";
import type { Happening } from "../../src/model/event.ts";
import type { HttpHook } from "../../src/model/plan.ts";
import { linesOf } from "../../src/report/run_sentences.ts";
import { HttpError, type HttpRequest } from "../../src/platform/world.ts";
import { type FakeReply, type FakeWorld, fakeWorld } from "../support/fake_world.ts";
import { hook, hookContext, type HookOptions, httpStep } from "../support/hook.ts";

const ENDLESS: Patience = {
  around: (action) => action(new AbortController().signal),
  startMs: () => Infinity,
  mayStart: () => true,
};

interface Sent {
  readonly world: FakeWorld;
  /** `warning: text` */
  readonly told: string[];
  readonly events: readonly Happening[];
  /** `PATH at SECOND`, for each request. */
  readonly requests: string[];
}

async function sendAll(
  hooks: readonly HttpHook[],
  reply: (request: HttpRequest, index: number) => FakeReply,
  more: Partial<HookContext> = {},
  patience: Partial<Patience> = {},
): Promise<Sent> {
  const world = fakeWorld({ reply });
  const told: string[] = [];
  const events: Happening[] = [];
  const tell = (event: Happening) => {
    events.push(event);
    told.push(...linesOf(event, "home").map(({ level, text }) => `${level}: ${text}`));
  };
  await sendPhase(httpStep(hooks), hookContext(more), world, tell, { ...ENDLESS, ...patience });
  const requests = world.sent.map(({ request, at }) => `${new URL(request.url).pathname} at ${at / 1_000}`);
  return { world, told, events, requests };
}

function warnings(told: readonly string[]): string[] {
  return told.filter((text) => text.startsWith("warning"));
}

const [A, B, C] = ["a", "b", "c"].map((name) => hook(`http://h/${name}`)) as [HttpHook, HttpHook, HttpHook];
const DEAD: FakeReply = { afterMs: 3_600_000 };

Deno.test("quick receivers see the configured order, each after the one before", async () => {
  const { requests } = await sendAll([A, B, C], () => ({ afterMs: 500 }));
  assertEquals(requests, ["/a at 0", "/b at 0.5", "/c at 1"]);
});

Deno.test("dead receivers cost one timeout together: the next hook starts after a second", async () => {
  const { requests, world, told } = await sendAll([A, B, C], () => DEAD);
  assertEquals([requests, world.elapsed()], [["/a at 0", "/b at 1", "/c at 2"], 32_000]);
  assertEquals(warnings(told).length, 3);
});

Deno.test("a failure is one warning: phase, position, profile, host of the URL, reason", async () => {
  const hooks = [A, hook("http://user:pw@h/$SECRET_NAME", { method: "POST" })];
  const environment = { SECRET_NAME: "hidden" };
  const { told } = await sendAll(hooks, (_, index) => ({ status: index === 1 ? 404 : 399 }), { environment });
  assertEquals(warnings(told), [
    "warning: send-before 2 of 2 on profile 'home': POST http://h/… failed: status 404",
  ]);
});

for (
  const [what, reply, reason] of [
    ["a refused connection", { error: new HttpError("connection", "connection refused") }, "connection refused"],
    ["a bad certificate", { error: new HttpError("certificate", "certificate not verified: expired") }, "expired"],
    ["status 500", { status: 500 }, "status 500"],
    ["a receiver that does not answer", DEAD, "timed out after 30s"],
    ["an endless redirection", { status: 302, headers: [["Location", "/a"]] }, "more than 10 redirections"],
    ["a redirection to nowhere", { status: 302, headers: [["Location", "x:y"]] }, "redirected to something"],
  ] as readonly (readonly [string, FakeReply, string])[]
) {
  Deno.test(`after ${what} the next hook is sent`, async () => {
    const { told, requests } = await sendAll([A, B], ({ url }) => url.endsWith("a") ? reply : {});
    assertEquals([warnings(told).length, requests.at(-1)?.slice(0, 2)], [1, "/b"]);
    assertStringIncludes(warnings(told)[0]!, reason);
  });
}

Deno.test("unusable hooks are a warning each, and nothing is sent for them", async () => {
  const hooks = [hook(""), hook("ftp://h/"), hook("http://h/", { bodyTemplate: "/missing.txt" }), B];
  const { told, requests } = await sendAll(hooks, () => ({}));
  assertEquals(requests, ["/b at 0"]);
  assertEquals(warnings(told).map((text) => text.replace(/.*was not sent: /, "")), [
    "there is no URL",
    "the URL does not begin with http:// or https://",
    'Cannot read body template "/missing.txt": no such file or directory',
  ]);
});

Deno.test("the time limit covers redirections; without one a hook waits as long as it takes", async () => {
  const slow = () => ({ afterMs: 20_000, status: 302, headers: [["Location", "/a"]] as const });
  const { told, world } = await sendAll([A], slow);
  assertEquals([warnings(told).length, world.elapsed()], [1, 30_000]);
  const patient = await sendAll([A], () => DEAD, { http: { timeoutMs: undefined, caCertificates: [] } });
  assertEquals([patient.told.length > 0 && warnings(patient.told), patient.world.elapsed()], [[], 3_600_000]);
});

Deno.test("retries: after 1, 2, 4, 8, 10 s, then one warning", async () => {
  const { requests, told } = await sendAll([hook("http://h/a", { retries: 5 })], () => ({ status: 503 }));
  assertEquals(requests, [0, 1, 3, 7, 15, 25].map((second) => `/a at ${second}`));
  assertEquals(warnings(told).length, 1);
});

for (
  const [what, reply, attempts] of [
    ["no connection", { error: new HttpError("connection", "refused") }, 2],
    ["a timeout", DEAD, 2],
    ["status 408", { status: 408 }, 2],
    ["status 429", { status: 429 }, 2],
    ["status 500", { status: 500 }, 2],
    ["status 404", { status: 404 }, 1],
    ["a bad certificate", { error: new HttpError("certificate", "expired") }, 1],
    ["an invalid request", { error: new HttpError("invalid", "invalid") }, 1],
    ["success", { status: 204 }, 1],
  ] as readonly (readonly [string, FakeReply, number])[]
) {
  Deno.test(`retries: ${attempts} attempts for ${what}`, async () => {
    assertEquals((await sendAll([hook("http://h/a", { retries: 1 })], () => reply)).requests.length, attempts);
  });
}

for (
  const [wish, second] of [["7", 7], ["30", 30], ["0", 1], ["Fri, 02 Jan 2026 03:04:10 GMT", 5], ["soon", 1]] as const
) {
  Deno.test(`retries: Retry-After "${wish}" waits ${second} s`, async () => {
    const reply = () => ({ status: 503, headers: [["retry-after", wish]] as const });
    assertEquals((await sendAll([hook("http://h/a", { retries: 1 })], reply)).requests.at(-1), `/a at ${second}`);
  });
}

Deno.test("a signal ends the hooks that are on their way; those after it are sent", async () => {
  const stops: AbortController[] = [];
  const around: Patience["around"] = (action) => {
    const stop = new AbortController();
    stops.push(stop);
    return action(stop.signal);
  };
  const reply = (_: HttpRequest, index: number) => {
    if (index === 0) stops.forEach((stop) => stop.abort());
    return index === 0 ? DEAD : {};
  };
  const { requests, told } = await sendAll([hook("http://h/a", { retries: 9 }), B], reply, {}, { around });
  assertEquals(requests, ["/a at 0", "/b at 0"]);
  assertEquals(warnings(told), ["warning: send-before 1 of 2 on profile 'home': GET http://h/… failed: interrupted"]);
});

Deno.test("where time is short dead receivers share it: all have started when it is over", async () => {
  const { requests } = await sendAll([A, B, C, A], () => DEAD, {}, { startMs: () => 600 });
  assertEquals(requests, ["/a at 0", "/b at 0.2", "/c at 0.5", "/a at 1.1"]);
});

Deno.test("no hook starts once none may", async () => {
  let starts = 0;
  const { requests } = await sendAll([A, B, C], () => ({}), {}, { mayStart: () => ++starts <= 2 });
  assertEquals(requests, ["/a at 0", "/b at 0"]);
});

Deno.test("credentials do not follow a redirection to another host", async () => {
  const asked = hook("http://u:p@h/a", { headers: [["X-One", "1"]] });
  const { world } = await sendAll(
    [asked],
    (_, index) => index === 0 ? { status: 302, headers: [["location", "http://other/b"]] } : {},
  );
  assertEquals(world.sent.map(({ request }) => request.headers.map(([name]) => name)), [
    ["User-Agent", "Authorization", "X-One"],
    ["User-Agent", "X-One"],
  ]);
});

Deno.test("verbose output has request and reply; the body of a reply is for trace, made printable", async () => {
  const reply = () => ({ headers: [["X-Token", "t"], ["Server", "s"]] as const, body: "one\x1b[2J\ntwo" });
  const asked = hook("http://h/a", { method: "POST", body: "text" });
  const { told } = await sendAll([asked], reply, { level: "trace" });
  const shown = told.join("\n");
  for (
    const part of ["debug: send-before on profile 'home': POST http://h/…", "  User-Agent: resticprofile/", "  text"]
  ) {
    assertStringIncludes(shown, part);
  }
  for (const part of ["status 200", "X-Token: ×××", "Server: s", "trace: send-before", "one\ufffd[2J\ntwo"]) {
    assertStringIncludes(shown, part);
  }
  assert(!(await sendAll([asked], reply, { level: "debug" })).told.join().includes("two"));
  assert(!(await sendAll([asked], () => ({}), { level: "trace" })).told.join().includes("trace:"), "nothing to show");
});

for (
  const [status, more, lost] of [
    [301, { method: "POST", body: "ALERT" }, "sent as GET, without its body"],
    [302, { method: "PUT" }, "sent as GET"],
    [303, { method: "POST", body: "ALERT" }, "sent as GET, without its body"],
    [302, { body: "of a GET" }, "without its body"],
  ] as const
) {
  Deno.test(`a ${more.method ?? "GET"} that a ${status} changed was not sent: ${lost}`, async () => {
    const headers = [["Location", "/topic?t=secret-token"]] as const;
    const { told } = await sendAll([hook("http://h/a", more)], (_, index) => index === 0 ? { status, headers } : {});
    assertEquals(warnings(told), [
      `warning: send-before on profile 'home': ${more.method ?? "GET"} http://h/… failed: ` +
      `redirected (status ${status}) to http://h/…: ${lost}`,
    ]);
  });
}

Deno.test("a GET or HEAD is redirected without a word, but for verbose output", async () => {
  const reply = (_: HttpRequest, index: number) =>
    index === 0 ? { status: 301, headers: [["Location", "https://other/b"]] as const } : {};
  const { told } = await sendAll([hook("http://h/a", { method: "HEAD" })], reply);
  assertEquals(warnings(told), []);
  assertStringIncludes(told.join("\n"), "status 301: redirected to https://other/… as HEAD");
});

Deno.test("a body is not repeated to another host, nor over plain HTTP, and secret headers neither", async () => {
  const headers = [["X-Api-Key", "k"], ["Proxy-Authorization", "p"], ["X-Auth-Token", "t"], ["X-Other", "o"]];
  for (const [from, to] of [["http://h/a", "http://other/"], ["https://h/a", "http://h/"]] as const) {
    const reply = (_: HttpRequest, index: number) =>
      index === 0 ? { status: 307, headers: [["Location", to]] as const } : {};
    const withBody = await sendAll([hook(from, { method: "POST", body: "x", headers })], reply);
    assertEquals([withBody.requests.length, warnings(withBody.told).length], [1, 1]);
    assertStringIncludes(warnings(withBody.told)[0]!, "the body is not sent there");
    const { world } = await sendAll([hook(from, { headers })], reply);
    assertEquals(world.sent.at(-1)?.request.headers.map(([name]) => name), ["User-Agent", "X-Other"]);
  }
});

for (
  const [body, headers, reason] of [
    ['{"code":40014,"error":"attachments not allowed"}\n', [], ': {"code":40014,"error":"attachments not allowed"}'],
    ["\n  Field 'message' is required  \nmore", [], ": Field 'message' is required"],
    ["a\x1b[2Jb", [], ": a\ufffd[2Jb"],
    ["x".repeat(300), [], `: ${"x".repeat(200)}…`],
    ["wrong key k-0123456789", [], ": wrong key ×××"],
    ["unknown user hidden-word", [], ": unknown user ×××"],
    ["no check 0123456789abcdef0", [], ": no check ×××"],
    ["<html>Bad Gateway</html>", [], ""],
    ["Bad Gateway", [["Content-Type", "text/html"]], ""],
    ["", [], ""],
  ] as const
) {
  Deno.test(`a refusal is told with the receiver's reason "${reason}"`, async () => {
    const asked = hook("http://h/0123456789abcdef0?user=$MY_SECRET&key=k-0123456789");
    const reply = () => ({ status: 400, body, headers });
    const { told } = await sendAll([asked], reply, { environment: { MY_SECRET: "hidden-word" } });
    assertEquals(warnings(told), [
      `warning: send-before on profile 'home': GET http://h/… failed: status 400${reason}`,
    ]);
  });
}

for (const [wish, told] of [["60", "1m0s"], ["9".repeat(20), "more than a year"]] as const) {
  Deno.test(`a receiver that asks to wait ${wish} s, longer than a request may take, gets no further attempt`, async () => {
    const reply = () => ({ status: 429, headers: [["Retry-After", wish]] as const });
    const { requests, told: events } = await sendAll([hook("http://h/a", { retries: 3 })], reply);
    assertEquals(requests, ["/a at 0"]);
    assertStringIncludes(warnings(events)[0]!, `status 429; the receiver asks to wait ${told}`);
  });
}

for (
  const [what, more, reply, problem] of [
    ["another status", { expectStatus: [200, 201] }, { status: 204 }, "status 204"],
    ["a wanted status", { expectStatus: [200, 404] }, { status: 404 }, undefined],
    ["a reply without the text", { expectBody: '"ok":true' }, { body: '{"ok":false}' }, '"ok":true'],
    ["a reply with the text", { expectBody: '"ok":true' }, { body: '{"ok":true}' }, undefined],
  ] as readonly (readonly [string, HookOptions, FakeReply, string | undefined])[]
) {
  Deno.test(`expect-status and expect-body: ${what} is ${problem ? "a failure" : "a success"}`, async () => {
    const { told } = await sendAll([hook("http://h/a", more)], () => reply);
    assertEquals(warnings(told).length, problem ? 1 : 0);
    if (problem) assertStringIncludes(warnings(told)[0]!, problem);
  });
}

Deno.test("variables in headers are expanded if the hook says so", async () => {
  const headers = [["Authorization", "Bearer $TOKEN"], ["X-Title", "${ERROR}"]];
  const environment = { TOKEN: "t-1" };
  const failure = {
    kind: "restic",
    message: "two\nlines",
    cause: "",
    commandLine: "",
    exitCode: 1,
    stderr: "",
  } as const;
  for (
    const [expandHeaders, sent] of [[true, ["Bearer t-1", "two lines"]], [false, [
      "Bearer $TOKEN",
      "${ERROR}",
    ]]] as const
  ) {
    const { world } = await sendAll([hook("http://h/a", { headers, expandHeaders })], () => ({}), {
      environment,
      failure,
    });
    assertEquals(world.sent[0]?.request.headers.slice(1).map(([, value]) => value), sent);
  }
});
