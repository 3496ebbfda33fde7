import { assertEquals } from "@std/assert";
import { isJsonMessage, messageFilter } from "../../src/run/json_messages.ts";
import { ANALYSED_LENGTH } from "../../src/run/line_reader.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

for (
  const [line, is] of [
    ['{"message_type":"status"}', true],
    ['\r\x1b[2K{"message_type":"status"}\r', true],
    ['{"type":"status"}', false],
    ['{"message_type":"status"', false],
    ["plain", false],
  ] as const
) {
  Deno.test(`isJsonMessage() says ${is} to ${JSON.stringify(line)}`, () =>
    assertEquals(isJsonMessage(bytes(line)), is));
}

const MESSAGE = '{"message_type":"status"}\n';

for (
  const [name, pieces, shown] of [
    ["lines between messages", [`${MESSAGE}one\n${MESSAGE}${MESSAGE}two\n`], "one\ntwo\n"],
    ["lines that come in pieces", ["o", 'ne\n{"mess', 'age_type":"status"', "}\ntwo\n"], "one\ntwo\n"],
    ["a last line without line feed", [`${MESSAGE}one`], "one"],
    ["no last message without line feed", [`one\n${MESSAGE.trimEnd()}`], "one\n"],
    ["nothing of an empty stream", [], ""],
  ] as const
) {
  Deno.test(`messageFilter() shows ${name}`, () => assertEquals(filtered(pieces), shown));
}

Deno.test("messageFilter() shows a line that is too long for a message before it ends, and what follows", () => {
  const long = `{"message_type":"${"x".repeat(ANALYSED_LENGTH)}`;
  assertEquals(filtered([long], false), long);
  assertEquals(filtered([long, 'more"}\n', MESSAGE, "end\n"]), `${long}more"}\nend\n`);
});

function filtered(pieces: readonly string[], ends = true): string {
  let shown = "";
  const filter = messageFilter((part) => shown += new TextDecoder().decode(part));
  for (const piece of pieces) filter.take(bytes(piece));
  if (ends) filter.end();
  return shown;
}
