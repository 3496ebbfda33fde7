/** Whether the machine runs on battery. */
import { FileError, type World } from "../../platform/world.ts";
import { programOutput } from "./program_output.ts";
import { readOptional } from "./read_optional.ts";

export interface Battery {
  readonly state: "discharging" | "charging" | "other";
  readonly percent: number;
}

/**
 * @param limit percent at which, and below, nothing shall run on battery; 100: never on battery; outside of 1 to 100: no check
 * @returns `skip`: do not run; `message`: what to tell about it
 */
export async function checkBattery(
  limit: number,
  world: World,
): Promise<{ readonly skip: boolean; readonly message: string | undefined }> {
  if (limit < 1 || limit > 100) return { skip: false, message: undefined };
  const batteries = await readBatteries(world);
  const isOnBattery = batteries.some(({ state }) => state === "discharging") &&
    !batteries.some(({ state }) => state === "charging");
  if (!isOnBattery) return { skip: false, message: undefined };
  const charge = batteries.reduce((sum, { percent }) => sum + percent, 0) / batteries.length;
  const state = `running on battery, charged to ${Math.round(charge)}%`;
  if (limit === 100) return { skip: true, message: `${state}: not started` };
  return charge <= limit
    ? { skip: true, message: `${state}, the limit is ${limit}%: not started` }
    : { skip: false, message: state };
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
  try {
    return files.list(path).sort();
  } catch (error) {
    if (error instanceof FileError) return [];
    throw error;
  }
}
