import { assertEquals } from "@std/assert";
import { SEND_KEYS } from "../../src/schema/hook_keys.ts";
import { keyTable, strongerVariants } from "../../src/schema/key.ts";

Deno.test("of keys that are variants of one another, the first of the table counts", () => {
  const table = keyTable({
    "text": { type: "text", doc: "Text", variant: "body" },
    "other": { type: "text", doc: "Other" },
    "file": { type: "text", doc: "File", variant: "body" },
    "command": { type: "text", doc: "Command", variant: "body" },
  });
  const stronger = Object.keys(table).map((name) => strongerVariants(table, name));
  assertEquals(stronger, [[], [], ["text"], ["text", "file"]]);
  assertEquals(strongerVariants(SEND_KEYS, "body-template"), ["body"]);
});
