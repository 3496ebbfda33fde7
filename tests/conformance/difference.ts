/** What differs between two lists of lines, as `diff` shows it. */

/** @returns all lines, with `- ` where only the first list has one, `+ ` where only the second; undefined if they are the same */
export function difference(wanted: readonly string[], got: readonly string[]): string[] | undefined {
  if (wanted.length === got.length && wanted.every((line, index) => line === got[index])) return undefined;
  const common = commonLengths(wanted, got);
  const lines: string[] = [];
  for (let i = 0, j = 0; i < wanted.length || j < got.length;) {
    if (i < wanted.length && wanted[i] === got[j]) {
      lines.push(`  ${wanted[i++]}`);
      j++;
    } else if (j < got.length && (i === wanted.length || common[i]![j + 1]! > common[i + 1]![j]!)) {
      lines.push(`+ ${got[j++]}`);
    } else {
      lines.push(`- ${wanted[i++]}`);
    }
  }
  return lines;
}

/** How long the longest common subsequence of the rests from `[i]` of one list and `[j]` of the other is. */
function commonLengths(one: readonly string[], other: readonly string[]): number[][] {
  const lengths = Array.from({ length: one.length + 1 }, () => new Array<number>(other.length + 1).fill(0));
  for (let i = one.length - 1; i >= 0; i--) {
    for (let j = other.length - 1; j >= 0; j--) {
      const [skipOne, skipOther] = [lengths[i + 1]![j]!, lengths[i]![j + 1]!];
      lengths[i]![j] = one[i] === other[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(skipOne, skipOther);
    }
  }
  return lengths;
}
