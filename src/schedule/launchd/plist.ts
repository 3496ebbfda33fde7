/** Property lists of macOS, as XML. */
import { formatTag, type Tag, tag, unescapeXml } from "../xml.ts";

export type Plist = string | number | boolean | readonly Plist[] | { readonly [key: string]: Plist };

const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
`;

/** Keys are sorted. */
export function formatPlist(value: Plist): string {
  return `${HEAD}${formatTag(tagOf(value), "\t", 1)}</plist>\n`;
}

function tagOf(value: Plist): Tag {
  if (typeof value === "string") return tag("string", value);
  if (typeof value === "number") return tag("integer", String(value));
  if (typeof value === "boolean") return tag(String(value), "");
  if (Array.isArray(value)) return tag("array", (value as readonly Plist[]).map(tagOf));
  const entries = Object.entries(value).sort(([one], [other]) => one < other ? -1 : 1);
  return tag("dict", entries.flatMap(([key, item]) => [tag("key", key), tagOf(item)]));
}

const TOKEN = /<(\/?)(dict|array)(\/?)>|<(true|false)\/>|<(key|string|integer)>([^<]*)<\/\5>|<(string)\/>/g;

/** @returns undefined for a text other than a list of these kinds of values */
export function parsePlist(text: string): Plist | undefined {
  const tokens = [...text.matchAll(TOKEN)];
  return readValue(tokens);
}

/** Takes the tokens of one value from the front. */
function readValue(tokens: RegExpExecArray[]): Plist | undefined {
  const [, end, folder, isEmpty, truth, kind, content = ""] = tokens.shift() ?? [];
  if (truth !== undefined) return truth === "true";
  if (kind !== undefined) return kind === "integer" ? Number(content) : unescapeXml(content);
  if (folder === undefined) return "";
  if (end !== "") return undefined;
  const items = isEmpty === "/" ? [] : readItems(tokens);
  if (folder === "array") return items;
  const pairs = items.flatMap((key, index) => index % 2 === 0 ? [[String(key), items[index + 1] ?? ""] as const] : []);
  return Object.fromEntries(pairs);
}

function readItems(tokens: RegExpExecArray[]): Plist[] {
  const items: Plist[] = [];
  while (tokens.length > 0) {
    const item = readValue(tokens);
    if (item === undefined) break;
    items.push(item);
  }
  return items;
}
