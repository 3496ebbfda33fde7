/**
 * Text of others (names, replies, foreign files) as people may see it: what a terminal would obey, C0 and C1 control characters,
 * becomes U+FFFD; line feeds and tabs stay.
 */
export function printable(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/\r\n/g, "\n").replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, "\ufffd");
}
