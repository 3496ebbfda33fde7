import { assertEquals } from "@std/assert";
import { placeAt } from "../../../src/config/formats/key_place.ts";

const TEXT = "ab\ncd\r\n\ref";
const CASES = [
  [0, 1, 1],
  [2, 1, 3], // the LF itself belongs to its line
  [3, 2, 1],
  [5, 2, 3],
  [6, 2, 4],
  [7, 3, 1], // after CR LF, an empty line that ends with CR
  [8, 4, 1],
  [10, 4, 3], // the end of the text
] as const;
for (const [offset, line, column] of CASES) {
  Deno.test(`placeAt() finds offset ${offset} at ${line}:${column}`, () => {
    assertEquals(placeAt(TEXT, offset), { line, column });
  });
}
