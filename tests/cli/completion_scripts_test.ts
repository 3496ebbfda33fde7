/** The completion script for bash, in bash; a stand-in of the tool gives the answers. */
import { assertEquals } from "@std/assert";
import { bashCompletion } from "../../src/cli/completion_scripts/bash.ts";
import { makeFolder } from "../support/folder.ts";
import { runProgram } from "../support/tool.ts";

const TOOL = `#!/bin/sh
printf '%s\\n' "$*" > asked
cat answers
`;

/** Sources the script, completes the last of its arguments, and prints what the line editor would get. */
const SHELL = `source ./script
_restic() {
    local word
    for word in backup snapshots "stats      (Show statistics)" --json folder; do
        [[ "$word" == "$2"* ]] && COMPREPLY+=("$word")
    done
    printf '%s|' "\${COMP_WORDS[@]}" > restic-words
}
complete -F _restic restic
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_resticprofile
printf '[%s]\\n' "\${COMPREPLY[@]}"
`;

interface Completed {
  readonly replies: string[];
  /** The tool's arguments. */
  readonly asked: string | undefined;
  readonly resticWords: string | undefined;
}

async function complete(words: readonly string[], answers: readonly string[]): Promise<Completed> {
  using folder = makeFolder({
    "bin/resticprofile": TOOL,
    "answers": answers.map((answer) => `${answer}\n`).join(""),
    "script": bashCompletion("-c | -n | --config | --name"),
    "shell": SHELL,
    "folder/file.txt": "",
    "file.txt": "",
  });
  const { stdout, stderr } = await runProgram("bash", folder, ["shell", "resticprofile", ...words]);
  assertEquals(stderr, "");
  return {
    replies: stdout.trimEnd().split("\n").map((line) => line.slice(1, -1)),
    asked: folder.read("asked")?.trimEnd(),
    resticWords: folder.read("restic-words"),
  };
}

const REPLIES: [words: string[], answers: string[], replies: string[]][] = [
  [["sh"], ["show"], ["show "]],
  [["d"], ["default."], ["default."]],
  [["s"], ["show", "__complete_restic"], ["show ", "snapshots ", "stats "]],
  [["other.s"], ["other.show", "other.__complete_restic"], ["other.show ", "other.snapshots ", "other.stats "]],
  [["backup", "--j"], ["__complete_restic"], ["--json "]],
  [["backup", "fo"], ["__complete_restic"], ["folder/"]],
  [["-c", "fi"], ["__complete_file"], ["file.txt"]],
  [["--theme", "=", "d"], ["dark"], ["dark "]],
  [["--theme", "="], ["dark", "light"], ["dark ", "light "]],
  [["nothing"], [], [""]],
];
for (const [words, answers, replies] of REPLIES) {
  Deno.test(`bash completes "${words.join(" ")}" with ${JSON.stringify(replies)}`, async () => {
    const completed = await complete(words, answers);
    assertEquals(completed.replies, replies);
    assertEquals(completed.asked, ["complete bash:v1", `__POS:${words.length}`, ...words].join(" "));
  });
}

const RESTIC_WORDS: [words: string[], resticWords: string][] = [
  [["-v", "-n", "other", "backup", "--ex"], "restic|backup|--ex|"],
  [["--config", "x.toml", "other.backup", ""], "restic|backup||"],
  [["a.b.sna"], "restic|sna|"],
];
for (const [words, resticWords] of RESTIC_WORDS) {
  Deno.test(`bash asks restic's completion for "${words.join(" ")}" without our flags and profile`, async () => {
    assertEquals((await complete(words, ["__complete_restic"])).resticWords, resticWords);
  });
}
