/** Counts what a regular expression costs in steps, which time on a shared machine does not tell. */

/** V8's own test function makes a pattern that gives up after so many steps back; without optimization V8 counts each of them. */
const FLAGS = "--allow-natives-syntax,--no-regexp-optimization";

const PROGRAM = `
const [source, flags, limit, texts] = JSON.parse(Deno.args[0]);
const count = (text) => {
  const pattern = %NewRegExpWithBacktrackLimit(source, flags, limit * text.length); // matchAll() would take a copy without limit
  let matches = 0;
  while (pattern.exec(text)) matches++;
  return matches;
};
console.log(JSON.stringify(texts.map(count)));
`;

/**
 * @param pattern a global one
 * @param limit how often the search may step back, for each character of the text; with more it finds nothing
 * @returns how many matches of the pattern each text has
 */
export async function matchesWithin(limit: number, pattern: RegExp, texts: readonly string[]): Promise<number[]> {
  const program = await Deno.makeTempFile({ suffix: ".js" });
  try {
    await Deno.writeTextFile(program, PROGRAM);
    const task = JSON.stringify([pattern.source, pattern.flags, limit, texts]);
    const args = ["run", "--no-config", `--v8-flags=${FLAGS}`, program, task];
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
    const answer = new TextDecoder().decode(stdout);
    if (answer === "") throw new Error(new TextDecoder().decode(stderr));
    return JSON.parse(answer);
  } finally {
    await Deno.remove(program);
  }
}
