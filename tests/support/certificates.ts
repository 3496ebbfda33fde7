/** Certificates of every kind that a receiver may present, made by `openssl`. */

/** A certificate and its private key, PEM texts. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface Certificates {
  /** Holds each as `NAME.pem`. */
  readonly folder: string;
  /** PEM text of the authority that signed `leaf`, `otherHost` and `expired`. */
  readonly authority: string;
  readonly leaf: Certificate;
  readonly otherHost: Certificate;
  readonly expired: Certificate;
  /** Self-signed and marked as an authority, as `openssl req -x509` makes them. */
  readonly self: Certificate;
  readonly selfOtherHost: Certificate;
  /** Self-signed, not marked as an authority. */
  readonly selfPlain: Certificate;
}

const KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
const HERE = "subjectAltName=DNS:localhost,IP:127.0.0.1";
const ELSEWHERE = "subjectAltName=DNS:other.test";
const NO_AUTHORITY = "basicConstraints=critical,CA:FALSE";

export async function makeCertificates(): Promise<Certificates> {
  const folder = Deno.makeTempDirSync({ prefix: "certificates-" });
  async function openssl(...args: string[]): Promise<void> {
    const { success, stderr } = await new Deno.Command("openssl", { args, cwd: folder }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
  }
  async function selfSigned(name: string, ...extensions: string[]): Promise<Certificate> {
    const added = extensions.flatMap((extension) => ["-addext", extension]);
    const files = ["-keyout", `${name}.key`, "-out", `${name}.pem`];
    await openssl("req", "-x509", ...KEY, "-days", "30", "-subj", `/CN=${name}`, ...added, ...files);
    return read(name);
  }
  async function signed(name: string, days: string, extension: string): Promise<Certificate> {
    await openssl("req", ...KEY, "-subj", `/CN=${name}`, "-keyout", `${name}.key`, "-out", `${name}.csr`);
    Deno.writeTextFileSync(`${folder}/${name}.ext`, `${extension}\n${NO_AUTHORITY}\n`);
    const by = ["-CA", "authority.pem", "-CAkey", "authority.key", "-CAcreateserial"];
    const files = ["-in", `${name}.csr`, "-extfile", `${name}.ext`, "-out", `${name}.pem`];
    await openssl("x509", "-req", ...by, "-days", days, ...files);
    return read(name);
  }
  function read(name: string): Certificate {
    const text = (extension: string) => Deno.readTextFileSync(`${folder}/${name}.${extension}`);
    return { cert: text("pem"), key: text("key") };
  }
  return {
    folder,
    authority: (await selfSigned("authority")).cert,
    leaf: await signed("leaf", "30", HERE),
    otherHost: await signed("other-host", "30", ELSEWHERE),
    expired: await signed("expired", "-1", HERE),
    self: await selfSigned("self", HERE),
    selfOtherHost: await selfSigned("self-other-host", ELSEWHERE),
    selfPlain: await selfSigned("self-plain", HERE, NO_AUTHORITY),
  };
}
