/**
 * From the events of a YAML parser to plain data: scalars by `yaml_scalar.ts`, aliases, merge keys, tags. It is not left
 * to the library, because that one would lose large integers, prototypes would show in its tables, and it lacks
 * places.
 */

import {
  type AliasEvent,
  type DocumentEvent,
  type Event,
  EVENT_ID,
  getScalarValue,
  type PopEvent,
  SCALAR_STYLE,
  type ScalarEvent,
} from "js-yaml";
import { markAliased } from "./aliased.ts";
import { isTable, type Scalar, type Table, type Value } from "../../model/value.ts";
import { SyntaxFault } from "./format.ts";
import { type Offsets, placeAt, recordOffset } from "./key_place.ts";
import { newTable, type OpenTable, repeatedFault } from "./scanner.ts";
import { resolvePlain } from "./yaml_scalar.ts";

/** Aliases of aliases can make a short text explode; no real configuration comes near this number of values. */
const MAX_VALUES = 5_000_000;

interface Composer {
  readonly text: string;
  readonly events: readonly Event[];
  readonly offsets: Offsets | undefined;
  /** Undefined while the value of the anchor is still read: an alias there would contain itself. */
  readonly anchors: Map<string, { value: Value; size: number } | undefined>;
  /** Index of the next event. */
  next: number;
  /** Where the last node that is written begins; the place of empty ones, too. */
  at: number;
  /** Values read, each alias counted with all that it stands for. */
  size: number;
}

/** What can be a value; documents and ends are not nodes. */
type NodeEvent = Exclude<Event, DocumentEvent | PopEvent>;

/**
 * The mapping of the first document; an empty table if there is no document, or nothing in it.
 *
 * @throws {SyntaxFault}
 */
export function composeDocument(text: string, events: readonly Event[], offsets?: Offsets): Table {
  const composer: Composer = { text, events, offsets, anchors: new Map(), next: 1, at: 0, size: 0 };
  const root = events[1];
  if (root === undefined) return newTable();
  const value = readNode(composer);
  if (value === null) return newTable();
  if (isTable(value)) return value;
  const found = Array.isArray(value) ? "a list" : "a single value";
  throw fault(
    composer,
    `The top level must be a mapping ("key: value"), not ${found}`,
    startOf(composer, root as NodeEvent),
  );
}

function readNode(composer: Composer): Value {
  const event = composer.events[composer.next++] as NodeEvent;
  const before = composer.size++;
  if (event.type === EVENT_ID.ALIAS) return readAlias(composer, event);
  const anchor = sliceOf(composer.text, event.anchorStart, event.anchorEnd);
  if (anchor !== "") composer.anchors.set(anchor, undefined);
  const value = readContent(composer, event);
  if (anchor !== "") composer.anchors.set(anchor, { value, size: composer.size - before });
  return value;
}

function readContent(composer: Composer, event: Exclude<NodeEvent, AliasEvent>): Value {
  switch (event.type) {
    case EVENT_ID.SCALAR:
      return readScalar(composer, event);
    case EVENT_ID.SEQUENCE:
      return readSequence(composer);
    case EVENT_ID.MAPPING:
      return readMapping(composer);
    default:
      return event satisfies never;
  }
}

function readAlias(composer: Composer, event: AliasEvent): Value {
  const name = sliceOf(composer.text, event.anchorStart, event.anchorEnd);
  const anchor = composer.anchors.get(name);
  if (anchor === undefined) {
    const state = composer.anchors.has(name)
      ? "it would contain itself"
      : 'there is no anchor of that name before it (quote a text that starts with "*")';
    throw fault(composer, `Cannot use this alias: ${state}`, startOf(composer, event));
  }
  composer.size += anchor.size;
  if (composer.size > MAX_VALUES) {
    const message = `Cannot use this alias: all aliases together stand for more than ${MAX_VALUES} values`;
    throw fault(composer, message, startOf(composer, event));
  }
  markAliased(anchor.value);
  return anchor.value;
}

function readSequence(composer: Composer): Value {
  const list: Value[] = [];
  for (let item = nodeAt(composer); item !== undefined; item = nodeAt(composer)) {
    recordOffset(composer.offsets, list, list.length, startOfItem(composer, item));
    list.push(readNode(composer));
  }
  composer.next++;
  return list;
}

function readMapping(composer: Composer): Value {
  const table = newTable();
  const merged: Table[] = [];
  for (let keyEvent = nodeAt(composer); keyEvent !== undefined; keyEvent = nodeAt(composer)) {
    const offset = startOf(composer, keyEvent);
    if (isMergeKey(composer.text, keyEvent)) {
      composer.next++;
      merged.push(...mergeSources(composer, readNode(composer), offset));
      continue;
    }
    const key = readKey(composer, keyEvent, offset);
    if (key in table) throw twice(composer, table, key, offset);
    recordOffset(composer.offsets, table, key, offset);
    table[key] = readNode(composer);
  }
  composer.next++;
  mergeInto(composer, table, merged);
  return table;
}

/** The text of a key; numbers in their decimal form, as the values are. */
function readKey(composer: Composer, event: NodeEvent, offset: number): string {
  const value = readNode(composer);
  if (typeof value === "object" && value !== null) throw fault(composer, "A list or mapping cannot be a key", offset);
  if (event.type !== EVENT_ID.SCALAR || typeof value === "number" || typeof value === "bigint") return String(value);
  return scalarText(composer.text, event);
}

function isMergeKey(text: string, event: NodeEvent): boolean {
  return event.type === EVENT_ID.SCALAR && event.style === SCALAR_STYLE.PLAIN && scalarText(text, event) === "<<";
}

