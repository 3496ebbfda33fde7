/** The length of patterns is limited before they are compiled: `{1000}` makes a large program of a few characters. */

/** Characters of a pattern, and instructions of its program, at most: every one costs time with every character of a text. */
export const MAX_PATTERN_SIZE = 20_000;

const PARTS = /\\Q[^]*?(?:\\E|$)|\\[^]|\[\^?\]?(?:\\[^]|\[:\^?\w{1,9}:\]|[^\]\\])*\]|\{(\d{1,4})(,\d{0,4})?\}|[^]/g;

/** @throws {SyntaxError} when the pattern is too long, or would be with its repetitions written out */
export function checkPatternSize(pattern: string): void {
  const isLarge = pattern.length > MAX_PATTERN_SIZE ||
    (pattern.includes("{") && expandedSize(pattern) > MAX_PATTERN_SIZE);
  if (isLarge) throw new SyntaxError("expression too large");
  if (!pattern.isWellFormed()) throw new SyntaxError("invalid UTF-8");
}

/** How many parts there are when `x{3}` is `xxx`; a guess, of patterns that may be wrong. */
function expandedSize(pattern: string): number {
  const groups = [{ size: 0, last: 0 }];
  for (const [part, least, most] of pattern.matchAll(PARTS)) {
    const group = groups.at(-1)!;
    if (least !== undefined) {
      const times = Math.max(Number(least), Number(most?.slice(1) ?? 0));
      group.size += group.last * (times - 1);
      group.last *= times;
    } else if (part === "(") groups.push({ size: 0, last: 0 });
    else if (part === ")" && groups.length > 1) {
      const { size } = groups.pop()!;
      const outer = groups.at(-1)!;
      outer.last = size + 2;
      outer.size += outer.last;
    } else {
      group.last = 1;
      group.size += part.startsWith("\\Q") ? part.length : 1;
    }
  }
  return groups.reduce((sum, { size }) => sum + size, 0);
}
