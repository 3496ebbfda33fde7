/** Classes of characters in regular expressions: `[a-z]`, `\d`, `\pL`, `[[:alpha:]]`. */

/** Whether a code point is in the class. */
export type CharacterClass = (code: number) => boolean;

/** A range, or a property with `\p{…}`; `isNegated`: everything else. */
export type ClassItem =
  | { readonly from: number; readonly to: number }
  | { readonly source: string; readonly isNegated: boolean };

interface Reader {
  readonly text: string;
  at: number;
}

const PERL: Readonly<Record<string, string>> = { d: "0-9", s: "\\t\\n\\f\\r ", w: "0-9A-Za-z_" };
const POSIX: Readonly<Record<string, string>> = {
  alnum: "0-9A-Za-z",
  alpha: "A-Za-z",
  ascii: "\\x00-\\x7F",
  blank: "\\t ",
  cntrl: "\\x00-\\x1F\\x7F",
  digit: "0-9",
  graph: "!-~",
  lower: "a-z",
  print: " -~",
  punct: "!-\\/:-@\\[-`\\{-~",
  space: "\\t\\n\\v\\f\\r ",
  upper: "A-Z",
  word: "0-9A-Za-z_",
  xdigit: "0-9A-Fa-f",
};
const SIMPLE: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

/**
 * @param ignoreCase by Unicode's simple case folding, which the `u` flag of `RegExp` brings along
 */
export function classOf(items: readonly ClassItem[], ignoreCase: boolean, isNegated = false): CharacterClass {
  const flags = ignoreCase ? "ui" : "u";
  const ranges = items.map((item) => "from" in item ? `${codeEscape(item.from)}-${codeEscape(item.to)}` : "").join("");
  const tests = items.flatMap((item) =>
    "source" in item ? [{ ...item, regExp: new RegExp(`[${item.source}]`, flags) }] : []
  );
  if (ranges !== "") tests.push({ source: ranges, isNegated: false, regExp: new RegExp(`[${ranges}]`, flags) });
  const test = (code: number) => {
    const character = String.fromCodePoint(code);
    return tests.some((each) => each.regExp.test(character) !== each.isNegated) !== isNegated;
  };
  const ascii = Array.from({ length: 128 }, (_, code) => test(code));
  return (code) => ascii[code] ?? test(code);
}

function codeEscape(code: number): string {
  return `\\u{${code.toString(16)}}`;
}

const OCTAL_OR_HEX = /\\(?:([1-7][0-7]{1,2}|0[0-7]{0,2})|x([0-9a-fA-F]{2})|x\{([0-9a-fA-F]{1,8})\})/y;
const PROPERTY = /\\([pP])(?:\{(\^?)([A-Za-z_ -]+)\}|([A-Za-z]))/y;

/** An escape that stands for characters; advances the reader. @throws {SyntaxError} */
export function escapeClass(reader: Reader): ClassItem {
  const letter = reader.text[reader.at + 1];
  if (letter === undefined) throw new SyntaxError("trailing backslash at end of expression");
  const perl = PERL[letter.toLowerCase()];
  if (perl !== undefined) {
    reader.at += 2;
    return { source: perl, isNegated: letter < "a" };
  }
  if (letter === "p" || letter === "P") return propertyClass(reader);
  const code = OCTAL_OR_HEX;
  code.lastIndex = reader.at;
  const [all, octal, short, long] = code.exec(reader.text) ?? [];
  if (all !== undefined) {
    const number = octal === undefined ? parseInt(short ?? long!, 16) : parseInt(octal, 8);
    if (number > 0x10ffff) throw new SyntaxError(`invalid escape sequence: ${all}`);
    reader.at += all.length;
    return { from: number, to: number };
  }
  const number = SIMPLE[letter] ?? (isSign(letter) ? letter.charCodeAt(0) : undefined);
  if (number === undefined) throw new SyntaxError(`invalid escape sequence: \\${letter}`);
  reader.at += 2;
  return { from: number, to: number };
}