function mergeSources(composer: Composer, value: Value, offset: number): readonly Table[] {
  const sources = Array.isArray(value) ? value as readonly Value[] : [value];
  if (!sources.every(isTable)) {
    throw fault(composer, `Only mappings, or a list of them, can be merged with "<<"`, offset);
  }
  return sources;
}

/** Own keys win over merged ones, and earlier sources over later ones. A merged key stands where its source has it. */
function mergeInto({ offsets }: Composer, table: OpenTable, sources: readonly Table[]): void {
  for (const source of sources) {
    for (const [key, value] of Object.entries(source)) {
      if (key in table) continue;
      table[key] = value;
      const offset = offsets?.get(source)?.get(key);
      if (offset !== undefined) recordOffset(offsets, table, key, offset);
    }
  }
}

function readScalar(composer: Composer, event: ScalarEvent): Scalar {
  const source = scalarText(composer.text, event);
  const tag = tagName(sliceOf(composer.text, event.tagStart, event.tagEnd));
  if (tag === undefined) return event.style === SCALAR_STYLE.PLAIN ? resolvePlain(source) : source;
  if (tag === OWN_TAG && event.valueStart < 0) {
    const message = 'This is a tag without a value: put a text that starts with "!" in quotes';
    throw fault(composer, message, startOf(composer, event));
  }
  const value = resolvePlain(source);
  switch (tag) {
    case "int":
      if (typeof value === "bigint" || Number.isInteger(value)) return value;
      break;
    case "float":
      if (typeof value === "number" || typeof value === "bigint") return value;
      break;
    case "bool":
      if (typeof value === "boolean") return value;
      break;
    case "null":
      if (value === null) return null;
      break;
    default: // `!!str`, a date, and tags of other programs: the text, as written
      return source;
  }
  throw fault(composer, `This is not a value for the tag "!!${tag}"`, startOf(composer, event));
}

/** Stands for all tags that are not YAML's. */
const OWN_TAG = "!";

/** The last word of a tag of YAML: `int` of `!!int` and of `!<tag:yaml.org,2002:int>`; undefined without a tag. */
function tagName(tag: string): string | undefined {
  if (tag === "") return undefined;
  return /^(?:!!|!<tag:yaml\.org,2002:)([^>]*)>?$/.exec(tag)?.[1] ?? OWN_TAG;
}

/** The text of a scalar. `\'` in double quotes is an apostrophe: the template function `js` writes it. */
function scalarText(text: string, event: ScalarEvent): string {
  if (event.style !== SCALAR_STYLE.DOUBLE_QUOTED || event.fast) return getScalarValue(text, event);
  const source = text.slice(event.valueStart, event.valueEnd);
  const plain = source.replace(/\\([^])/g, (escape, character) => character === "'" ? "'" : escape);
  return getScalarValue(plain, { ...event, valueStart: 0, valueEnd: plain.length });
}

/** The node that comes next; undefined at the end of a list or mapping. */
function nodeAt(composer: Composer): NodeEvent | undefined {
  const event = composer.events[composer.next];
  return event === undefined || event.type === EVENT_ID.POP || event.type === EVENT_ID.DOCUMENT ? undefined : event;
}

/** A hyphen with nothing but a comment behind it. */
const EMPTY_ITEM = /(?<=^[ \t-]*)-(?=[ \t]*(?:[ \t]#[^\r\n]*)?\r?$)/gm;

/** The same for an item of a list, which has a hyphen even if it is not written. */
function startOfItem(composer: Composer, event: NodeEvent): number {
  const isWritten = contentStart(composer.text, event) >= 0 || event.anchorStart >= 0;
  if (isWritten || composer.offsets === undefined) return startOf(composer, event);
  EMPTY_ITEM.lastIndex = composer.at + 1;
  composer.at = EMPTY_ITEM.exec(composer.text)?.index ?? composer.at;
  return composer.at;
}

/** Where a node starts, with its anchor or tag; for one that is not written at all, where the last one did. */
function startOf(composer: Composer, event: NodeEvent): number {
  let start = contentStart(composer.text, event);
  if (event.anchorStart >= 0) start = earlier(start, event.anchorStart - 1); // before it stands `&` or `*`
  if (event.type !== EVENT_ID.ALIAS && event.tagStart >= 0) start = earlier(start, event.tagStart);
  if (start >= 0) composer.at = start;
  return composer.at;
}

/** The earlier of two offsets, the first of which may be negative for none. */
function earlier(start: number, other: number): number {
  return start < 0 ? other : Math.min(start, other);
}

function contentStart(text: string, event: NodeEvent): number {
  switch (event.type) {
    case EVENT_ID.ALIAS:
      return -1;
    case EVENT_ID.SCALAR:
      return scalarStart(text, event);
    default:
      return event.start;
  }
}

/** Where a scalar starts: with its quote or its `|`. */
function scalarStart(text: string, { style, valueStart }: ScalarEvent): number {
  switch (style) {
    case SCALAR_STYLE.SINGLE_QUOTED:
    case SCALAR_STYLE.DOUBLE_QUOTED:
      return valueStart - 1;
    case SCALAR_STYLE.LITERAL_BLOCK:
      return text.lastIndexOf("|", valueStart);
    case SCALAR_STYLE.FOLDED_BLOCK:
      return text.lastIndexOf(">", valueStart);
    default:
      return valueStart;
  }
}

function sliceOf(text: string, start: number, end: number): string {
  return start < 0 ? "" : text.slice(start, end);
}

function twice({ text, offsets }: Composer, table: Table, key: string, offset: number): SyntaxFault {
  const message = `Duplicate key "${key}" in one mapping`;
  return repeatedFault(text, message, offset, offsets?.get(table)?.get(key));
}

function fault(composer: Composer, message: string, offset: number): SyntaxFault {
  return new SyntaxFault(message, placeAt(composer.text, offset));
}
