/** Values of the `global` section that count as others. */
import type { Diagnostic } from "../../model/diagnostic.ts";
import { UNLOCKED_AGE_MS } from "../../model/restic_locks.ts";
import type { GlobalOptions } from "../../schema/profile.ts";
import { locate } from "../nodes/locate_key.ts";
import type { TableNode } from "../nodes/node.ts";

/** @param node the `global` section as merged; undefined without one */
export function checkGlobalValues(global: GlobalOptions, node: TableNode | undefined): Diagnostic[] {
  const key = "restic-stale-lock-age";
  if (global[key] <= 0 || global[key] >= UNLOCKED_AGE_MS) return [];
  return [{
    code: "wrong-value",
    severity: "warning",
    message: `"global.${key}" below 30 minutes counts as 30m: restic unlock leaves younger locks alone`,
    at: node && locate(node, [key]),
    hint: `Write ${key} = "30m"`,
  }];
}
