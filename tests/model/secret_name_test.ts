import { assertEquals } from "@std/assert";
import { isSecretHeader, isSecretName } from "../../src/model/secret_name.ts";

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
    ["AZURE_ACCOUNT_SAS", true],
    ["RCLONE_CONFIG_NAS_PASS", true],
    ["MYSQL_PWD", true],
    ["mypass", true],
    ["GPG_PASSPHRASE", true],
    ["DATADOG_APIKEY", true],
    ["GIT_CREDENTIALS", true],
    ["GITLAB_PAT", true],
    ["SLACK_WEBHOOK_URL", true],
    ["NPM_TOKEN_2", true],
    ["password", true],
    ["token", true],
    ["api-key", true],
    ["RESTIC_PASSWORD_FILE", false],
    ["password-file", false],
    ["AWS_SHARED_CREDENTIALS_FILE", false],
    ["insecure-no-password", false],
    ["PWD", false],
    ["OLDPWD", false],
    ["PATH", false],
    ["AWS_ACCESS_KEY_ID", false],
    ["TOKENIZERS", false],
  ] as const
) {
  Deno.test(`isSecretName("${name}") is ${secret}`, () => assertEquals(isSecretName(name), secret));
}

Deno.test("isSecretHeader() knows headers that carry credentials", () => {
  const names = ["Authorization", "X-Api-Key", "Cookie", "X-Secret", "x-auth-user", "Private-Token", "X-Password"];
  assertEquals([...names, "Accept"].filter(isSecretHeader), names);
});
