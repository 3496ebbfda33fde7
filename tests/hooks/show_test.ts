import { assertEquals } from "@std/assert";
import { showPhase } from "../../src/hooks/show.ts";
import { VERSION } from "../../src/model/version.ts";
import { fakeWorld } from "../support/fake_world.ts";
import { hook, hookContext, httpStep } from "../support/hook.ts";

Deno.test("a URL with control characters is shown without them", async () => {
  const shown = await showPhase(httpStep([hook("http://h/\x1b[2J\n$X")]), hookContext(), fakeWorld());
  assertEquals(shown, "send-before: GET http://h/… cannot be sent: the URL has a control character in it");
});

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
    await showPhase(httpStep(hooks), hookContext({ environment }), world),
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
