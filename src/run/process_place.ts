/** Where this program runs: its machine, the boot of that, and the namespace in which it has its number (of Linux). */
import { unlessFileError } from "../platform/unless_file_error.ts";
import type { World } from "../platform/world.ts";
import type { LockedProcess, ProcessPlace } from "./lock_file.ts";
import { readOptional } from "./machine/read_optional.ts";
import { bootId, listedStat, processNumbers } from "./process_identity.ts";

/** The inode of the namespace that all others are in; it is the same in every Linux. */
const OUTERMOST = "4026531836";

/** Undefined where the system does not tell. */
export function placeHere(world: World): ProcessPlace | undefined {
  const [namespace, boot] = [namespaceOf("self", world), bootId(world)];
  return namespace && boot ? { namespace, boot, machine: machineNumber(world) } : undefined;
}

function namespaceOf(pid: number | "self", { files }: World): string | undefined {
  // that of another user's process cannot be read
  return unlessFileError(() => files.stat(`/proc/${pid}/ns/pid`)?.inode.toString(), undefined);
}

/** Made from the machine's ID, which the readers of a lock need not know. */
function machineNumber(world: World): string | undefined {
  const id = readOptional("/etc/machine-id", world);
  if (!id) return undefined;
  let hash = 0x811c9dc5; // FNV-1a
  for (const byte of new TextEncoder().encode(id)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/** Outside of all containers, every process is seen. */
export function isOutermost({ namespace }: ProcessPlace): boolean {
  return namespace === OUTERMOST;
}

/** Whether one of them lives that has its number in another namespace, as far as that one is inside of ours. */
export function livesInside(processes: readonly LockedProcess[], namespace: string, world: World): boolean {
  return processNumbers(world).some((listed) => {
    const number = innermostNumber(listed, world);
    const named = processes.filter(({ pid }) => pid === number);
    if (named.length === 0 || (namespaceOf(listed, world) ?? namespace) !== namespace) return false;
    const stat = listedStat(listed, world);
    if (!stat || stat.state === "Z") return false;
    return named.some(({ identity }) => !identity || identity.started === stat.started);
  });
}

function innermostNumber(listed: number, world: World): number | undefined {
  const numbers = /^NSpid:\s*(.*)$/m.exec(readOptional(`/proc/${listed}/status`, world) ?? "")?.[1];
  return numbers === undefined ? undefined : Number(numbers.split(/\s+/).at(-1));
}
