/** Damaged templates give a text or a `TemplateError`, nothing else. Seeded: the same templates every time. */
import { assert } from "@std/assert";
import { TemplateError } from "../../../src/template/values/template_error.ts";
import { NO_TEMPLATES, withTemplate } from "../../../src/template/language/template_set.ts";
import { timeAt } from "../../../src/template/formats/time.ts";
import { list, stringMap, struct } from "../../../src/template/values/go_value.ts";
import { UTC } from "../../../src/template/formats/zone.ts";
import { executeNow } from "../execute_now.ts";
import { noHost } from "../no_host.ts";
import { seededRandom } from "../seeded_random.ts";

const VECTORS: { templates: { template: string }[] } = JSON.parse(
  Deno.readTextFileSync(new URL("../../conformance/template-vectors.json", import.meta.url)),
);
const SEEDS = VECTORS.templates.map(({ template }) => template).filter((text) => !text.includes('"loop"'));
const PIECES = [
  ..."{}()|.$:=,\"'`\\ \n-+*%[]0123456789x",
  ..."{{ |}}|{{- | -}}|{{ end }}|{{ else }}|range |if |with |template |define |block |nil|.Now|.name".split("|"),
  ..."printf |index |slice |regex |splitR |map |list |randInt |and |or |eq |9223372036854775807|1e308|%!|%*[2]d|é😀"
    .split("|"),
];
const DATA = struct({
  Now: timeAt(1_709_208_245_678_901_234n, UTC),
  Env: stringMap([["HOME", "/home/ann"]]),
  name: "Ann",
  list: list(["a", 1n, 2.5, null]),
});

function mutated(random: (limit: number) => number): string {
  let text = SEEDS[random(SEEDS.length)]!;
  for (let count = 1 + random(4); count > 0; count--) {
    const at = random(text.length + 1);
    const other = SEEDS[random(SEEDS.length)]!;
    const from = random(other.length + 1);
    const inserted = [PIECES[random(PIECES.length)]!, "", other.slice(from, from + random(20))][random(3)]!;
    text = text.slice(0, at) + inserted + text.slice(at + random(4));
  }
  return text;
}

Deno.test("ten thousand damaged templates", () => {
  const random = seededRandom(20_240_229);
  let texts = 0;
  for (let count = 0; count < 10_000; count++) {
    const text = mutated(random);
    try {
      executeNow(withTemplate(NO_TEMPLATES, "t", text), "t", DATA, { host: noHost });
      texts++;
    } catch (error) {
      assert(error instanceof TemplateError, `${JSON.stringify(text)}: ${error}`);
    }
  }
  assert(texts > 1000, "most mutations should not even parse, but not all");
});
