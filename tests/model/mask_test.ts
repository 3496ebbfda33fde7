import { assertEquals } from "@std/assert";
import { knownSecrets, masker, maskHeader, maskVariable } from "../../src/model/mask.ts";

Deno.test("masker() finds the password of a variable without scheme in other texts", () => {
  assertEquals(masker({ PROXY_AUTH: "me:hidden@host" })("curl -u me:hidden x"), "curl -u me:××× x");
});

Deno.test("maskVariable() hides secrets whole, of URLs the password", () => {
  const shown = [
    ["SOME_TOKEN", "abc"],
    ["EMPTY_KEY", ""],
    ["SOME_URL", "https://user:pw@host/"],
    ["RESTIC_REPOSITORY", "rest:https://user:pw@host/"],
    ["OTHER", "https://user:pw@host/"],
  ].map(([name, value]) => maskVariable(name!, value!));
  assertEquals(shown, [
    "×××",
    "",
    "https://user:×××@host/",
    "rest:https://user:×××@host/",
    "https://user:pw@host/",
  ]);
});

Deno.test("maskHeader() hides headers that carry credentials", () => {
  assertEquals([maskHeader("X-Api-Key", "abc"), maskHeader("Accept", "text/plain")], ["×××", "text/plain"]);
});

Deno.test("masker() finds the values of secret variables in every form", () => {
  const mask = masker({
    API_TOKEN: ' p&ss é"1 ',
    SOME_URL: "https://user:url-password@host/",
    SHORT_KEY: "abc",
    CHANNEL: "nightly",
  });
  const text = [
    'raw p&ss é"1',
    "path http://h/p&ss%20%C3%A9%221",
    "query p%26ss+%C3%A9%221",
    'json {"a":"p&ss é\\"1"}',
    "url-password",
    "abc nightly",
  ];
  assertEquals(text.map(mask), [
    "raw ×××",
    "path http://h/×××",
    "query ×××",
    'json {"a":"×××"}',
    "×××",
    "abc nightly",
  ]);
});

Deno.test("masker() prefers the longer of two secrets, and hides a key line by line", () => {
  const mask = masker({ A_KEY: "secret", B_KEY: "secret-longer", C_KEY: "-----BEGIN\nMIIEvQIBADANBg" });
  assertEquals(mask("secret-longer secret MIIEvQIBADANBg"), "××× ××× ×××");
});

Deno.test("masker() takes no word of configurations for a secret, and no path for credentials", () => {
  const mask = masker({ USE_TOKEN: "true", A_PASSWORD: "None", GOOGLE_APPLICATION_CREDENTIALS: "/etc/gcs.json" });
  const text = "true None open /etc/gcs.json: no such file";
  assertEquals(mask(text), text);
});

Deno.test("knownSecrets() hides what it was made with and what it has learnt since", () => {
  const secrets = knownSecrets(["first", "a"]);
  const text = "a first second third";
  const before = secrets.mask(text);
  secrets.learn({ A_TOKEN: "second", B: "third" });
  secrets.learn({});
  assertEquals([before, secrets.mask(text)], ["a ××× second third", "a ××× ××× third"]);
});
