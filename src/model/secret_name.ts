/** Which variables, keys and headers hold a secret, by their names. */

/** Anywhere in the name, or at its end, in any case of letters. */
const SECRET_NAME =
  /PASSWORD|PASSWD|PASSPHRASE|SECRET|WEBHOOK|API_?KEY|._KEY$|TOKENS?(?:_?\d+)?$|CREDENTIALS?$|PASS$|PWD$|(?:^|_)(?:PAT|SAS)$/i;
/** A path to a secret, a switch that says there is no password, or the working folder. */
const OTHER_NAME = /_(?:FILE\d?|PATH|DIR)$|NO_PASSWORD$|^(?:OLD)?PWD$/i;

/** `RESTIC_PASSWORD`, `AWS_SECRET_ACCESS_KEY`, `RCLONE_CONFIG_NAS_PASS`, `api-token`, …: the value is secret as a whole. */
export function isSecretName(name: string): boolean {
  const variable = name.replaceAll("-", "_");
  return SECRET_NAME.test(variable) && !OTHER_NAME.test(variable);
}

/** Headers that carry credentials. */
export function isSecretHeader(name: string): boolean {
  return /auth|token|key|secret|cookie|password/i.test(name);
}

/** The value is an address, which may have a password in it. */
export function isAddressName(name: string): boolean {
  return /_UR[IL]$|_DSN$|_AUTH$|^RESTIC_(?:FROM_)?REPOSITORY/i.test(name);
}
