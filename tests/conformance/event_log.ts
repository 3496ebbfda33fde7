/** The file that stand-ins and receivers write what they see to, a line each: `KIND FIELD …`, fields in Base64. */

import type { CaseSpec, Event } from "./case.ts";

export function encodeField(text: string): string {
  return new TextEncoder().encode(text).toBase64();
}

function decodeField(field: string): string {
  return new TextDecoder().decode(Uint8Array.fromBase64(field));
}

/** Adds a request, before it is answered. */
export function logRequest(log: string, event: Event): void {
  Deno.writeTextFileSync(log, `http ${encodeField(JSON.stringify(event))}\n`, { append: true });
}

/** @param hide puts marks back into the texts */
export async function readEvents(log: string, spec: CaseSpec, hide: (text: string) => string): Promise<Event[]> {
  const lines = (await Deno.readTextFile(log)).split("\n").filter((line) => line !== "");
  return lines.map((line) => {
    const [kind = "", ...fields] = line.split(" ");
    const texts = fields.map(decodeField);
    return kind === "http" ? JSON.parse(hide(texts[0]!)) : programEvent(kind, texts, spec, hide);
  });
}

/** @param fields arguments and environment, each ended by NUL, and standard input */
function programEvent(
  kind: string,
  [argv = "", env = "", stdin = ""]: readonly string[],
  { watchEnv = [] }: CaseSpec,
  hide: (text: string) => string,
): Event {
  const args = argv.split("\0").slice(0, -1).map(hide);
  const watched = env.split("\0").map((pair) => /^([^=]*)=([^]*)$/.exec(pair) ?? [])
    .filter(([, name]) => name !== undefined && watchEnv.includes(name))
    .map(([, name, value]) => [name!, hide(value!)] as const);
  return {
    ...(kind === "mark" ? { mark: args.join(" ") } : { [kind]: args }),
    ...(watched.length > 0 ? { env: Object.fromEntries(watched.sort()) } : {}),
    ...(stdin === "" ? {} : { stdin: hide(stdin) }),
  };
}
