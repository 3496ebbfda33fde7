/** Which tests files have, without running them: `Deno.test` only writes down what it is given while they are loaded. */

/** @param paths absolute ones of modules. @returns for each path the titles of its tests, without those that are ignored */
export async function recordedTests(paths: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const recorded = new Map<string, ReadonlySet<string>>();
  const real = Deno.test;
  try {
    for (const path of paths) {
      const titles = new Set<string>();
      Object.assign(Deno, { test: recorder(titles) });
      await import(path);
      recorded.set(path, titles);
    }
  } finally {
    Object.assign(Deno, { test: real });
  }
  return recorded;
}

/** Stands in for `Deno.test` in all its forms: its name, options and function come in this order, and each may be left out. */
function recorder(titles: Set<string>): typeof Deno.test {
  const record = (...given: unknown[]) => {
    const options = given.find((argument): argument is Partial<Deno.TestDefinition> => typeof argument === "object");
    const name = given.find((argument) => typeof argument === "string") ?? options?.name ??
      given.find((argument) => typeof argument === "function")?.name;
    if (name !== undefined && !options?.ignore) titles.add(name);
  };
  const ignore = () => {};
  return Object.assign(record, Deno.test, { ignore, skip: ignore, only: record }) as typeof Deno.test;
}
