import { assertEquals } from "@std/assert";
import { errorText } from "../../src/run/error_message.ts";

const MESSAGES: [what: string, line: string, text: string | undefined][] = [
  [
    "an error of restic 0.16 and newer",
    '{"message_type":"error","error":{"message":"open /d/a: permission denied"},"during":"archival","item":"/d/a"}',
    "error: open /d/a: permission denied",
  ],
  [
    "an error of restic 0.14",
    '{"message_type":"error","error":{"Op":"open","Path":"/d/a","Err":13},"during":"scan","item":"/d/a"}',
    "error: open /d/a: permission denied",
  ],
  [
    "an unknown number",
    '{"message_type":"error","error":{"Op":"lstat","Path":"/d","Err":999},"item":"/d"}\n',
    "error: lstat /d: error 999",
  ],
  ["an error without a text", '{"message_type":"error","error":{},"during":"scan","item":"/d/b"}', "error: /d/b"],
  [
    "the last error, behind what clears the line",
    '\x1b[2K{"message_type":"exit_error","code":10,"message":"Fatal: repository does not exist"}',
    "Fatal: repository does not exist",
  ],
  ["another message", '{"message_type":"status","percent_done":0.5}', undefined],
  ["half a message", '{"message_type":"error","err', undefined],
];
for (const [what, line, text] of MESSAGES) {
  Deno.test(`errorText() of ${what}`, () => assertEquals(errorText(line), text));
}
