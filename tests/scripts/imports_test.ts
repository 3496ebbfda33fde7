/** No module of `src/` needs itself, by its types either: each can be read with only what is below it. */
import { assertEquals } from "@std/assert";

const SOURCES = new URL("../../src/", import.meta.url);

function modulesIn(folder: URL): URL[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) =>
    isDirectory ? modulesIn(new URL(`${name}/`, folder)) : name.endsWith(".ts") ? [new URL(name, folder)] : []
  );
}

function importsOf(module: URL): URL[] {
  const text = Deno.readTextFileSync(module);
  return [...text.matchAll(/^(?:import|export) [^;]*?from "(\.[^"]+)"/gm)].map(([, path]) => new URL(path!, module));
}

/** The modules on the way from one back to itself; undefined where there is no such way. */
function circleOf(module: URL, seen: Set<string>, way: readonly string[] = []): readonly string[] | undefined {
  const start = way.indexOf(module.href);
  if (start >= 0) return way.slice(start).map((href) => href.slice(SOURCES.href.length));
  if (seen.has(module.href)) return undefined;
  for (const next of importsOf(module)) {
    const circle = circleOf(next, seen, [...way, module.href]);
    if (circle !== undefined) return circle;
  }
  seen.add(module.href);
  return undefined;
}

Deno.test("no module imports itself through others, nor a type", () => {
  const seen = new Set<string>();
  const circles = modulesIn(SOURCES).flatMap((module) => circleOf(module, seen) ?? []);
  assertEquals(circles, []);
});
