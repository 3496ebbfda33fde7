/** Whether the machine runs on battery. */
import { unlessFileError } from "../../platform/unless_file_error.ts";
import type { World } from "../../platform/world.ts";
import { programOutput } from "./program_output.ts";
import { readOptional } from "./read_optional.ts";

export interface Battery {
  readonly state: "discharging" | "charging" | "other";
  readonly percent: number;
}

/** The mean charge in percent of a machine that runs on battery; undefined on mains, and where the system does not tell. */
export async function chargeOnBattery(world: World): Promise<number | undefined> {
  const batteries = await readBatteries(world);
  const isOnBattery = batteries.some(({ state }) => state === "discharging") &&
    !batteries.some(({ state }) => state === "charging");
  return isOnBattery ? batteries.reduce((sum, { percent }) => sum + percent, 0) / batteries.length : undefined;
}

/** None where the system does not tell. */
export async function readBatteries(world: World): Promise<Battery[]> {
  switch (world.os) {
    case "linux":
    case "android":
      return linuxBatteries(world);
    case "darwin":
      return macBatteries(await programOutput("pmset", ["-g", "batt"], world));
    case "windows":
      return windowsBatteries(await programOutput("powershell", ["-NoProfile", "-Command", WINDOWS_QUERY], world));
    default:
      return [];
  }
}

const SUPPLIES = "/sys/class/power_supply";

function linuxBatteries(world: World): Battery[] {
  return listOptional(SUPPLIES, world).flatMap((name) => {
    const read = (file: string) => readOptional(`${SUPPLIES}/${name}/${file}`, world);
    // scope "Device" is a mouse or a keyboard
    if (read("type") !== "Battery" || read("scope") === "Device") return [];
    const percent = Number(read("capacity"));
    return Number.isFinite(percent) ? [{ state: stateOf(read("status") ?? ""), percent }] : [];
  });
}

/** `-InternalBattery-0 (id=…)	87%; discharging; 4:10 remaining present: true` */
function macBatteries(text: string): Battery[] {
  return [...text.matchAll(/\t(\d+)%; ([A-Za-z ]+)/g)].map(([, percent, state = ""]) => ({
    state: stateOf(state),
    percent: Number(percent),
  }));
}

const WINDOWS_QUERY =
  'Get-CimInstance Win32_Battery | ForEach-Object { "$($_.BatteryStatus) $($_.EstimatedChargeRemaining)" }';

/** `BatteryStatus` 1, 4 and 5 mean discharging, low and critical. */
function windowsBatteries(text: string): Battery[] {
  return [...text.matchAll(/^(\d+) (\d+)\s*$/gm)].map(([, status = "", percent]) => ({
    state: ["1", "4", "5"].includes(status) ? "discharging" : "charging",
    percent: Number(percent),
  }));
}

function stateOf(text: string): Battery["state"] {
  if (/^discharging/i.test(text)) return "discharging";
  return /^(charging|full|charged|finishing charge|ac attached)/i.test(text) ? "charging" : "other";
}

function listOptional(path: string, { files }: World): string[] {
  return unlessFileError(() => files.list(path).sort(), []);
}
