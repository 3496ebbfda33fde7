/** Damage to texts, for tests that ask whether a reader stays on its feet. The same seed gives the same damage. */

/** What tends to upset readers: brackets, quotes, line ends, marks of several languages, characters out of the way. */
const PIECES = [
  ..."[]{}()\"'`=:,.#/*<>&*!|-+_~%@$\\ \t\n\r\0\u0001\u007f\u0085\u2028\ufeff\ufffd",
  ..."09aexEé",
  "\r\n",
  "\n\n",
  '"""',
  "'''",
  "[[",
  "]]",
  "${",
  "<<EOT\n",
  "<<-",
  "<<",
  "---\n",
  "...",
  "? ",
  "- ",
  ": ",
  "|\n",
  ">-\n",
  "&a ",
  "*a ",
  "!!int ",
  "/*",
  "*/",
  "\\u",
  "\\'",
  "\\x4",
  "\ud800",
  "😀",
  "0x",
  "1e",
  "true",
  "null",
  "__proto__",
  "2020-01-01",
  "99999999999999999999",
] as const;

/** Numbers from 0 up to, but not including, a bound; an xorshift generator, which any seed but 0 sets going. */
export type Random = (bound: number) => number;

export function randomOf(seed: number): Random {
  let state = seed | 0;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}

/** A text with one to four mistakes in it: pieces put in, cut out, doubled, moved, or the end lost. */
export function mutate(text: string, random: Random): string {
  let mutant = text;
  for (let count = 1 + random(4); count > 0; count--) mutant = damage(mutant, random);
  return mutant;
}

function damage(text: string, random: Random): string {
  const at = random(text.length + 1);
  const to = Math.min(text.length, at + 1 + random(random(8) === 0 ? 200 : 8));
  const cut = text.slice(at, to);
  const rest = text.slice(0, at) + text.slice(to);
  switch (random(6)) {
    case 0:
      return rest;
    case 1:
      return text.slice(0, at) + cut + text.slice(at);
    case 2:
      return text.slice(0, at) + PIECES[random(PIECES.length)] + text.slice(to);
    case 3: {
      const other = random(rest.length + 1);
      return rest.slice(0, other) + cut + rest.slice(other);
    }
    case 4:
      return random(10) === 0 ? text.slice(0, at) : rest;
    default:
      return text.slice(0, at) + PIECES[random(PIECES.length)] + text.slice(at);
  }
}