/** Behind a backslash every ASCII character that is neither letter nor digit stands for itself. */
function isSign(letter: string): boolean {
  return letter < "\x80" && !/[0-9A-Za-z]/.test(letter);
}

/** `\pL`, `\p{Greek}`, `\P{^Lu}`: a general category or a script. */
function propertyClass(reader: Reader): ClassItem {
  PROPERTY.lastIndex = reader.at;
  const [all, kind, caret, long, short] = PROPERTY.exec(reader.text) ?? [];
  const name = long ?? short;
  if (all === undefined || name === undefined) {
    throw new SyntaxError(`invalid character class range: ${reader.text.slice(reader.at, reader.at + 3)}`);
  }
  const source = propertiesOf(name).find(isProperty);
  if (source === undefined) throw new SyntaxError(`invalid character class range: ${all}`);
  reader.at += all.length;
  return { source, isNegated: (kind === "P") !== (caret === "^") };
}

/** What the name may mean, in any case of letters; other properties than these (`Alphabetic`, `Emoji`) RE2 does not have. */
function propertiesOf(name: string): string[] {
  const words = name.toLowerCase().split(/[ _-]+/).filter((word) => word !== "");
  const lower = words.join("_");
  const title = words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join("_");
  const sets: Readonly<Record<string, string>> = { any: "Any", ascii: "ASCII", assigned: "Assigned" };
  const categories = [title, lower, lower.toUpperCase()].map((category) => `\\p{General_Category=${category}}`);
  const set = sets[lower];
  return set === undefined ? [...categories, `\\p{Script=${title}}`] : [`\\p{${set}}`];
}

function isProperty(source: string): boolean {
  try {
    return Boolean(new RegExp(source, "u"));
  } catch {
    return false;
  }
}

/** `[…]`; advances the reader. @throws {SyntaxError} */
export function parseBrackets(reader: Reader, ignoreCase: boolean): CharacterClass {
  const start = reader.at++;
  const isNegated = reader.text[reader.at] === "^";
  if (isNegated) reader.at++;
  const items: ClassItem[] = [];
  while (reader.text[reader.at] !== "]" || items.length === 0) {
    if (reader.at >= reader.text.length) throw new SyntaxError(`missing closing ]: ${reader.text.slice(start)}`);
    items.push(parseItem(reader));
  }
  reader.at++;
  return classOf(items, ignoreCase, isNegated);
}

const NAMED = /\[:(\^?)([^]*?):\]/y;

function parseItem(reader: Reader): ClassItem {
  NAMED.lastIndex = reader.at;
  const [all, caret, name] = NAMED.exec(reader.text) ?? [];
  if (all !== undefined) {
    const source = Object.hasOwn(POSIX, name!) ? POSIX[name!] : undefined;
    if (source === undefined) throw new SyntaxError(`invalid character class range: ${all}`);
    reader.at += all.length;
    return { source, isNegated: caret === "^" };
  }
  const begin = reader.at;
  const first = parseMember(reader);
  const isRange = reader.text[reader.at] === "-" && (reader.text[reader.at + 1] ?? "]") !== "]";
  if (!isRange || !("from" in first)) return first;
  reader.at++;
  const last = parseMember(reader);
  if (!("from" in last) || last.to < first.from) {
    throw new SyntaxError(`invalid character class range: ${reader.text.slice(begin, reader.at)}`);
  }
  return { from: first.from, to: last.to };
}

function parseMember(reader: Reader): ClassItem {
  if (reader.text[reader.at] === "\\") return escapeClass(reader);
  const code = reader.text.codePointAt(reader.at);
  if (code === undefined) throw new SyntaxError(`missing closing ]: ${reader.text}`);
  reader.at += code > 0xffff ? 2 : 1;
  return { from: code, to: code };
}
