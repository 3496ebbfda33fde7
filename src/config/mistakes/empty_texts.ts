/** Texts of YAML that YAML takes away: `exclude: #recycle` has a comment, `exclude: &x` an anchor, and no value. */
import type { Diagnostic } from "../../model/diagnostic.ts";
import { isTable, type Value } from "../../model/value.ts";
import type { KeyPath } from "../formats/format.ts";
import type { ConfigSource } from "../nodes/source.ts";

/** What is written behind a key. With a blank after its `#` it is hardly meant as a text. */
const VANISHED = /^[^\s:]+:[ \t]+([#&])[^\s,}\]]/;

/** Of single values; empty items of lists are reported where they are read. */
export function vanishedTexts(source: ConfigSource): Diagnostic[] {
  if (source.format !== "yaml" || !/:[ \t]+[#&]\S/.test(source.text)) return [];
  return emptyKeys(source.value, []).flatMap((path): Diagnostic[] => {
    const at = source.position(path);
    const sign = at && VANISHED.exec(source.written(at))?.[1];
    if (sign === undefined) return [];
    // what follows may have been meant as a password
    const what = sign === "#" ? "what begins with # is a comment" : "what begins with & is an anchor";
    return [{
      code: "empty-value",
      severity: "warning",
      message: `"${path.join(".")}" is empty (null): ${what}`,
      at,
      hint: "Quote a text that begins with # or &",
    }];
  });
}

function emptyKeys(value: Value, path: KeyPath): KeyPath[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: Value, index) => item === null ? [] : emptyKeys(item, [...path, index]));
  }
  if (isTable(value)) return Object.entries(value).flatMap(([key, child]) => emptyKeys(child, [...path, key]));
  return value === null ? [path] : [];
}
