/** `battery`: what `--ignore-on-battery` finds. */
import { columns } from "../cli/columns.ts";
import { EXIT } from "../model/exit_status.ts";
import type { World } from "../platform/world.ts";
import { readBatteries } from "../run/machine/power_supply.ts";

export async function battery(world: World): Promise<number> {
  const batteries = await readBatteries(world);
  const rows = batteries.map(({ state, percent }, index) => [`battery ${index + 1}`, `${percent}%  ${state}`] as const);
  world.console.print(rows.length === 0 ? "There is no battery\n" : `${columns(rows)}\n`);
  return EXIT.success;
}
