/**
 * YAML. `js-yaml` reads the syntax and gives events with offsets into the text; what they mean is decided in
 * `yaml_compose.ts`. (`@std/yaml` gives values only: of a large integer, a date, a `0o10` or a key's place nothing is
 * left to be seen.) Only the first document of a file counts.
 */

import { type Event, EVENT_ID, parseEvents, SCALAR_STYLE, YAMLException } from "js-yaml";
import type { Table } from "../../model/value.ts";
import type { Language, Note } from "./format.ts";
import { type Offsets, placeAt, placeFinder, readWithPlacesOnFault } from "./key_place.ts";
import { MAX_DEPTH } from "./scanner.ts";
import { composeDocument } from "./yaml_compose.ts";
import { UNKNOWN_ESCAPE, yamlFault } from "./yaml_fault.ts";

export const YAML: Language = {
  parse(text) {
    const { document, notes } = firstDocument(text);
    return { value: readWithPlacesOnFault((offsets) => readDocument(document, offsets)), notes };
  },
  index(text) {
    const offsets: Offsets = new Map();
    return placeFinder(text, readDocument(firstDocument(text).document, offsets), offsets);
  },
};

function readDocument(document: string, offsets?: Offsets): Table {
  return composeDocument(document, eventsOf(document), offsets);
}

/** A line that begins or ends a document. Inside of texts no line can look like that. */
const MARKER = /(?<![^\r\n])(?:---|\.\.\.)(?![^ \t\r\n])/g;
/** Lines without content: blank ones and comments, with markers or, before the first one, directives. */
const NOTHING = /^(?:(?:---|\.\.\.)?[ \t]*(?:#[^\r\n]*)?[\r\n])*(?:---|\.\.\.)?[ \t]*(?:#[^\r\n]*)?$/;
const PROLOGUE = /^(?:(?:[ \t]*(?:#[^\r\n]*)?|%[^\r\n]*)[\r\n])*$/;

/** The text up to the end of the first document, so that the rest needs not even be YAML. */
function firstDocument(text: string): { document: string; notes: readonly Note[] } {
  const markers = [...text.matchAll(MARKER)];
  const first = markers[0];
  if (first?.[0] === "---" && PROLOGUE.test(text.slice(0, first.index))) markers.shift();
  const end = markers[0];
  if (end === undefined) return { document: text, notes: [] };
  const document = text.slice(0, end.index);
  if (NOTHING.test(text.slice(end.index))) return { document, notes: [] };
  const message = "A second YAML document begins here: only the first one counts";
  return { document, notes: [{ message, place: placeAt(text, end.index) }] };
}

/**
 * The events of a document. The library does not know `\'` in double quotes, which has to be accepted; where it refuses one,
 * apostrophes are hidden behind another escape of the same length. Only offsets are taken from the events, so that the
 * text itself is still read as it was written.
 */
function eventsOf(document: string): readonly Event[] {
  let text = document;
  while (true) {
    const result = tryEvents(text);
    if (!(result instanceof YAMLException)) return result;
    const offset = result.mark?.position ?? 0;
    if (result.reason !== UNKNOWN_ESCAPE || text[offset] !== "'") throw yamlFault(document, result.reason, offset);
    const events = text === document ? eventsWithoutApostrophes(document) : undefined;
    if (events !== undefined) return events;
    text = hideApostrophes(text, offset);
  }
}

function tryEvents(text: string): readonly Event[] | YAMLException {
  try {
    return parseEvents(text, { maxDepth: MAX_DEPTH });
  } catch (error) {
    if (error instanceof YAMLException) return error;
    throw error;
  }
}

/**
 * All `\'` hidden at once, for speed. Undefined if one of them may have been the end of a text in single quotes: there it
 * is a backslash and a quote, and then it would now stand inside of such a text, or make a fault.
 */
function eventsWithoutApostrophes(document: string): readonly Event[] | undefined {
  const events = tryEvents(document.replaceAll("\\'", "\\/"));
  if (events instanceof YAMLException) return undefined;
  const wrong = events.some((event) =>
    event.type === EVENT_ID.SCALAR && event.style === SCALAR_STYLE.SINGLE_QUOTED &&
    document.slice(event.valueStart, event.valueEnd).includes("\\'")
  );
  return wrong ? undefined : events;
}

/** Hides all apostrophes from one at `offset` to the end of the text in double quotes that it is in. */
function hideApostrophes(text: string, offset: number): string {
  const rest = /(?:[^"\\]|\\[^])*/y;
  rest.lastIndex = offset;
  const hidden = rest.exec(text)?.[0] ?? "";
  return text.slice(0, offset) + hidden.replaceAll("'", "/") + text.slice(offset + hidden.length);
}
