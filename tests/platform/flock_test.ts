import { assertEquals } from "@std/assert";
import { holdFlock, isFlockHeld } from "../../src/platform/flock.ts";
import { tryFlock } from "../../src/platform/try_flock.ts";
import { makeFolder } from "../support/folder.ts";

/** Deno as it is, and as it was before it could try a lock: then the system's library is asked. */
for (const isOld of [false, true]) {
  Deno.test({
    name: `locks are tried and asked for without waiting, ${isOld ? "by the system's library" : "by Deno"}`,
    ignore: Deno.build.os !== "linux",
    fn() {
      const prototype = Deno.FsFile.prototype as { tryLockSync?: unknown };
      const known = Object.getOwnPropertyDescriptor(prototype, "tryLockSync");
      if (isOld) delete prototype.tryLockSync;
      try {
        using folder = makeFolder({ "lock": "" });
        const path = `${folder.path}/lock`;
        assertEquals(isFlockHeld(path), false);
        const first = tryFlock(path)!;
        assertEquals(first.statSync().ino, Deno.statSync(path).ino);
        assertEquals([tryFlock(path), isFlockHeld(path)], [undefined, true]);
        first.close();
        const letGo = holdFlock(path);
        assertEquals([tryFlock(path), isFlockHeld(path)], [undefined, true]);
        letGo?.();
        assertEquals([isFlockHeld(path), isFlockHeld(`${path}-none`)], [false, undefined]);
      } finally {
        if (known !== undefined) Object.defineProperty(prototype, "tryLockSync", known);
      }
    },
  });
}
