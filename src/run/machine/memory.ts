/** How much memory the run may still take: of the machine, and of the container it runs in. */
import type { World } from "../../platform/world.ts";
import { programOutput } from "./program_output.ts";
import { readOptional } from "./read_optional.ts";

/** In bytes; undefined where the system does not tell. */
export async function availableMemory(world: World): Promise<number | undefined> {
  if (world.os === "darwin") return macMemory(await programOutput("vm_stat", [], world));
  if (world.os !== "linux" && world.os !== "android") return undefined;
  const known = [machineMemory(world), ...groupMemory(world)].filter((bytes) => bytes !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}

function machineMemory(world: World): number | undefined {
  const text = readOptional("/proc/meminfo", world) ?? "";
  const bytes = (name: string) => {
    const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  };
  const free = bytes("MemFree");
  return bytes("MemAvailable") ??
    (free === undefined ? undefined : free + (bytes("Buffers") ?? 0) + (bytes("Cached") ?? 0));
}

/** What a control group calls its limit, what is used of it, and what of that is cache that can be dropped at once. */
const GROUP_FILES = {
  v1: { limit: "memory.limit_in_bytes", usage: "memory.usage_in_bytes", cache: "total_inactive_file" },
  v2: { limit: "memory.max", usage: "memory.current", cache: "inactive_file" },
} as const;

/** What is left in the control group of the process and in every group around it. */
function groupMemory(world: World): (number | undefined)[] {
  const lines = (readOptional("/proc/self/cgroup", world) ?? "").split("\n").map((line) => line.split(":"));
  const v1 = lines.find(([, controllers = ""]) => controllers.split(",").includes("memory"))?.[2];
  const v2 = lines.find(([id]) => id === "0")?.[2];
  return v1 !== undefined
    ? groupFolders("/sys/fs/cgroup/memory", v1).map((folder) => groupLeft(folder, GROUP_FILES.v1, world))
    : groupFolders("/sys/fs/cgroup", v2 ?? "/").map((folder) => groupLeft(folder, GROUP_FILES.v2, world));
}

/** In a container the path may be that of the host, and the root the group: folders that are not there do not count. */
function groupFolders(root: string, group: string): string[] {
  const parts = group.split("/").filter((part) => part !== "" && part !== "..");
  return [root, ...parts.map((_, index) => `${root}/${parts.slice(0, index + 1).join("/")}`)];
}

function groupLeft(
  folder: string,
  files: (typeof GROUP_FILES)[keyof typeof GROUP_FILES],
  world: World,
): number | undefined {
  const limit = Number(readOptional(`${folder}/${files.limit}`, world) || NaN);
  const usage = Number(readOptional(`${folder}/${files.usage}`, world) || NaN);
  if (!Number.isFinite(limit) || !Number.isFinite(usage)) return undefined; // "max": no limit
  const statistics = readOptional(`${folder}/memory.stat`, world) ?? "";
  const cache = Number(new RegExp(`^${files.cache} (\\d+)$`, "m").exec(statistics)?.[1] ?? 0);
  return Math.max(0, limit - Math.max(0, usage - cache));
}

function macMemory(text: string): number | undefined {
  const pageSize = Number(/page size of (\d+) bytes/.exec(text)?.[1] ?? NaN);
  const pages = ["free", "inactive", "speculative"].map((kind) =>
    Number(new RegExp(`^Pages ${kind}:\\s+(\\d+)\\.`, "m").exec(text)?.[1] ?? NaN)
  );
  const bytes = pageSize * pages.reduce((sum, count) => sum + count, 0);
  return Number.isFinite(bytes) ? bytes : undefined;
}
