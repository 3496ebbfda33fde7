import { assertEquals } from "@std/assert";
import { parseServiceName, unitName, unitPattern } from "../../../src/schedule/systemd/unit_names.ts";
import { escapeQuoted, formatExecStart, parseExecStart, settingsOf } from "../../../src/schedule/systemd/unit_text.ts";

for (
  const [words, line] of [
    [["/bin/x", "--config", "profiles.yaml"], "/bin/x --config profiles.yaml"],
    [["/bin/x", "my profiles.yaml"], '/bin/x "my profiles.yaml"'],
    [["/a b$c", "$d"], '"/a b$c" $$d'],
    [["/x", '"', "\\", "%h", ";", ""], '/x "\\"" \\\\ %%h ";" ""'],
    [["/x", "a\nb"], '/x "a\\nb"'],
  ] as const
) {
  Deno.test(`formatExecStart() of ${JSON.stringify(words)}, and back`, () => {
    assertEquals(formatExecStart(words), line);
    assertEquals(parseExecStart(line), [...words]);
  });
}

Deno.test("parseExecStart() reads what others may have written", () => {
  assertEquals(parseExecStart(`-@/bin/x 'a b' c"d e"f \\x41\\s`), ["/bin/x", "a b", "cd ef", "A "]);
});

Deno.test("escapeQuoted() keeps values of Environment as they are", () => {
  assertEquals(escapeQuoted('a"b\\c%d\r\n$e é'), 'a\\"b\\\\c%%d\\r\\n$e é');
});

Deno.test("settingsOf() finds all values, and lines that go on", () => {
  const unit = "[Timer]\nOnCalendar=daily\n# OnCalendar=no\n OnCalendar = Mon \\\n 10:00\nOnCalendarX=no\n";
  assertEquals(settingsOf(unit, "OnCalendar"), ["daily", "Mon   10:00"]);
});

for (
  const [name, unit] of [
    ["home-1.x_y", "resticprofile-backup@profile-home-1.x_y"],
    ["my profile", "resticprofile-backup@profile-my\\x20profile"],
    ["a/b", "resticprofile-backup@profile-a\\x2fb"],
    ["é\\", "resticprofile-backup@profile-\\xc3\\xa9\\x5c"],
    ["a@b", "resticprofile-backup@profile-a\\x40b"],
  ] as const
) {
  Deno.test(`unitName() of "${name}", and back`, () => {
    assertEquals(unitName({ command: "backup", name }), unit);
    assertEquals(parseServiceName(`${unit}.service`), { command: "backup", name });
  });
}

Deno.test("unitPattern() escapes for systemctl", () => {
  assertEquals(unitPattern("a b"), "resticprofile-*@profile-a\\\\x20b");
  assertEquals(unitPattern(undefined), "resticprofile-*@profile-*");
});

for (const file of ["resticprofile-backup@profile-x.timer", "resticprofile.service", "other@profile-x.service"]) {
  Deno.test(`parseServiceName() of "${file}" is nothing`, () => assertEquals(parseServiceName(file), undefined));
}
