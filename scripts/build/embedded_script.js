/**
 * Goes into the binary and evaluates the scripts that `scripts_of_chunks.ts` made of the program's modules, with V8's code cache
 * where the binary has one. V8 checks that a cache is its own and belongs to the script; without it the script is compiled as usual.
 */

import { Script } from "node:vm";

const scripts = new Map();

/**
 * @param {string} name of a module; its script is `NAME.script` in the same folder, the cache `NAME.cache`
 * @returns {(...imported: unknown[]) => Record<string, unknown>}
 */
export function evaluate(name) {
  const path = `${import.meta.dirname}/${name}`;
  const script = new Script(Deno.readTextFileSync(`${path}.script`), { filename: name, cachedData: cacheIn(path) });
  scripts.set(name, script);
  return script.runInThisContext();
}

/** @param {string} path without its ending */
function cacheIn(path) {
  try {
    return Deno.readFileSync(`${path}.cache`);
  } catch {
    return undefined;
  }
}

/** Code of all functions that have been called so far, by the name of the module. */
export function codeCaches() {
  return new Map([...scripts].map(([name, script]) => [name, script.createCachedData()]));
}

/** Names of modules whose cache is missing, or is none for this V8. */
export function uncached() {
  return [...scripts].filter(([, { cachedDataRejected }]) => cachedDataRejected !== false).map(([name]) => name);
}
