/** HTTP hooks that can be sent, but unlikely say what they are meant to say. */
import { decodeText } from "../model/decode.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { unlessFileError } from "../platform/unless_file_error.ts";
import type { World } from "../platform/world.ts";
import { HTTP_HOOK_KEYS, SEND_KEYS } from "../schema/hook_keys.ts";
import { type Options, strongerVariants } from "../schema/key.ts";
import type { Profile } from "../schema/profile.ts";

type Hook = Options<typeof SEND_KEYS>;
type Path = readonly (string | number)[];
type Phase = keyof typeof HTTP_HOOK_KEYS;

export function checkHooks(profile: Profile, world: World): Diagnostic[] {
  return [...profile.sections.values()].flatMap(({ name, options }) =>
    (Object.keys(HTTP_HOOK_KEYS) as Phase[]).flatMap((phase) =>
      (options[phase] ?? []).flatMap((hook, index) => checkHook(hook, placeOf(profile, [name, phase], index), world))
    )
  );
}

interface Place {
  /** `home.backup.send-after`, with an index if there are several. */
  readonly name: string;
  at(path: Path): Diagnostic["at"];
}

function placeOf(profile: Profile, [section, phase]: readonly [string, Phase], index: number): Place {
  const count = profile.sections.get(section)?.options[phase]?.length ?? 0;
  return {
    name: `${profile.name}.${section}.${phase}${count > 1 ? `[${index}]` : ""}`,
    at: (path) => profile.at([section, phase, index, ...path]),
  };
}

function checkHook(hook: Hook, place: Place, world: World): Diagnostic[] {
  return [
    ...idleVariants(hook, place),
    ...bodyOfGet(hook, place),
    ...untypedJson(hook, place, world),
    ...plainHeaders(hook, place),
    ...wrongStatuses(hook, place),
  ];
}

function warning({ name, at }: Place, path: Path, message: string, hint: string): Diagnostic[] {
  return [{ code: "http-hook", severity: "warning", message: `"${name}" ${message}`, at: at(path), hint }];
}

function idleVariants(hook: Hook, place: Place): Diagnostic[] {
  const values: Readonly<Record<string, unknown>> = hook;
  return Object.keys(SEND_KEYS).filter((key) => values[key]).flatMap((key) => {
    const stronger = strongerVariants(SEND_KEYS, key).find((other) => values[other]);
    if (stronger === undefined) return [];
    const message = `has "${key}" beside "${stronger}": "${key}" has no effect`;
    return warning(place, [key], message, `Remove "${key}" or "${stronger}"`);
  });
}

/** Most receivers answer such a request with a page, status 200, and drop the body. */
function bodyOfGet({ method, body, "body-template": template }: Hook, place: Place): Diagnostic[] {
  if (!body && !template) return [];
  const word = (method || "GET").toUpperCase();
  if (word !== "GET" && word !== "HEAD") return [];
  const message = `has a body, but its method is ${word}: most receivers ignore the body`;
  return warning(place, [body ? "body" : "body-template"], message, 'Write method = "POST"');
}

/** Gotify, Alertmanager and others refuse JSON that is not declared. */
function untypedJson(hook: Hook, place: Place, world: World): Diagnostic[] {
  if ((hook.headers ?? []).some(({ name }) => name?.toLowerCase() === "content-type")) return [];
  const text = hook.body || templateText(hook["body-template"], world);
  if (!/^\s*(?:\{(?!\{)|\[)/.test(text)) return [];
  const message = "sends what looks like JSON without a Content-Type";
  return warning(
    place,
    [hook.body ? "body" : "body-template"],
    message,
    'Add the header "Content-Type: application/json"',
  );
}

/** One that cannot be read is reported as such elsewhere. */
function templateText(path: string | undefined, { files }: World): string {
  return unlessFileError(() => path && files.stat(path)?.kind === "file" ? decodeText(files.read(path)) : "", "");
}

function plainHeaders({ headers = [], "expand-headers": expands }: Hook, place: Place): Diagnostic[] {
  if (expands) return [];
  return headers.flatMap(({ name, value }, index) => {
    const variable = /\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*\})/.exec(value?.reveal() ?? "")?.[0];
    if (variable === undefined) return [];
    const message = `sends the header "${name}" as it is written: "${variable}" is not expanded`;
    return warning(place, ["headers", index, "value"], message, "Set expand-headers = true to expand variables");
  });
}

function wrongStatuses({ "expect-status": statuses = [] }: Hook, place: Place): Diagnostic[] {
  return statuses.filter((status) => !/^[1-5]\d\d$/.test(status)).flatMap((status) => {
    return warning(place, ["expect-status"], `expects "${status}", which is not an HTTP status`, "Write it as 200");
  });
}
