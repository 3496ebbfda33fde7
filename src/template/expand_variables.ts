/**
 * `$NAME` and `${NAME}` in single values of the parsed configuration, after the templates are through. What a value
 * brings in is not searched again. Three syntaxes, because old ones have to go on working:
 *
 * | syntax | names | unknown | `${}` and an open `${` |
 * |---|---|---|---|
 * | `request` | letters, digits, `_`; one of `* # $ @ ! ? -` or a digit alone; anything in braces | empty | vanish |
 * | `mixin` | same | stays, as `${NAME}`; a special character as it is written | vanish |
 * | `option` | `[A-Za-z_][A-Za-z0-9_]*` | stays as it is written | stay |
 *
 * In all of them `$$` is `$`, and a `$` before anything else, or at the end, stays.
 */
type VariableSyntax = "request" | "option" | "mixin";

const SHELL_NAMES = /\$(?:\{([^}]*)\}|\{|([*#$@!?\-0-9])|([A-Za-z0-9_]+))/g;
const OPTION_NAMES = /\$(?:\$|\{([A-Za-z_][A-Za-z0-9_]*)\}|([A-Za-z_][A-Za-z0-9_]*))/g;

/** @param valueOf the value of a name as it is written, `undefined` for an unknown name */
export function expandVariables(
  text: string,
  syntax: VariableSyntax,
  valueOf: (name: string) => string | undefined,
): string {
  if (!text.includes("$")) return text;
  if (syntax === "option") {
    return text.replace(OPTION_NAMES, (written: string, braced?: string, plain?: string) => {
      const name = braced ?? plain;
      return name === undefined ? "$" : valueOf(name) ?? written;
    });
  }
  return text.replace(SHELL_NAMES, (written: string, braced?: string, special?: string, plain?: string) => {
    const name = braced ?? special ?? plain ?? "";
    if (name === "" || name === "$") return name;
    return valueOf(name) ?? (syntax === "request" ? "" : special === undefined ? `\${${name}}` : written);
  });
}
