import { assertEquals } from "@std/assert";
import { configurationData, type DefaultData, hookData, unitData } from "../../../src/template/data/template_data.ts";
import { NO_TEMPLATES, withTemplate } from "../../../src/template/language/template_set.ts";
import type { GoValue } from "../../../src/template/values/go_value.ts";
import { UTC } from "../../../src/template/formats/zone.ts";
import { executeNow } from "../execute_now.ts";
import { noHost } from "../no_host.ts";

const COMMON: DefaultData = {
  now: 1_709_208_245_678_901_234n,
  zone: UTC,
  currentDir: "/work",
  startupDir: "/start",
  tempDir: "/tmp",
  binaryDir: "/usr/bin",
  hostname: "nas",
  os: "linux",
  arch: "amd64",
  env: { Path: "b", PATh: "a", HOME: "/home/ann", home: "other", EMPTY: "" },
};

function render(text: string, data: GoValue): string {
  return executeNow(withTemplate(NO_TEMPLATES, "t", text), "t", data, { host: noHost }).text;
}

Deno.test("all data have the common fields, once more in .DefaultData", () => {
  const data = configurationData(COMMON, { profile: "docs", schedule: "", configDir: "/etc/rp" });
  const text =
    "{{ .Now.UnixNano }} {{ .CurrentDir }} {{ .StartupDir }} {{ .TempDir }} {{ .BinaryDir }} {{ .Hostname }} {{ .OS }}/{{ .Arch }}";
  const expected = "1709208245678901234 /work /start /tmp /usr/bin nas linux/amd64";
  assertEquals(render(text, data), expected);
  assertEquals(render(text.replaceAll("{{ .", "{{ .DefaultData."), data), expected);
  assertEquals(render("{{ .Profile.Name }} [{{ .Schedule.Name }}] {{ .ConfigDir }}", data), "docs [] /etc/rp");
});

Deno.test(".Env has upper case names too, unless taken; the first by name gives its value", () => {
  const data = configurationData(COMMON, { profile: "", schedule: "", configDir: "" });
  assertEquals(
    render("{{ .Env.PATH }} {{ .Env.Path }} {{ .Env.HOME }} [{{ .Env.EMPTY }}] {{ .Env.UNSET }}", data),
    "a b /home/ann [] <no value>",
  );
});

Deno.test("folders have slashes on Windows", () => {
  const data = configurationData({ ...COMMON, os: "windows", tempDir: "C:\\Temp" }, {
    profile: "x",
    schedule: "",
    configDir: "C:\\conf\\x",
  });
  assertEquals(render("{{ .TempDir }} {{ .ConfigDir }}", data), "C:/Temp C:/conf/x");
});

Deno.test("hook data", () => {
  const error = { message: "m", commandLine: "c", exitCode: "1", stderr: "s" };
  const data = hookData(COMMON, { profile: "docs", command: "backup", error, stdout: "out" });
  assertEquals(
    render("{{ .ProfileName }} {{ .ProfileCommand }} {{ .Error }} {{ if .Error }}T{{ end }} {{ .Stdout }}", data),
    "docs backup {m c 1 s} T out",
  );
});

Deno.test("unit data: lists of strings, exact numbers", () => {
  const data = unitData(COMMON, {
    jobDescription: "job",
    timerDescription: "timer",
    workingDirectory: "/w",
    commandLine: "/x --a",
    onCalendar: ["daily", "hourly"],
    systemdProfile: "x.service",
    nice: 5,
    environmentFile: "",
    environment: ["A=1"],
    afterNetworkOnline: true,
    cpuSchedulingPolicy: "idle",
    ioSchedulingClass: 3,
    ioSchedulingPriority: 7,
    user: "ann",
  });
  assertEquals(
    render(
      '{{ .OnCalendar }} {{ join "," .OnCalendar }} {{ eq .Nice 5 }} {{ printf "%02d" .IOSchedulingClass }} {{ .User }}',
      data,
    ),
    "[daily hourly] daily,hourly true 03 ann",
  );
});
