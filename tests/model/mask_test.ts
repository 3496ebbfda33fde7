import { assert, assertEquals } from "@std/assert";
import {
  isSecretHeader,
  isSecretName,
  maskAddress,
  masker,
  maskHeader,
  maskUrl,
  maskUrls,
  maskVariable,
  maskWord,
  passwordOf,
} from "../../src/model/mask.ts";

for (
  const [text, masked] of [
    ["rest:https://user:pw@host/", "rest:https://user:×××@host/"],
    ["http://a:b:c@host", "http://a:×××@host"],
    ["http://a:b@c@host", "http://a:×××@host"],
    ["http://:pw@host/x", "http://:×××@host/x"],
    ["http://user@host:80/a@b", "http://user@host:80/a@b"],
    ["http://host:8080/?mail=a@b", "http://host:8080/?mail=a@b"],
    ["local:/backup/x@y:z", "local:/backup/x@y:z"],
    ["sftp:user@host:/path", "sftp:user@host:/path"],
    [
      '"restic" "--repo=s3:https://k:s@h" and http://u:p@h.',
      '"restic" "--repo=s3:https://k:×××@h" and http://u:×××@h.',
    ],
  ] as const
) {
  Deno.test(`maskUrls() shows ${text} as ${masked}`, () => assertEquals(maskUrls(text), masked));
}

Deno.test("maskUrl() knows that all of the text is a URL", () => {
  assertEquals(maskUrl('rest:http://u:p w"x@host/'), "rest:http://u:×××@host/");
  assertEquals(maskUrl("http://host/"), "http://host/");
});

Deno.test("maskWord() finds the URL that a flag holds", () => {
  assertEquals(maskWord("--repo=rest:http://u:p w@host/"), "--repo=rest:http://u:×××@host/");
  assertEquals(["--repo=x@y", "-", "", "two\nlines"].map(maskWord), ["--repo=x@y", "-", "", "two\nlines"]);
});

for (
  const [text, masked] of [
    ["user:pw@host", "user:×××@host"],
    ["user:p@w:x@host:8080/path", "user:×××@host:8080/path"],
    ["sftp:user:pw@host:/path", "sftp:user:×××@host:/path"],
    ["https://user:pw@host/", "https://user:×××@host/"],
    ["sftp:user@host:/path", "sftp:user@host:/path"],
    ["s3:bucket@host", "s3:bucket@host"],
    ["rclone:remote:path@x", "rclone:remote:path@x"],
    ["host:8080/x@y", "host:8080/x@y"],
    ["C:\\backup@home", "C:\\backup@home"],
    ["user@host", "user@host"],
  ] as const
) {
  Deno.test(`maskAddress() shows ${text} as ${masked}`, () => assertEquals(maskAddress(text), masked));
}

Deno.test("masker() finds the password of a variable without scheme in other texts", () => {
  assertEquals(masker({ PROXY_AUTH: "me:hidden@host" })("curl -u me:hidden x"), "curl -u me:××× x");
});

Deno.test("passwordOf() is all between the first colon and the last @ of the user part", () => {
  const urls = ["rest:http://a:b:c@host/", "http://:pw@host", "http://user@host", "local:/x@y", "http://host:80/a@b"];
  assertEquals(urls.map(passwordOf), ["b:c", "pw", undefined, undefined, undefined]);
});

for (
  const [name, secret] of [
    ["B2_ACCOUNT_KEY", true],
    ["some_token", true],
    ["RESTIC_PASSWORD", true],
    ["MY_PASSWORD_X", true],
    ["AWS_SECRET_ACCESS", true],
    ["_KEY", false],
    ["KEYS", false],
    ["HOME", false],
  ] as const
) {
  Deno.test(`isSecretName("${name}") is ${secret}`, () => assertEquals(isSecretName(name), secret));
}

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

Deno.test("maskHeader() hides headers that carry credentials (hooks.md 9: 16)", () => {
  const names = ["Authorization", "X-Api-Key", "Cookie", "X-Secret", "x-auth-user", "Private-Token", "X-Password"];
  assertEquals(names.filter((name) => !isSecretHeader(name)), []);
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

Deno.test("maskUrls() looks through long words in time that grows with their length, not its square", () => {
  const started = performance.now();
  const words = ["x", "x.", "://", "://u:", "a@", "://u:p/"].map((part) => part.repeat(50_000));
  assertEquals(words.map(maskUrls), words);
  assert(performance.now() - started < 1_000);
});
