/** What a receiver says of a request that it refuses: the first line of its reply, as a warning can show it. */
import { printable } from "../model/printable.ts";
import type { HttpReply } from "../platform/world.ts";

const MOST_CHARACTERS = 200;

/** Undefined when there is nothing to read, or only a page for browsers. Not masked. */
export function reasonIn(body: Uint8Array | undefined, headers: HttpReply["headers"]): string | undefined {
  const type = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  const line = printable(new TextDecoder().decode(body)).split("\n").map((each) => each.trim()).find(Boolean);
  if (line === undefined || /html/i.test(type) || line.startsWith("<")) return undefined;
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}…` : line;
}
