import { assertEquals } from "@std/assert";
import { showPhase } from "../../src/hooks/shown_hook.ts";
import { VERSION } from "../../src/model/product.ts";
import { shownHooksText } from "../../src/report/hook_lines.ts";
import { fakeWorld } from "../support/fake_world.ts";
import { hook, hookContext, httpStep } from "../support/hook.ts";

Deno.test("a URL with control characters is shown without them", async () => {
  const shown = await showPhase(httpStep([hook("http://h/\x1b[2J\n$X")]), hookContext(), fakeWorld());
  assertEquals(
    shownHooksText(shown),
    "send-before: GET http://h/… cannot be sent: the URL has a control character in it",
  );
});

for (
  const [url, shown] of [
    ["https://hc.test/ping/0f1e2d3c-0000-4000-8000-5a6b7c8d9e0f/start", "https://hc.test/ping/×××/start"],
    ["https://h.test/services/T0/B0/abcdefghijklmnop?key=1&x=2#f", "https://h.test/services/T0/B0/×××?key=×××&x=2#f"],
    ["https://me:pw@h.test/$CHANNEL/short", "https://me:×××@h.test/×××/short"],
  ] as const
) {
  Deno.test(`a dry run hides tokens in the path of ${url}, and where headers and body repeat them`, async () => {
    const token = /[\w-]{16,}/.exec(url)?.[0] ?? "a-long-channel-0";
    const hooks = [hook(url, { headers: [["X-Of", `<${token}>`]], body: `to ${token}` })];
    const environment = { CHANNEL: "a-long-channel-0" };
    const text = shownHooksText(await showPhase(httpStep(hooks), hookContext({ environment }), fakeWorld()));
    assertEquals(text.split("\n")[0], `send-before: GET ${shown}`);
    assertEquals([text.includes("X-Of: <×××>"), text.includes("to ×××"), text.includes(token)], [true, true, false]);
  });
}

Deno.test("a dry run shows method, expanded URL, headers and body of each hook, secrets masked", async () => {
  const hooks = [
    hook("http://h/$CHANNEL?t=$API_TOKEN", {
      method: "post",
      headers: [["Content-Type", "application/json"], ["Authorization", "Bearer 0123"]],
      body: "of $PROFILE_NAME\nfor $API_TOKEN\n",
    }),
    hook("http://user:pw@h/finally"),
    hook("ftp://user:pw@h/$API_TOKEN"),
  ];
  const environment = { CHANNEL: "nightly", API_TOKEN: "abc123" };
  const world = fakeWorld();
  assertEquals(
    shownHooksText(await showPhase(httpStep(hooks), hookContext({ environment }), world)),
    `send-before 1 of 3: POST http://h/nightly?t=×××
  User-Agent: resticprofile/${VERSION}
  Content-Type: application/json
  Authorization: ×××

  of home
  for ×××
send-before 2 of 3: GET http://user:×××@h/finally
  User-Agent: resticprofile/${VERSION}
  Authorization: ×××
send-before 3 of 3: GET ftp://h/… cannot be sent: the URL does not begin with http:// or https://`,
  );
  assertEquals(world.sent, []);
});
