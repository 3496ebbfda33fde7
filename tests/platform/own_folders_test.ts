import { assertEquals } from "@std/assert";
import { cacheFolder, type FolderOwner, stateFolder } from "../../src/platform/own_folders.ts";

const USER: FolderOwner = { os: "linux", env: {}, home: "/home/user", isRoot: false };

for (
  const [what, more, cache, state] of [
    ["a user", {}, "/home/user/.cache/resticprofile", "/home/user/.local/state/resticprofile"],
    ["root", { isRoot: true, home: "/root" }, "/root/.cache/resticprofile", "/var/lib/resticprofile"],
    [
      "a user with XDG folders",
      { env: { XDG_CACHE_HOME: "/c", XDG_STATE_HOME: "/s" } },
      "/c/resticprofile",
      "/s/resticprofile",
    ],
    [
      "a user with relative XDG folders",
      { env: { XDG_CACHE_HOME: "c", XDG_STATE_HOME: "s" } },
      "/home/user/.cache/resticprofile",
      "/home/user/.local/state/resticprofile",
    ],
    ["nobody", { home: undefined }, undefined, undefined],
    [
      "a user of macOS",
      { os: "darwin" },
      "/home/user/Library/Caches/resticprofile",
      "/home/user/Library/Application Support/resticprofile",
    ],
    [
      "a user of Windows",
      { os: "windows", env: { LOCALAPPDATA: "C:/Local" } },
      "C:/Local/resticprofile",
      "C:/Local/resticprofile",
    ],
    ["a user of Windows without a profile", { os: "windows" }, undefined, undefined],
  ] as readonly (readonly [string, Partial<FolderOwner>, string | undefined, string | undefined])[]
) {
  Deno.test(`the program's own folders of ${what}`, () => {
    const owner = { ...USER, ...more };
    assertEquals([cacheFolder(owner), stateFolder(owner)], [cache, state]);
  });
}
