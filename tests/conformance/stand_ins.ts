/** Programs that stand in for restic, for schedulers and for what hooks run: they note how they are called and answer as the case says. */

import type { CaseSpec, OneOrMore, Reply } from "./case.ts";

/** Keeps a case's folder and what its programs need there. */
export interface Place {
  /** Absolute; the programs are in its `bin`. */
  readonly dir: string;
  readonly log: string;
  readonly spec: CaseSpec;
  readonly fill: (text: string) => string;
}

/** `restic`, `mark` and the case's own fakes. */
export async function writeStandIns(place: Place): Promise<void> {
  const { dir, spec } = place;
  await Deno.mkdir(`${dir}/bin`, { recursive: true }); // a case may have programs of its own
  await writeProgram(place, "restic", resticScript(place));
  await writeProgram(place, "mark", noteCall(place, "mark"));
  await Deno.mkdir(repliesOf(place));
  await writeReplies(place, repliesOf(place), spec.restic ?? {});
  for (const [name, reply] of Object.entries(spec.fakes ?? {})) {
    await writeReplies(place, fakesOf(place), { [name]: reply });
    const keepInput = `[ -t 0 ] || cat > ${inputOf(place)}\n`;
    const script = `key=${name}\n${keepInput}${noteCall(place, name)}${answer(fakesOf(place))}`;
    await writeProgram(place, name, script);
  }
}

const repliesOf = ({ dir }: Place) => `${dir}/.replies`;
const fakesOf = ({ dir }: Place) => `${dir}/.fakes`;
/** Of the process that the shell is. */
const inputOf = ({ dir }: Place) => `${dir}/.stdin.$$`;

async function writeProgram({ dir }: Place, name: string, script: string): Promise<void> {
  const path = `${dir}/bin/${name}`;
  await Deno.writeTextFile(path, `#!/bin/sh\n${script}`);
  await Deno.chmod(path, 0o755); // whatever the umask
}

/** Its version is asked in passing, and not noted. The replies go by command, the first word or, behind flags, one that has a reply. */
function resticScript(place: Place): string {
  const version = place.spec.resticVersion ?? "0.18.0";
  const asJson = JSON.stringify({
    message_type: "version",
    version,
    go_version: "go1.24.1",
    go_os: "linux",
    go_arch: "amd64",
  });
  return `
if [ "$1" = version ]; then
  case "$*" in
    *--json*) echo '${asJson}' ;;
    *) echo "restic ${version} compiled with go1.24.1 on linux/amd64" ;;
  esac
  exit 0
fi
key=$1
case "$1" in
  -*) for word in "$@"; do
    case "$word" in
      -*) ;;
      *) [ -f ${repliesOf(place)}/$word.last/exit ] && key=$word && break ;;
    esac
  done ;;
esac
case " $* " in
  *" --stdin "* | *" --stdin-filename"*) cat > ${inputOf(place)} ;;
esac
${noteCall(place, "restic")}${answer(repliesOf(place))}`;
}

/** Adds a line to the log, in one piece. The environment is left out where nothing of it is compared: it takes two programs. */
function noteCall(place: Place, kind: string): string {
  const { log, spec } = place;
  const input = inputOf(place);
  const env = (spec.watchEnv ?? []).length > 0 ? "$(env -0 | base64 -w0)" : "";
  return `
args=$(printf '%s\\0' "$@" | base64 -w0)
input=
[ -f ${input} ] && input=$(base64 -w0 < ${input}) && rm -f ${input}
printf '%s %s %s %s\\n' ${kind} "$args" "${env}" "$input" >> ${log}
`;
}

/** Counts the calls of `$key`, and does what the reply to this one says; without any it succeeds. */
function answer(folder: string): string {
  return `
replies=${folder}/$key
count=$(($(cat $replies.count 2>/dev/null || echo 0) + 1))
echo $count > $replies.count
reply=$replies.last
[ -d $replies.$count ] && reply=$replies.$count
[ -d $reply ] || exit 0
[ -f $reply/sleep ] && sleep $(cat $reply/sleep)
[ -f $reply/stdout ] && cat $reply/stdout
[ -f $reply/stderr ] && cat $reply/stderr >&2
[ -f $reply/signal ] && kill -$(cat $reply/signal) $$
exit $(cat $reply/exit)
`;
}

/** Writes replies where `answer` looks for them: `KEY.1`, `KEY.2`, …, the last one as `KEY.last`. */
async function writeReplies(
  { fill }: Place,
  folder: string,
  replies: Readonly<Record<string, OneOrMore<Reply>>>,
): Promise<void> {
  for (const [key, oneOrMore] of Object.entries(replies)) {
    const all = [oneOrMore].flat();
    for (const [index, { exit = 0, stdout, stderr, sleep, signal }] of all.entries()) {
      const path = `${folder}/${key}.${index === all.length - 1 ? "last" : index + 1}`;
      await Deno.mkdir(path, { recursive: true });
      const parts = { exit: `${exit}`, stdout: stdout && fill(stdout), stderr: stderr && fill(stderr), sleep, signal };
      for (const [name, text] of Object.entries(parts)) {
        if (text) await Deno.writeTextFile(`${path}/${name}`, `${text}`);
      }
    }
  }
}
