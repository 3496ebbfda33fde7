/** `version`: one line, or with `-v` all that a bug report should have. */
import { isTrueOption } from "../cli/options.ts";
import type { Invocation } from "../model/invocation.ts";
import { EXIT } from "../model/exit_status.ts";
import { HOME_PAGE, VERSION } from "../model/product.ts";
import { type Build, build, RUNTIME } from "../platform/runtime.ts";
import type { World } from "../platform/world.ts";

export async function version({ flags, args }: Invocation, world: World): Promise<number> {
  const verbose = flags.verbose || flags.trace || args.includes("-v") || isTrueOption(args, "verbose");
  const known = build();
  const line = `resticprofile version ${VERSION}, ${known ? `commit ${known.commit}` : "from source"}\n`;
  world.console.print(verbose ? `${line}\n${await details(world)}\n` : line);
  return EXIT.success;
}

async function details(world: World): Promise<string> {
  const { columns } = await import("../cli/columns.ts");
  const rows: [string, string][] = [
    ["executable:", world.executable],
    ["home page:", HOME_PAGE],
    ["version:", VERSION],
    ...builtBy(build()),
    ["runtime:", RUNTIME],
    ["OS:", world.os],
    ["architecture:", world.arch],
  ];
  const packages = (await dependencies()).map((name) => `    ${name}`);
  return `${columns(rows)}\n  dependencies:\n${packages.join("\n")}`;
}

function builtBy(known: Build | undefined): [string, string][] {
  if (known === undefined) return [];
  return [["commit:", known.commit], ["build date:", known.date], ["builder:", known.builder]];
}

/** Packages of the import map, as `NAME@VERSION`. */
async function dependencies(): Promise<string[]> {
  const { default: { imports } } = await import("../../deno.json", { with: { type: "json" } });
  const names = Object.values(imports).map((specifier) => /^(?:npm|jsr):(@?[^@]+@[^/]+)/.exec(specifier)?.[1]);
  return [...new Set(names)].filter((name) => name !== undefined).sort();
}
