import { assertEquals } from "@std/assert";
import {
  maskAddress,
  maskUrl,
  maskUrls,
  maskWords,
  passwordOf,
  passwordsInAddress,
  URL_PASSWORD,
} from "../../src/model/mask_address.ts";
import { matchesWithin } from "../support/regexp_steps.ts";

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
    ["http://user:CAN/pw@host/ and more", "http://user:×××@host/ and more"],
    ["http://user:CAN?pw#x@host/", "http://user:×××@host/"],
    ["http://user:p@ss/w@host/", "http://user:×××@host/"],
    ["http://user:12/3@host, ntfy", "http://user:12/3@host, ntfy"],
    ["http://user:123456/7@host", "http://user:×××@host"],
    ["http://[::1]:80/a@b", "http://[::1]:80/a@b"],
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

for (
  const [words, masked] of [
    [["--repo=rest:http://u:p w@host/"], ["--repo=rest:http://u:×××@host/"]],
    [["--repo=x@y", "-", "", "two\nlines"], ["--repo=x@y", "-", "", "two\nlines"]],
    [["-r", "sftp:me:pw@nas:/x", "--from-repo=sftp:me:pw@nas:/x"], [
      "-r",
      "sftp:me:×××@nas:/x",
      "--from-repo=sftp:me:×××@nas:/x",
    ]],
    [["--password-command=echo pw", "backup"], ["--password-command=echo ×××", "backup"]],
    [["--password-command", "echo pw", "--from-password-command=/bin/pw.sh"], [
      "--password-command",
      "echo ×××",
      "--from-password-command=/bin/pw.sh",
    ]],
    [["-o", "rest.password=pw", "-o", "s3.layout=x"], ["-o", "rest.password=×××", "-o", "s3.layout=x"]],
  ] as const
) {
  Deno.test(`maskWords() shows ${words.join(" ")} as ${masked.join(" ")}`, () =>
    assertEquals(maskWords(words), [...masked]));
}

Deno.test("passwordsInAddress() are those that maskAddress() hides, as written and as meant", () => {
  const addresses = ["sftp:me:p%40w@nas:/x", "rclone:nas,pass='a,b':x", "rest:http://u:C/D@h/", "/srv/x@y"];
  assertEquals(addresses.map(passwordsInAddress), [["p%40w", "p@w"], ["a,b"], ["C/D", "C/D"], []]);
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
    ["rest:http://user:CAN/p w@host/", "rest:http://user:×××@host/"],
    ["rclone:nas,user=me,pass=hid-den:path", "rclone:nas,user=me,pass=×××:path"],
    ['rclone::sftp,host=nas,pass="a,b:c":path', "rclone::sftp,host=nas,pass=×××:path"],
  ] as const
) {
  Deno.test(`maskAddress() shows ${text} as ${masked}`, () => assertEquals(maskAddress(text), masked));
}

Deno.test("passwordOf() is all between the first colon and the last @ of the user part", () => {
  const urls = ["rest:http://a:b:c@host/", "http://:pw@host", "http://user@host", "local:/x@y", "http://host:80/a@b"];
  assertEquals(urls.map(passwordOf), ["b:c", "pw", undefined, undefined, undefined]);
});

Deno.test("maskUrls() looks through long words in steps that grow with their length, not its square", async () => {
  const words = ["x", "x.", "://", "://u:", "a@", "://u:p/"].map((part) => part.repeat(2_000));
  assertEquals(words.map(maskUrls), words);
  const texts = words.map((word) => `${word} https://user:password@host`);
  assertEquals(await matchesWithin(10, URL_PASSWORD, texts), texts.map(() => 1));
});

Deno.test("matchesWithin() finds nothing with a pattern that takes the square of the length", async () => {
  assertEquals(await matchesWithin(10, /[a-z]+:/g, ["x".repeat(2_000), `${"x".repeat(2_000)} a:`, "a:"]), [0, 0, 1]);
});
