/**
 * Files in which a lock is written before it gets its name. A run that is killed in that moment leaves its draft behind; a
 * later run with the same lock removes it.
 */
import { baseName, folderOf } from "../model/path.ts";
import { unlessFileError } from "../platform/unless_file_error.ts";
import type { World } from "../platform/world.ts";
import { judgeOwner } from "./lock_owner.ts";

/** As `crypto.randomUUID()` makes them. */
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Longer than any draft. */
const LONGEST_DRAFT = 64 * 1024;

/** A path beside the lock that no other process knows. */
export function draftPath(lock: string): string {
  return `${lock}.${crypto.randomUUID()}`;
}

/** Removes the drafts of runs that no longer live; what cannot be read or removed stays. */
export function removeDeadDrafts(lock: string, world: World): void {
  unlessFileError(() => {
    for (const name of world.files.list(folderOf(lock))) {
      if (isDraft(name, baseName(lock))) {
        unlessFileError(() => removeIfDead(`${folderOf(lock)}/${name}`, world), undefined);
      }
    }
  }, undefined);
}

function isDraft(name: string, lock: string): boolean {
  return [`${lock}.`, `${lock}.takeover.`].some((start) =>
    name.startsWith(start) && UUID.test(name.slice(start.length))
  );
}

function removeIfDead(path: string, world: World): void {
  if (judgeOwner(path, world.files.readRegular(path, LONGEST_DRAFT), world) === "dead") world.files.remove(path);
}
