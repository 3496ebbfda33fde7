/**
 * Regular expressions of templates and of the patterns of stream errors: RE2's, by the package re2js, whose time grows with
 * the length of the text only. What a template may spend on them is counted here, as the package does not know limits.
 * The package is large: this module is imported dynamically, by those who have a pattern.
 */
import { RE2JS, RE2JSException } from "re2js";
import { checkPatternSize, MAX_PATTERN_SIZE } from "./pattern_size.ts";
import type { Match, RegularExpression, Work } from "./regular_expression.ts";

/**
 * Look-around and back references are refused, like everything that RE2 does not know.
 * @throws {SyntaxError} `Cannot read pattern "…": REASON`
 */
export function compileRegExp(source: string): RegularExpression {
  try {
    checkPatternSize(source);
    const compiled = RE2JS.compile(source);
    if (compiled.programSize() > MAX_PATTERN_SIZE) throw new SyntaxError("expression too large");
    return {
      source,
      size: compiled.programSize() + source.length,
      groups: groupNames(compiled),
      test: (text, work) => compiled.test(work ? counted(text, compiled, work, text.length) : text),
      matches: (text, work = ignore) => allMatches(compiled, text, work),
    };
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof RE2JSException)) throw error;
    const reason = error.message.replace(/^error parsing regexp: /, "");
    throw new SyntaxError(`Cannot read pattern ${JSON.stringify(source)}: ${reason}`);
  }
}

function ignore(): void {}

function groupNames(compiled: RE2JS): (string | undefined)[] {
  const names = new Array<string | undefined>(compiled.groupCount() + 1).fill(undefined);
  for (const [name, index] of Object.entries(compiled.namedGroups())) names[index] = name;
  return names;
}

function* allMatches(compiled: RE2JS, text: string, work: Work): Generator<Match> {
  const matcher = compiled.matcher(counted(text, compiled, work));
  const groups = Array.from({ length: compiled.groupCount() + 1 }, (_, index) => index);
  const place = (at: number) => at < 0 ? undefined : at;
  let end = -1;
  for (let at = 0; at <= text.length;) {
    work(compiled.programSize());
    if (!matcher.find(at)) return;
    const [from, to] = [matcher.start(), matcher.end()];
    if (to > from || from !== end) {
      yield groups.flatMap((group) => [place(matcher.start(group)), place(matcher.end(group))]);
    }
    end = to;
    at = to > from ? to : to + ((text.codePointAt(to) ?? 0) > 0xffff ? 2 : 1);
  }
}

/**
 * A text for the package that pays for what is read of it. The package may look at each character in every state of the
 * pattern; the first reads are `cheap` where it begins with an automaton that is in one state at a time.
 */
function counted(text: string, compiled: RE2JS, work: Work, cheap = 0): string {
  const size = compiled.programSize();
  const read = () => work(1 + size / (cheap-- > 0 ? 16 : 8));
  return new CountedText(text, read, (length) => work(length / 16)) as unknown as string;
}

/** What the package takes for a string. */
class CountedText extends String {
  constructor(readonly text: string, readonly read: () => void, readonly searched: (length: number) => void) {
    super(text);
  }

  override charCodeAt(at: number): number {
    this.read();
    return this.text.charCodeAt(at);
  }

  override indexOf(part: string, from = 0): number {
    const found = this.text.indexOf(part, from);
    this.searched((found < 0 ? this.text.length : found) - from);
    return found;
  }
}
