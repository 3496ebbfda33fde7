/** Tables of faults and places, for the tests of the readers. */

import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { type KeyPath, type Language, SyntaxFault } from "../../src/config/formats/format.ts";

/** Each text must be refused at a line and column, with words in the message. */
export function assertFaults(
  name: string,
  language: Language,
  faults: readonly (readonly [text: string, line: number, column: number, words: string])[],
): void {
  for (const [text, line, column, words] of faults) {
    Deno.test(`${name}: ${JSON.stringify(text).slice(0, 80)} is refused at ${line}:${column}`, () => {
      const fault = assertThrows(() => language.parse(text), SyntaxFault);
      assertStringIncludes(fault.message, words);
      assertEquals(fault.place, { line, column });
    });
  }
}

/** Each key path of a text must be found at a line and column, or nowhere. */
export function assertPlaces(
  name: string,
  language: Language,
  text: string,
  places: readonly (readonly [path: KeyPath, line: number | undefined, column?: number])[],
): void {
  const find = language.index(text);
  for (const [path, line, column] of places) {
    Deno.test(`${name}: ${JSON.stringify(path)} is found at ${line}:${column}`, () => {
      assertEquals(find(path), line === undefined ? undefined : { line, column: column as number });
    });
  }
}
