/** Values of restic's flags that restic will refuse, or read otherwise than they look. */
import type { Diagnostic } from "../model/diagnostic.ts";
import { formatDecimal } from "../model/go_text.ts";
import { isSecretName } from "../model/mask.ts";
import type { Scalar } from "../model/value.ts";
import type { FlagValues, Profile } from "../schema/profile.ts";
import { commandsOfSection, findFlag, flagOfKey, resticCommands, type ResticFlag } from "../schema/restic_flags.ts";
import { isSelection } from "../schema/deciding_flags.ts";
import { formOfFlag } from "./flag_forms.ts";

export function checkFlags(profile: Profile): Diagnostic[] {
  const sections = [...profile.sections.values()];
  return [
    ...ofFlags(profile, [], profile.flags, resticCommands()),
    ...sections.flatMap(({ name, flags }) => ofFlags(profile, [name], flags, commandsOfSection(name))),
  ];
}

/** @param commands that the flags may be meant for */
function ofFlags(
  profile: Profile,
  place: readonly string[],
  flags: FlagValues,
  commands: readonly string[],
): Diagnostic[] {
  return [...flags].flatMap(([key, value]) => {
    const name = flagOfKey(key);
    const flag = commands.map((command) => findFlag(command, name)).find((found) => found !== undefined);
    if (flag === undefined) return [];
    const [items, isList] = Array.isArray(value) ? [value as readonly Scalar[], true] : [[value as Scalar], false];
    return items.flatMap((item, index): Diagnostic[] => {
      const fault = isList && item === "" ? undefined : faultOf(name, flag, item);
      if (fault === undefined) return [];
      const { text, ...rest } = fault;
      const at = profile.at([...place, key, ...isList ? [index] : []]);
      return [{ ...rest, message: `${text[0]} "${[profile.name, ...place, key].join(".")}"${text[1]}`, at }];
    });
  });
}

interface Fault extends Pick<Diagnostic, "code" | "severity" | "hint"> {
  /** Before and after the name. */
  readonly text: readonly [string, string];
}

function faultOf(name: string, flag: ResticFlag, value: Scalar): Fault | undefined {
  if (value === null || value === false || value === "" || Number(value) === 0 && typeof value !== "string") {
    return undefined;
  }
  if (value === true) return flag.value === "required" ? withoutValue(name) : undefined;
  const text = typeof value === "string" ? value.replace(/\r?\n$/, "") : formatDecimal(value);
  if (text.includes("$")) return undefined; // known by the run alone
  if (name === "option") return cutOption(text);
  const form = formOfFlag(name, flag);
  if (form === undefined || form.accepts(text)) return undefined;
  const found = typeof value === "string" ? `the text ${JSON.stringify(text)}` : `the number ${text}`;
  return {
    code: "restic-refuses",
    severity: form.isOpen ? "warning" : "error",
    text: ["restic refuses", `: wanted ${form.name}, found ${found}`],
    hint: form.hint(text.trim()),
  };
}

/** `true` stands for the values of `backup` there. */
function withoutValue(name: string): Fault | undefined {
  if (isSelection(name) || isSecretName(name)) return undefined;
  return {
    code: "restic-refuses",
    severity: "warning",
    text: ["Cannot use true for", ": the flag wants a value, it is left out"],
    hint: undefined,
  };
}

const OPTION = /^\s*(?:azure|b2|gs|local|rclone|rest|s3|sftp|swift)\.[\w-]+=/;

/** restic reads an option as a line of CSV: a comma begins the next one, unless the text is quoted. */
function cutOption(text: string): Fault | undefined {
  // one with quotes in it is quoted as a whole when it is passed on
  if (text.includes('"')) return undefined;
  const [, ...others] = text.split(",");
  const cut = others.find((other) => !OPTION.test(other));
  if (cut === undefined) return undefined;
  const quoted = `"${text}"`;
  return {
    code: "restic-refuses",
    severity: "warning",
    text: ["restic cuts", ` at a comma: ",${cut}" is not part of the option`],
    hint: `Write '${quoted}', with both kinds of quotes`,
  };
}
